"""What was not understood is collected once, covered, and goes when its conversation goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.conversations.models import Message
from cms.conversations.operations import erase_for_citizen, rate
from cms.conversations.payloads import NONE_OF_THESE, of_aspecto
from cms.editing.learning import collecting
from cms.editing.learning.collecting import collect, forget
from cms.editing.learning.models import Candidato, Motivo
from cms.editing.learning.queries import candidates, chosen_after
from tests.integration.editing.learning.conftest import Talk

pytestmark = pytest.mark.django_db
DNI, PASSPORT = "reniec-dni-duplicado", "migraciones-pasaporte"


def told() -> list[tuple[str, int, set[str]]]:
    return [(one.texto, one.veces, set(one.vistas.values_list("motivo", flat=True))) for one in candidates()]


def test_what_failed_in_several_conversations_is_one_line_counted():
    Talk().wrote("quiero mi cosa del banco").failed()
    Talk().wrote("¿Quiero mi cosa del BANCO?").failed("not_found")
    Talk().wrote("cuanto cuesta el dni").answered(DNI, "costo")
    collect()
    assert [(veces, motives) for _text, veces, motives in told()] == [
        (2, {Motivo.NO_ENTENDIDO, Motivo.SIN_FICHA})
    ]
    collect()
    assert told()[0][1] == 2


def test_quechua_is_a_line_of_its_own():
    Talk("qu").wrote("imatataq ruwasaq").failed()
    Talk("es").wrote("imatataq ruwasaq").failed()
    collect()
    assert sorted(candidates().values_list("idioma", flat=True)) == ["es", "qu"]


def test_personal_data_reach_no_candidate():
    talk = Talk().wrote("me llamo rosa quispe y perdi mi cosa").failed()
    # Stored before there was any covering, or let through by it.
    Message.objects.filter(conversation=talk.row, seq=1).update(
        text="me llamo rosa quispe, 45678912, mi celular 987654321 y perdi mi cosa"
    )
    collect()
    text = candidates().get().texto
    assert "quispe" not in text
    assert not any(figure in text for figure in ("45678912", "987654321"))


def test_a_story_is_nobody_elses_question():
    Talk().wrote("es que ayer fui con mi tía " * 20).failed()
    Talk().wrote("12 ??").failed()
    collect()
    assert not told()


def test_a_confirmed_choice_says_what_was_meant():
    first = Talk().wrote("mi plastiquito").offered(DNI, PASSPORT)
    first.wrote("Duplicado", payload=of_aspecto(DNI, "costo")).answered(DNI, "costo")
    second = Talk().wrote("mi plastiquito azul").offered(DNI, PASSPORT)
    second.wrote("Ninguno", payload=NONE_OF_THESE)
    Talk().wrote("otra cosa mas").offered(DNI, PASSPORT)
    collect()
    assert {text: motives for text, _n, motives in told()} == {
        "mi plastiquito": {Motivo.ELEGIDO},
        "mi plastiquito azul": {Motivo.NINGUNO},
    }
    one = candidates().get(texto="mi plastiquito")
    (found,) = chosen_after([one.pk])[one.pk]
    assert (found.codigo, found.aspecto, found.elegido) == (DNI, "costo", True)


def test_what_was_answered_to_the_next_wording_is_told_but_is_no_choice():
    Talk().wrote("se perdio mi coso").failed().wrote("dni perdido").answered(DNI, "pasos")
    collect()
    one = candidates().get()
    assert [(c.codigo, c.elegido) for c in chosen_after([one.pk])[one.pk]] == [(DNI, False)]


def test_a_bad_rating_brings_the_last_question_answered():
    talk = Talk().wrote("cuanto vale mi partida").answered(DNI, "costo")
    talk.row.last_seq = talk.seq
    talk.row.save()
    rate(conversation=talk.row, score=1)
    collect()
    assert told() == [("cuanto vale mi partida", 1, {Motivo.MAL_CALIFICADO})]


def test_who_erases_a_conversation_takes_the_words_along():
    kept = Talk().wrote("mi cosa del banco").failed()
    gone = Talk().wrote("algo que solo dije yo").failed()
    also = Talk().wrote("mi cosa del banco").failed()
    collect()
    erase_for_citizen(conversation=gone.row)
    erase_for_citizen(conversation=also.row)
    assert told() == [("mi cosa del banco", 1, {Motivo.NO_ENTENDIDO})]
    forget()
    assert set(Candidato.objects.values_list("texto", flat=True)) == {"mi cosa del banco"}
    assert kept.row.messages.exists()


def test_a_flood_of_nonsense_does_not_push_out_what_many_ask(monkeypatch):
    monkeypatch.setattr(collecting, "MOST_CANDIDATES", 3)
    for _citizen in range(2):
        Talk().wrote("lo que muchos preguntan").failed()
    flood = Talk()
    for number in range(8):
        flood.wrote(f"disparate {'xyzabcde'[number] * 4}").failed()
    collect()
    assert Candidato.objects.count() == 3
    assert told()[0][:2] == ("lo que muchos preguntan", 2)


def test_what_was_decided_is_not_asked_again_and_is_forgotten_in_time():
    Talk().wrote("mi cosa del banco").failed()
    collect()
    Candidato.objects.update(estado=Candidato.Estado.DESCARTADO, decidido_at=timezone.now(), texto="")
    Talk().wrote("mi cosa del banco").failed()
    collect()
    assert not told()
    forget(now=timezone.now() + timedelta(days=366))
    assert not Candidato.objects.exists()
