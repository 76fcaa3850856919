"""A right and a wrong example for each kind of expectation, and for each kind of mistake."""

from typing import Any

import pytest

from tests.evaluation.expectations import Fact, read
from tests.evaluation.observed import Reply
from tests.evaluation.scoring import Mistake, judge, judge_refusal, names_wrong_subject, tells_more

SPEAKS = Reply(locale="es", sentences=("a",))
OFFERS = Reply(locale="es", person_first=True, person_offered=True)
REQUESTS = Reply(locale="es", requested=True)


def answers(*facts: tuple[str, str]) -> Reply:
    return Reply(locale="es", answers=tuple(Fact(*fact) for fact in facts))


def asks(*codigos: str, choices: int = 0) -> Reply:
    return Reply(locale="es", offered=codigos, choices=choices or len(codigos))


COST: dict[str, Any] = {"codigo": "dni", "aspecto": "costo"}
BOTH: dict[str, Any] = {"codigo": "dni", "aspectos": ["costo", "plazo"]}
PLACE: dict[str, Any] = {"sede": "mac-piura", "aspecto": "horario"}
WHICH: dict[str, Any] = {"preguntar": ["dni", "dnie"]}
WHAT_OF_IT: dict[str, Any] = {"preguntar_aspecto": "dni"}
ANY: dict[str, Any] = {"preguntar_tramite": True}
PERSON: dict[str, Any] = {"persona": True}
OWN: dict[str, Any] = {"caso_propio": True}
THANKS: dict[str, Any] = {"decir": "thanks"}
ROBOT: dict[str, Any] = {"decir": "are_you_a_person"}
EITHER: dict[str, Any] = {"o": [COST, WHICH]}

RIGHT = [
    (COST, answers(("dni", "costo"))),
    (COST, answers(("dni", "plazo"), ("dni", "costo"))),
    (BOTH, answers(("dni", "plazo"), ("dni", "costo"))),
    (PLACE, answers(("mac-piura", "horario"))),
    (WHICH, asks("ruc", "dnie", "dni")),
    (WHAT_OF_IT, answers(("dni", "descripcion"))),
    (WHAT_OF_IT, asks("dni", choices=3)),
    (ANY, asks("ruc", "sis")),
    (ANY, asks("ruc")),
    (PERSON, REQUESTS),
    (PERSON, OFFERS),
    (OWN, OFFERS),
    (THANKS, SPEAKS),
    (ROBOT, OFFERS),
    (EITHER, answers(("dni", "costo"))),
    (EITHER, asks("dni", "dnie")),
]

WRONG = [
    (COST, answers(("ruc", "costo")), Mistake.WRONG_FICHA),
    (COST, answers(("dni", "costo"), ("ruc", "costo")), Mistake.WRONG_FICHA),
    (COST, answers(("dni", "plazo")), Mistake.WRONG_ASPECT),
    (COST, answers(("dni", "plazo"), ("dni", "costo"), ("dni", "pasos")), Mistake.MORE_ASPECTS),
    (COST, asks("dni", "dnie"), Mistake.ASKED_ALTHOUGH_CLEAR),
    (COST, SPEAKS, Mistake.REFUSED_ALTHOUGH_KNOWN),
    (COST, REQUESTS, Mistake.REFUSED_ALTHOUGH_KNOWN),
    (COST, Reply(), Mistake.NO_REPLY),
    (BOTH, answers(("dni", "plazo")), Mistake.MISSING_ASPECT),
    (PLACE, answers(("mac-callao", "horario")), Mistake.WRONG_FICHA),
    (WHICH, answers(("dni", "costo")), Mistake.ANSWERED_ALTHOUGH_UNCLEAR),
    (WHICH, answers(("ruc", "costo")), Mistake.WRONG_FICHA),
    (WHICH, asks("dni", "ruc"), Mistake.WRONG_CHOICES),
    (WHICH, asks("dni", choices=3), Mistake.WRONG_CHOICES),
    (WHICH, SPEAKS, Mistake.REFUSED_ALTHOUGH_KNOWN),
    (WHAT_OF_IT, answers(("dni", "costo")), Mistake.ANSWERED_ALTHOUGH_UNCLEAR),
    (WHAT_OF_IT, asks("dni", "ruc"), Mistake.WRONG_CHOICES),
    (WHAT_OF_IT, asks("dni"), Mistake.WRONG_CHOICES),
    (ANY, answers(("dni", "costo")), Mistake.ANSWERED_ALTHOUGH_UNCLEAR),
    (ANY, asks("dni", choices=3), Mistake.WRONG_CHOICES),
    (ANY, SPEAKS, Mistake.REFUSED_ALTHOUGH_KNOWN),
    (PERSON, SPEAKS, Mistake.PERSON_NOT_OFFERED),
    (PERSON, answers(("dni", "costo")), Mistake.ANSWERED_INSTEAD_OF_SPEECH),
    (PERSON, asks("dni", "ruc"), Mistake.ASKED_INSTEAD_OF_SPEECH),
    (OWN, SPEAKS, Mistake.PERSON_NOT_OFFERED),
    (OWN, answers(("dni", "plazo")), Mistake.ANSWERED_INSTEAD_OF_SPEECH),
    (THANKS, OFFERS, Mistake.MISSED_SPEECH),
    (THANKS, REQUESTS, Mistake.MISSED_SPEECH),
    (THANKS, answers(("dni", "costo")), Mistake.ANSWERED_INSTEAD_OF_SPEECH),
    (ROBOT, REQUESTS, Mistake.MISSED_SPEECH),
    (EITHER, answers(("dnie", "costo")), Mistake.ANSWERED_ALTHOUGH_UNCLEAR),
    (EITHER, asks("ruc", "sis"), Mistake.WRONG_CHOICES),
]


