from dataclasses import replace

import pytest

from cms.conversations import rendering
from cms.conversations.lines import Draft
from cms.conversations.models import Conversation
from cms.conversations.payloads import HANDOFF
from cms.conversations.rendering import Rendering
from cms.conversations.results import Answer, Say
from cms.tramites.answers import answer
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza

pytestmark = pytest.mark.django_db


def answered(codigo: str, aspecto: str) -> list[tuple[str, str]]:
    """(aspecto, confianza) of each line that answers."""
    lines = Rendering(Conversation(), None).render([Answer(codigo=codigo, aspecto=aspecto)])
    return [
        (line.answer["aspecto"], line.answer["confianza"])
        for line in lines
        if isinstance(line, Draft) and line.answer
    ]


def test_without_steps_what_one_needs_is_said_before_the_blank() -> None:
    assert answered("reniec-dni-duplicado", "pasos") == [("requisitos", "media"), ("pasos", "sin_dato")]


def test_where_nothing_is_known_only_that_is_said() -> None:
    assert answered("sunarp-vigencia-poder", "pasos") == [("pasos", "sin_dato")]


def test_other_blanks_stand_alone() -> None:
    assert answered("reniec-dni-duplicado", "recursos") == [("recursos", "sin_dato")]


def own_case(codigo: str | None) -> str:
    (line,) = Rendering(Conversation(), None).render([Say(key="own_case", codigo=codigo)])
    assert isinstance(line, Draft)
    assert line.answer is None
    assert line.choices[0]["payload"] == HANDOFF
    return line.text


def test_of_ones_own_file_the_entity_is_named() -> None:
    assert "De tu caso puede informarte la entidad" in own_case(None)
    assert "De tu caso puede informarte RENIEC" in own_case("reniec-dni-duplicado")
    assert "\n" not in own_case("reniec-dni-duplicado")  # no way to reach it is known: none is said


def test_of_ones_own_file_the_ways_to_ask_are_told_where_they_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blank = answer(published("reniec-dni-duplicado"), Aspecto.CONTACTO, "es")
    known = replace(blank, confianza=Confianza.MEDIA, texto="Teléfono: 000. Por confirmar con la entidad.")
    monkeypatch.setattr(rendering, "answer", lambda *_: known)
    assert own_case("reniec-dni-duplicado").endswith("\nTeléfono: 000. Por confirmar con la entidad.")
