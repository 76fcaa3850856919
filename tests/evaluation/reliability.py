"""Whether "sure" means sure: the confidence of the content API's ranking beside how often its first is the one meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.evaluation.expectations import Answers, AsksAspect, AsksTramite
from tests.evaluation.figures import Figure, measured, unmeasured
from tests.evaluation.holdout import Conversation, Holdout

BINS = 10
_SECONDS = 10

Resolve = Callable[[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Point:
    """One question: how sure the ranking was of its first, and whether that one is meant."""

    confidence: float
    right: bool
    group: str


@dataclass(frozen=True)
class Bin:
    """The questions of one tenth of confidence."""

    low: float
    high: float
    count: int
    said: float
    held: float


def asked_of(url: str) -> Resolve:
    """The resolver of the system at `url`."""
    client = httpx.Client(base_url=url, timeout=_SECONDS, trust_env=False)

    def resolve(text: str, locale: str) -> dict[str, Any]:
        response = client.get("/api/v1/resolve", params={"q": text, "locale": locale})
        response.raise_for_status()
        found: dict[str, Any] = response.json()
        return found

    return resolve


def points(holdout: Holdout, resolve: Resolve) -> list[Point]:
    """A point for each single question about a ficha of which the ranking finds any."""
    found = []
    for question in holdout.questions:
        meant = _meant(question)
        if meant is None:
            continue
        told = resolve(question.turns[0].text, question.group)
        first = told["codigo"] or next((hit["codigo"] for hit in told["candidates"]), None)
        if first:
            found.append(Point(told["confidence"], first in meant, question.group))
    return found


def _meant(question: Conversation) -> frozenset[str] | None:
    """The fichas plainly meant; none where it should be asked; None where no ficha is asked for."""
    expected = question.turns[0].expected
    if any(isinstance(one, AsksTramite) for one in expected):
        return frozenset()
    answers = [one.subject for one in expected if isinstance(one, Answers)]
    described = [one.codigo for one in expected if isinstance(one, AsksAspect)]
    return frozenset(answers + described) or None


def curve(found: Sequence[Point]) -> list[Bin]:
    """The tenths that have questions."""
    bins = []
    for place in range(BINS):
        own = [point for point in found if min(int(point.confidence * BINS), BINS - 1) == place]
        if own:
            said = sum(point.confidence for point in own) / len(own)
            held = sum(point.right for point in own) / len(own)
            bins.append(Bin(place / BINS, (place + 1) / BINS, len(own), said, held))
    return bins


def error(found: Sequence[Point]) -> float:
    """The mean distance between what was said and what held, each tenth weighing as many questions as it has."""
    return sum(abs(one.said - one.held) * one.count for one in curve(found)) / len(found)


def figure(found: Sequence[Point]) -> Figure:
    """The calibration error in points of percent."""
    name, unit = "resolver_calibration_error", "points"
    if not found:
        return unmeasured(name, unit, "nothing was resolved")
    return measured(name, 100 * error(found), unit, detail=f"{len(found)} questions")


def render(found: Sequence[Point]) -> str:
    """The curve as a table with bars."""
    rows = [
        f"| {one.low:.1f} to {one.high:.1f} | {one.count} | {100 * one.said:.0f} % | {100 * one.held:.0f} % "
        f"| {'█' * round(20 * one.held)}{'·' * (20 - round(20 * one.held))} |"
        for one in curve(found)
    ]
    head = "| confidence | questions | said | held | |\n| --- | --- | --- | --- | --- |"
    title = "## Reliability: how sure the ranking was of its first ficha, and how often that one was meant"
    return "\n".join([title, "", head, *rows]) + "\n"
