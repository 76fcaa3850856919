"""Two witnesses for which ficha is meant: its names in the question (ranking.py), and what people asked of it (asked.py).

Each fails where the other holds: a purpose ("so that my baby has his document") has no word of the name, and an
official name nobody has asked for yet has no question. Where both agree little else is needed.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cms.search.asked import Heard
from cms.search.ranking import Scored

ASKED_WEIGHT = 0.5  # what a ficha gains that all likelihood is on
WORTH_LOOKING = 0.1  # share of likelihood from which one is a candidate that no word names
# How likely the first is the one meant. Fitted on the questions to develop on, each set with what was learnt of the
# others only: `python -m tests.evaluation.parts.fit`. tests/evaluation/reliability.py shows how well it holds.
LIKELIHOOD = {
    "said": 1.69,
    "likely": 4.28,
    "named_first": 0.82,
    "sure": 1.09,
    "known": 1.19,
    "foreign": -1.06,
}
BASE = -5.87


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What speaks for the first, and against it; `known` as in Heard, `foreign` as in Coverage."""

    said: float
    likely: float
    named_first: bool
    sure: bool
    known: float
    foreign: bool = False

    def sides(self) -> dict[str, float]:
        return {name: float(getattr(self, name)) for name in LIKELIHOOD}


def weigh(
    found: Sequence[Scored], heard: Heard, stored: Callable[[str], dict[str, Any] | None]
) -> list[Scored]:
    """The fichas either witness speaks for, best first, `score` being what both give them together."""
    named = {hit.codigo for hit in found}
    unnamed = (
        Scored(codigo, 0.0, 0.0, 0.0, document)
        for codigo, share in heard.likely.items()
        if share >= WORTH_LOOKING and codigo not in named and (document := stored(codigo))
    )
    both = (
        replace(hit, score=hit.score + ASKED_WEIGHT * heard.likely.get(hit.codigo, 0.0))
        for hit in (*found, *unnamed)
    )
    return sorted(both, key=lambda hit: -round(hit.score, 4))


def witnessed(
    first: Scored,
    heard: Heard,
    ranked: Sequence[Scored],
    decided: tuple[str, Sequence[Scored]],
    *,
    foreign: bool,
) -> Witnessed:
    """What speaks for and against `first`, beside the fichas ranked by their names and what was decided by the names alone."""
    decision, named = decided
    return Witnessed(
        said=first.said,
        likely=heard.likely.get(first.codigo, 0.0),
        named_first=bool(ranked) and ranked[0].codigo == first.codigo,
        sure=decision == "sure" and named[0].codigo == first.codigo,
        known=heard.known,
        foreign=foreign,
    )


def likelihood(found: Witnessed) -> float:
    """How likely the first is the one meant, 0 to 1."""
    sides = found.sides()
    total = BASE + sum(weight * sides[name] for name, weight in LIKELIHOOD.items())
    return round(1.0 / (1.0 + math.exp(-total)), 3)
