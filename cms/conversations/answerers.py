"""Who can answer a citizen, in order. They register themselves; conversations knows none of them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cms.conversations.results import Result, Subject

logger = logging.getLogger(__name__)
Locale = Literal["es", "qu"]
MOST_FAULT = 200


class NoAnswer(Exception):
    """Nothing to say now: the next answerer is asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's text with the context of the conversation. `options` are the choices offered just before."""

    conversation_id: str
    text: str
    locale: Locale
    locale_chosen: bool
    codigo: str = ""
    aspecto: str = ""
    sede: str = ""
    options: tuple[Subject, ...] = ()
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer, and in which language. `fault`: why it is not the first answerer's own."""

    locale: Locale
    results: tuple[Result, ...]
    fault: str = ""


Answerer = Callable[[Question], Decision]

_answerers: dict[str, tuple[int, Answerer]] = {}


def register(name: str, answerer: Answerer, order: int) -> None:
    """Adds `answerer`; the lowest `order` is asked first. It may raise whatever it likes, then the next is asked."""
    if name in _answerers and _answerers[name] != (order, answerer):
        raise ValueError(f"an answerer named {name!r} is already registered")
    _answerers[name] = (order, answerer)


def unregister(name: str) -> None:
    _answerers.pop(name, None)


def decide(question: Question) -> Decision:
    """The first answer anybody gives, with the faults of those before; raises NoAnswer when nobody does."""
    faults: list[str] = []
    for name, (_order, answerer) in sorted(_answerers.items(), key=lambda item: item[1][0]):
        try:
            decision = answerer(question)
        except Exception as error:  # whatever breaks in one, the citizen still gets the next
            logger.warning(
                "An answerer failed.",
                extra={"event": "answerer_failed", "answerer": name, "error": type(error).__name__},
            )
            faults.append(f"{name}: {type(error).__name__}")
        else:
            return Decision(
                decision.locale, decision.results, "; ".join([*faults, decision.fault]).strip("; ")
            )
    raise NoAnswer("; ".join(faults) or "no answerer is registered")
