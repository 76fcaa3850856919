"""Where two aspects are nearly as likely both are told; where one is plain, only that."""

import pytest

from assistant.actions.content_api import Resolution
from tests.assistant.acting import act, actions

__all__ = ["act", "actions"]
PASSPORT = Resolution("sure", "migraciones-pasaporte", (), None, ())


def ranking(**shares):
    return [{"name": name, "confidence": share} for name, share in shares.items()]


def told(act, intent, **shares):
    results = act(intent, resolution=PASSPORT, parsed={"intent_ranking": ranking(**shares)})
    return [result["aspecto"] for result in results if result["type"] == "answer"]


def test_two_aspects_nearly_as_likely_are_both_told(act):
    assert told(act, "plazo", plazo=0.5, vigencia=0.3, costo=0.1) == ["plazo", "vigencia"]


@pytest.mark.parametrize("other", [0.1, 0.19])
def test_of_a_plain_question_nothing_else_is_told(act, other):
    assert told(act, "plazo", plazo=0.5, vigencia=other) == ["plazo"]


def test_what_is_no_aspect_adds_nothing(act):
    assert told(act, "plazo", plazo=0.5, caso_propio=0.4, vigencia=0.3) == ["plazo"]


def test_who_may_only_name_it_is_told_what_it_is_as_well(act):
    assert told(act, "pasos", pasos=0.5, nombrar_tramite=0.4) == ["pasos", "descripcion"]


def test_who_names_it_and_may_ask_is_told_what_it_is_and_that(act):
    assert told(act, "nombrar_tramite", nombrar_tramite=0.5, pasos=0.4) == ["descripcion", "pasos"]


def test_what_was_asked_before_goes_before_a_guess(act):
    results = act(
        "nombrar_tramite",
        resolution=PASSPORT,
        parsed={"intent_ranking": ranking(nombrar_tramite=0.5, pasos=0.4)},
        options=[{"codigo": "migraciones-pasaporte", "aspecto": "costo"}],
    )
    assert [result["aspecto"] for result in results] == ["costo"]


def test_of_several_questions_each_is_answered_by_itself(act):
    parsed = {"intent_ranking": ranking(plazo=0.5, vigencia=0.4)}
    results = act("plazo", resolution=PASSPORT, parsed=parsed, several=True)
    assert [result["aspecto"] for result in results] == ["plazo"]