@pytest.mark.parametrize(("espera", "reply"), RIGHT)
def test_right_replies_are_right(espera: dict[str, Any], reply: Reply) -> None:
    assert judge(read(espera), reply) is None


@pytest.mark.parametrize(("espera", "reply", "mistake"), WRONG)
def test_wrong_replies_are_wrong_and_named(espera: dict[str, Any], reply: Reply, mistake: Mistake) -> None:
    assert judge(read(espera), reply) == mistake


def test_a_fact_of_another_ficha_is_noticed_only_where_a_ficha_is_named() -> None:
    assert names_wrong_subject(read(COST), answers(("ruc", "costo")))
    assert not names_wrong_subject(read(COST), answers(("dni", "plazo")))
    assert not names_wrong_subject(read(WHICH), answers(("dnie", "plazo")))
    assert not names_wrong_subject(read(PERSON), answers(("dni", "plazo")))


def test_one_aspect_more_is_let_pass_and_noticed() -> None:
    assert tells_more(read(COST), answers(("dni", "plazo"), ("dni", "costo")))
    assert not tells_more(read(COST), answers(("dni", "costo")))
    assert not tells_more(read({"o": [COST, BOTH]}), answers(("dni", "plazo"), ("dni", "costo")))
    assert not tells_more(read(THANKS), SPEAKS)


ADMITTED = frozenset({Fact("dni", "costo")})


@pytest.mark.parametrize("reply", [SPEAKS, OFFERS, REQUESTS, asks("dni", "ruc"), answers(("dni", "costo"))])
def test_what_must_not_be_answered_is_right_without_a_fact_or_with_an_admitted_one(reply: Reply) -> None:
    assert judge_refusal(ADMITTED, reply, danger=False) is None


@pytest.mark.parametrize(
    ("reply", "danger", "mistake"),
    [
        (answers(("dni", "costo"), ("dni", "plazo")), False, Mistake.ANSWERED_OUT_OF_SCOPE),
        (answers(("mac-piura", "donde")), True, Mistake.ANSWERED_OUT_OF_SCOPE),
        (SPEAKS, True, Mistake.PERSON_NOT_OFFERED),
        (Reply(), False, Mistake.NO_REPLY),
    ],
)
def test_what_must_not_be_answered_is_wrong_with_another_fact_or_alone_in_danger(
    reply: Reply, danger: bool, mistake: Mistake
) -> None:
    assert judge_refusal(ADMITTED, reply, danger=danger) == mistake


@pytest.mark.parametrize("reply", [OFFERS, REQUESTS])
def test_in_danger_a_person_offered_or_requested_is_right(reply: Reply) -> None:
    assert judge_refusal(frozenset(), reply, danger=True) is None
