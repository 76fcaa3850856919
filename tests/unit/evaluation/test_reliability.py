"""The reliability curve: what was said of a ranking's first beside how often it held."""

import pytest

from tests.evaluation import reliability
from tests.evaluation.expectations import Alternative, Answers, AsksTramite, Expected, Person
from tests.evaluation.holdout import Conversation, Holdout, Turn
from tests.evaluation.reliability import Point


def question(id_: str, *expected: Alternative) -> Conversation:
    found: Expected = tuple(expected)
    return Conversation(id_, "es", (Turn("es", id_, found),))


def told(codigo: str | None, confidence: float, *candidates: str) -> dict[str, object]:
    return {
        "codigo": codigo,
        "confidence": confidence,
        "candidates": [{"codigo": candidate} for candidate in candidates],
    }


def test_the_first_is_right_where_it_is_meant_and_wrong_where_it_should_be_asked() -> None:
    answers = {"a": told("dni", 0.9), "b": told(None, 0.4, "ruc", "dni"), "c": told("dni", 0.8)}
    wanted = Answers("dni", frozenset({"costo"}))
    asked = (question("a", wanted), question("b", wanted), question("c", AsksTramite(frozenset({"dni"}))))
    found = reliability.points(Holdout(asked, (), ()), lambda text, _locale: answers[text])
    assert [(point.confidence, point.right) for point in found] == [(0.9, True), (0.4, False), (0.8, False)]


def test_a_wish_for_a_person_and_what_nothing_is_found_for_are_no_points() -> None:
    asked = (question("a", Person()), question("b", Answers("dni", frozenset({"costo"}))))
    assert reliability.points(Holdout(asked, (), ()), lambda _text, _locale: told(None, 0.0)) == []


def test_each_tenth_tells_what_was_said_and_what_held() -> None:
    found = [Point(0.82, True, "es"), Point(0.88, False, "es"), Point(1.0, True, "qu")]
    first, second = reliability.curve(found)
    assert (first.low, first.count, first.held) == (0.8, 2, 0.5)
    assert (second.low, second.count, second.held) == (0.9, 1, 1.0)
    assert reliability.error(found) == pytest.approx((0.35 * 2 + 0.0) / 3)


def test_the_table_draws_what_held() -> None:
    shown = reliability.render([Point(0.55, True, "es"), Point(0.55, False, "es")])
    assert "| 0.5 to 0.6 | 2 | 55 % | 50 % | ██████████·········· |" in shown


def test_without_a_point_nothing_was_measured() -> None:
    assert not reliability.figure([]).ok
