"""Who can answer a citizen, in order. They register themselves; conversations knows none of them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cms.conversations.faults import without_words
from cms.conversations.results import Result, Subject
from cms.integrations.rasa.errors import RasaError

logger = logging.getLogger(__name__)
Locale = Literal["es", "qu"]
MOST_FAULT = 200


class NoAnswer(Exception):
    """Nothing to say now: the next answerer is asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """A citizen's text with the context of the conversation. `options` are the choices offered just before.

    `earlier` are the citizen's last texts, the newest last; `offered` the tramites last asked about, and
    `unanswered` whether nothing was answered since; `told` the codigos answered about before, the newest first.
    """

    conversation_id: str
    text: str
    locale: Locale
    locale_chosen: bool
    codigo: str = ""
    aspecto: str = ""
    sede: str = ""
    options: tuple[Subject, ...] = ()
    misses: int = 0
    earlier: tuple[str, ...] = ()
    offered: tuple[Subject, ...] = ()
    unanswered: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer, and in which language. `fault`: why it is not the first answerer's own."""

    locale: Locale
    results: tuple[Result, ...]
    fault: str = ""


Answerer = Callable[[Question], Decision]

_answerers: dict[str, tuple[int, Answerer]] = {}
# Each tells whether the answerer of that name is switched off just now.
_switches: list[Callable[[str], bool]] = []


def register(name: str, answerer: Answerer, order: int) -> None:
    """Adds `answerer`; the lowest `order` is asked first. It may raise whatever it likes, then the next is asked."""
    if name in _answerers and _answerers[name] != (order, answerer):
        raise ValueError(f"an answerer named {name!r} is already registered")
    _answerers[name] = (order, answerer)


def unregister(name: str) -> None:
    _answerers.pop(name, None)


def register_switch(is_off: Callable[[str], bool]) -> None:
    """An answerer of which `is_off` says so is passed over, and the next is asked."""
    if is_off not in _switches:
        _switches.append(is_off)


def decide(question: Question) -> Decision:
    """The first answer anybody gives, with the faults of those before; raises NoAnswer when nobody does."""
    faults: list[str] = []
    for name, (_order, answerer) in sorted(_answerers.items(), key=lambda item: item[1][0]):
        if any(is_off(name) for is_off in _switches):
            faults.append(f"{name}: paused")
            continue
        try:
            decision = answerer(question)
        except Exception as error:  # whatever breaks in one, the citizen still gets the next
            _tell(name, error)
            faults.append(f"{name}: {type(error).__name__}")
        else:
            fault = "; ".join([*faults, decision.fault]).strip("; ")
            return Decision(decision.locale, decision.results, fault[:MOST_FAULT])
    raise NoAnswer("; ".join(faults) or "no answerer is registered")


def _tell(name: str, error: Exception) -> None:
    """An assistant that does not answer is an event; anything else is a fault of ours, told with its place."""
    known = isinstance(error, (NoAnswer, RasaError))
    logger.log(
        logging.WARNING if known else logging.ERROR,
        "The answerer %s failed (%s).",
        name,
        type(error).__name__,
        exc_info=None if known else without_words(error),
        extra={"event": "answerer_failed", "answerer": name, "error": type(error).__name__},
    )
