import pytest

from cms.conversations.lines import Draft
from cms.conversations.models import Conversation
from cms.conversations.rendering import Rendering
from cms.conversations.results import Answer

pytestmark = pytest.mark.django_db


def answered(codigo: str, aspecto: str) -> list[tuple[str, str]]:
    """(aspecto, confianza) of each line that answers."""
    lines = Rendering(Conversation(), None).render([Answer(codigo=codigo, aspecto=aspecto)])
    return [
        (line.answer["aspecto"], line.answer["confianza"])
        for line in lines
        if isinstance(line, Draft) and line.answer
    ]


def test_without_steps_what_one_needs_is_said_too() -> None:
    assert answered("reniec-dni-duplicado", "pasos") == [("pasos", "sin_dato"), ("requisitos", "media")]


def test_where_nothing_is_known_only_that_is_said() -> None:
    assert answered("sunarp-vigencia-poder", "pasos") == [("pasos", "sin_dato")]


def test_other_blanks_stand_alone() -> None:
    assert answered("reniec-dni-duplicado", "recursos") == [("recursos", "sin_dato")]
