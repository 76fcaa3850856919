"""Every form of `espera` is read as its README says, and nothing else is."""

from typing import Any

import pytest

from stack.configuration import ROOT
from tests.evaluation import holdout
from tests.evaluation.expectations import (
    Answers,
    AsksAspect,
    AsksTramite,
    ExpectationError,
    Expected,
    Fact,
    OwnCase,
    Person,
    Says,
    about,
    read,
)

FORMS: list[tuple[dict[str, Any], Expected]] = [
    ({"codigo": "dni", "aspecto": "costo"}, (Answers("dni", frozenset({"costo"})),)),
    ({"codigo": "dni", "aspectos": ["costo", "plazo"]}, (Answers("dni", frozenset({"costo", "plazo"})),)),
    ({"sede": "mac-piura", "aspecto": "horario"}, (Answers("mac-piura", frozenset({"horario"})),)),
    ({"preguntar": ["dni", "dnie"]}, (AsksTramite(frozenset({"dni", "dnie"})),)),
    ({"preguntar_aspecto": "dni"}, (AsksAspect("dni"),)),
    ({"preguntar_tramite": True}, (AsksTramite(frozenset()),)),
    ({"persona": True}, (Person(),)),
    ({"caso_propio": True}, (OwnCase(),)),
    ({"decir": "thanks"}, (Says("thanks"),)),
    ({"o": [{"persona": True}, {"decir": "help"}]}, (Person(), Says("help"))),
]


@pytest.mark.parametrize(("espera", "expected"), FORMS)
def test_each_form_is_read(espera: dict[str, Any], expected: Expected) -> None:
    assert read(espera) == expected


@pytest.mark.parametrize(
    "espera",
    [
        {},
        {"codigo": "dni"},
        {"codigo": "dni", "aspecto": "costo", "sede": "mac-piura"},
        {"decir": "a joke"},
        {"persona": False},
        {"preguntar": []},
        {"o": []},
        {"o": [{"persona": True}], "codigo": "dni"},
    ],
)
def test_what_is_no_form_is_refused_and_named(espera: dict[str, Any]) -> None:
    with pytest.raises(ExpectationError, match="is no form"):
        read(espera)


def test_alternatives_are_narrowed_to_a_subject() -> None:
    expected = read(
        {"o": [{"preguntar_aspecto": "dni"}, {"codigo": "ruc", "aspecto": "costo"}, {"persona": True}]}
    )
    assert about(expected, "ruc") == (Answers("ruc", frozenset({"costo"})),)
    assert about(expected, "pasaporte") == ()


def test_all_that_is_held_out_can_be_read() -> None:
    held = holdout.load(ROOT / "nlu_data" / "holdout")
    assert {question.group for question in held.questions} == {"es", "qu"}
    assert all(1 <= len(question.turns) <= 6 for question in (*held.questions, *held.conversations))
    ids = [one.id for one in (*held.questions, *held.conversations)] + [one.id for one in held.refusals]
    assert len(ids) == len(set(ids)) > 500
    assert any(turn.option for conversation in held.conversations for turn in conversation.turns)
    assert any(turn.mixed for question in held.questions for turn in question.turns)
    assert Fact("migraciones-pasaporte", "costo") in {fact for one in held.refusals for fact in one.admitted}
