"""Figures count what they say they count, by group, and say when there was nothing to count."""

from dataclasses import replace
from typing import Any

import pytest

from tests.evaluation import tallies
from tests.evaluation.expectations import Fact, read
from tests.evaluation.figures import Figure, Need, measured, percentile, unmeasured
from tests.evaluation.holdout import Holdout
from tests.evaluation.judging import Outcome
from tests.evaluation.observed import Reply
from tests.evaluation.playing import Run
from tests.evaluation.report import render
from tests.evaluation.scoring import Mistake

NOTHING = Holdout((), (), ())
RIGHT = Outcome(
    "es-1",
    "es",
    "es",
    5,
    read({"codigo": "dni", "aspecto": "costo"}),
    Reply(locale="es", answers=(Fact("dni", "costo"),)),
    None,
)
OTHER_FICHA = replace(
    RIGHT,
    id="es-2",
    reply=Reply(locale="es", answers=(Fact("ruc", "costo"),)),
    mistake=Mistake.WRONG_FICHA,
    wrong_subject=True,
)
SHORT_QUECHUA = replace(RIGHT, id="qu-1", group="qu", language="qu", words=2, mistake=Mistake.WRONG_ASPECT)
NONSENSE = Outcome("no-1", "qu", "qu", 9, (), Reply(locale="es"), None, motive="sin_sentido")
WISH = replace(
    RIGHT, id="es-3", expected=read({"persona": True}), reply=Reply(locale="es", person_first=True)
)


def by_name(run: Run) -> dict[str, Figure]:
    return {figure.name: figure for figure in tallies.figures(run, NOTHING)}


def test_shares_are_counted_by_group() -> None:
    found = by_name(Run(questions=[RIGHT, OTHER_FICHA, SHORT_QUECHUA]))
    assert found["first_turn_right_es"].value == 50
    assert not found["first_turn_right_es"].ok
    assert found["first_turn_right_qu"].value == 0
    assert found["wrong_ficha_told_es"].value == 50
    assert found["wrong_ficha_told_qu"].value == 0
    assert found["wrong_ficha_told_qu"].ok


def test_a_conversation_that_ends_right_need_not_be_right_all_along() -> None:
    found = by_name(Run(conversations=[[OTHER_FICHA, RIGHT], [RIGHT, RIGHT], [RIGHT, OTHER_FICHA]]))
    assert found["conversation_ends_right_es"].value == pytest.approx(66.67)
    assert found["conversation_whole_right_es"].value == pytest.approx(33.33)
    assert found["conversation_turns_right_es"].value == pytest.approx(66.67)


def test_the_language_is_counted_by_length_and_never_for_nonsense() -> None:
    found = by_name(Run(questions=[RIGHT, SHORT_QUECHUA], refusals=[NONSENSE]))
    assert found["language_right_4_words_es"].value == 100
    assert found["language_right_3_words_qu"].value == 0
    assert found["language_right_4_words_qu"].value is None


def test_an_offer_acts_on_a_wish_and_requests_are_counted_apart() -> None:
    found = by_name(Run(questions=[RIGHT, WISH]))
    assert found["person_offer_acted_on_es"].value == 100
    assert found["person_requested_es"].value == 0


def spoken(id_: str, espera: dict[str, Any], sentence: str) -> Outcome:
    return replace(RIGHT, id=id_, expected=read(espera), reply=Reply(locale="es", sentences=(sentence,)))


def test_a_sentence_mostly_said_for_something_else_is_doubted() -> None:
    questions = [
        spoken("es-1", {"decir": "thanks"}, "you are welcome"),
        spoken("es-2", {"decir": "thanks"}, "you are welcome"),
        spoken("es-3", {"decir": "goodbye"}, "you are welcome"),
        spoken("es-4", {"decir": "help"}, "not understood"),
        replace(NONSENSE, group="es", reply=Reply(locale="es", sentences=("not understood",))),
        replace(NONSENSE, group="es", reply=Reply(locale="es", sentences=("not understood",))),
    ]
    assert by_name(Run(questions=questions))["decir_in_doubt_es"].detail.startswith("2 of 4")


def test_a_message_that_may_be_answered_in_two_ways_tells_nothing_about_sentences() -> None:
    questions = [
        spoken("es-1", {"decir": "thanks"}, "you are welcome"),
        spoken("es-2", {"o": [{"decir": "help"}, {"persona": True}]}, "you are welcome"),
        spoken("es-3", {"o": [{"decir": "help"}, {"persona": True}]}, "you are welcome"),
    ]
    assert by_name(Run(questions=questions))["decir_in_doubt_es"].detail.startswith("0 of 1")


def test_what_was_not_played_is_missing_and_not_ok() -> None:
    figure = by_name(Run())["first_turn_right_es"]
    assert figure.value is None
    assert not figure.ok
    assert "nothing" in figure.detail


def test_broken_conversations_are_a_figure_that_fails() -> None:
    figure = by_name(Run(faults={"es-1": "status 500"}))["conversations_broken_off"]
    assert not figure.ok
    assert "es-1: status 500" in figure.detail


def test_needs_are_judged_before_rounding() -> None:
    assert not measured("a", 97.996, "%", Need(at_least=98)).ok
    assert measured("a", 98.0, "%", Need(at_least=98)).ok
    assert not measured("a", 150.01, "ms", Need(at_most=150)).ok
    assert measured("a", 5, "ms").ok
    assert not unmeasured("a", "ms", "no reason").ok


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(number) for number in range(1, 21)]
    assert percentile(values, 50) == 10
    assert percentile(values, 95) == 19
    assert percentile([7.0], 95) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_the_report_lists_each_failure_by_id_and_confuses_what_was_confused() -> None:
    run = Run(
        questions=[RIGHT, OTHER_FICHA, SHORT_QUECHUA], refusals=[NONSENSE], faults={"es-9": "status 500"}
    )
    text = render(run, tallies.figures(run, NOTHING), "A head.")
    assert text.count("```") == 2
    assert "| es-2 | wrong ficha | dni: costo | ruc: costo |" in text
    assert "| es | dni | ruc | 1 |" in text
    assert "| es-9 | status 500 |" in text
    assert "| es-1 |" not in text
    assert "| qu-1 | 2 | qu | es |" in text
