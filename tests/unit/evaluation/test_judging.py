"""A conversation is judged turn by turn; a choice by order decides what the rest of it is about."""

from typing import Any

from tests.evaluation.expectations import Fact, read
from tests.evaluation.holdout import Conversation, Refusal, Turn
from tests.evaluation.judging import Outcome, of_conversation, of_refusal
from tests.evaluation.observed import Reply
from tests.evaluation.scoring import Mistake


def answers(codigo: str, aspecto: str) -> Reply:
    return Reply(locale="es", answers=(Fact(codigo, aspecto),))


def turn(espera: dict[str, Any], option: int | None = None) -> Turn:
    return Turn("es", "una pregunta cualquiera de prueba", read(espera), option=option)


EITHER = {"o": [{"codigo": "uno", "aspecto": "costo"}, {"codigo": "dos", "aspecto": "costo"}]}
PICKING = Conversation(
    "conv-1",
    "es",
    (
        turn({"preguntar": ["uno", "dos"]}),
        turn({"o": [{"preguntar_aspecto": "uno"}, {"preguntar_aspecto": "dos"}]}, option=2),
        turn(EITHER),
    ),
)
OFFERED = Reply(locale="es", offered=("uno", "dos"), choices=2)


def mistakes(outcomes: list[Outcome]) -> list[Mistake | None]:
    return [outcome.mistake for outcome in outcomes]


def test_the_second_of_those_offered_is_right_and_stays_the_subject() -> None:
    replies = [OFFERED, answers("dos", "descripcion"), answers("dos", "costo")]
    assert mistakes(of_conversation(PICKING, replies)) == [None, None, None]


def test_another_than_the_one_picked_is_wrong_at_once_and_later() -> None:
    replies = [OFFERED, answers("uno", "descripcion"), answers("uno", "costo")]
    assert mistakes(of_conversation(PICKING, replies)) == [None, Mistake.WRONG_FICHA, Mistake.WRONG_FICHA]


def test_picking_where_nothing_was_offered_cannot_be_right() -> None:
    replies = [answers("uno", "costo"), answers("dos", "descripcion"), answers("dos", "costo")]
    found = mistakes(of_conversation(PICKING, replies))
    assert found == [Mistake.ANSWERED_ALTHOUGH_UNCLEAR, Mistake.WRONG_CHOICES, None]


def test_turns_are_numbered_and_a_single_question_keeps_its_id() -> None:
    replies = [OFFERED, answers("dos", "descripcion"), answers("dos", "costo")]
    assert [outcome.id for outcome in of_conversation(PICKING, replies)] == [
        "conv-1/1",
        "conv-1/2",
        "conv-1/3",
    ]
    single = Conversation("es-1", "es", (turn(EITHER),))
    assert [outcome.id for outcome in of_conversation(single, [answers("uno", "costo")])] == ["es-1"]


def test_the_language_is_that_of_the_message_and_either_for_a_mixed_one() -> None:
    quechua = Turn("qu", "haykataq", read({"preguntar_tramite": True}))
    mixed = Turn("qu", "haykataq cuesta", read({"preguntar_tramite": True}), mixed=True)
    asked = Reply(locale="es", offered=("uno", "dos"), choices=2)
    outcomes = [of_conversation(Conversation("qu-1", "qu", (one,)), [asked])[0] for one in (quechua, mixed)]
    assert [outcome.language_right for outcome in outcomes] == [False, True]


def test_somebody_in_danger_must_be_offered_a_person() -> None:
    danger = Refusal("no-1", "es", "es", "peligro", "auxilio", frozenset())
    assert of_refusal(danger, Reply(locale="es")).mistake is Mistake.PERSON_NOT_OFFERED
    other = Refusal("no-2", "es", "es", "medicina", "me duele", frozenset())
    assert of_refusal(other, Reply(locale="es")).mistake is None
