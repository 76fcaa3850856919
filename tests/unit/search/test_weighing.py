"""Names in a question and what people asked of a ficha, weighed together."""

from dataclasses import replace
from typing import Any

import pytest

from cms.search.asked import Heard
from cms.search.ranking import Scored
from cms.search.resolving import resolve
from cms.search.weighing import Witnessed, likelihood, weigh

STORED: dict[str, Any] = {"es": "X"}


def hit(codigo: str, score: float) -> Scored:
    return Scored(codigo, score, score, score, STORED)


def test_what_was_asked_lifts_a_ficha_over_one_named_a_little_better() -> None:
    found = weigh([hit("a", 0.5), hit("b", 0.45)], Heard({"b": 0.9, "a": 0.1}, 1.0), lambda _codigo: None)
    assert [one.codigo for one in found] == ["b", "a"]


def test_one_that_no_word_names_is_a_candidate_while_it_is_public() -> None:
    heard = Heard({"b": 0.8, "gone": 0.2}, 1.0)
    found = weigh([hit("a", 0.5)], heard, lambda codigo: STORED if codigo == "b" else None)
    assert [one.codigo for one in found] == ["a", "b"]


@pytest.mark.parametrize("side", ["said", "likely", "named_first", "sure", "known"])
def test_whatever_speaks_for_it_makes_it_likelier(side: str) -> None:
    without = {"said": 0.4, "likely": 0.4, "named_first": False, "sure": False, "known": 1.0}
    more = {**without, side: without[side] + 0.5 if isinstance(without[side], float) else True}
    assert likelihood(Witnessed(**more)) > likelihood(Witnessed(**without))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("me asaltaron y se llevaron mi documento, necesito otro igual", "reniec-dni-duplicado"),
        ("necesito el papel que diga que no tengo juicios ni condenas para un trabajo", "pj-antecedentes-penales"),
    ],
)  # fmt: skip
def test_a_purpose_told_without_the_name_is_told_or_offered(seeded: None, said: str, codigo: str) -> None:
    found = resolve(said, "es")
    assert codigo in (found.codigo, *(one.codigo for one in found.candidates))


def test_a_question_whose_ficha_is_not_public_leads_nowhere_else_for_sure(seeded: None) -> None:
    found = resolve("algo que nadie nunca preguntó sobre ovnis", "es")
    assert found.decision != "sure"


def test_a_strange_word_beside_the_name_is_asked_about(seeded: None) -> None:
    assert resolve("cuánto cuesta el pasaporte dorado", "es").decision != "sure"
    assert resolve("cuánto cuesta el pasaporte", "es").codigo == "migraciones-pasaporte"
    found = Witnessed(0.9, 0.9, named_first=True, sure=True, known=4.0)
    assert likelihood(found) > likelihood(replace(found, foreign=True))
