"""Splits a message that asks several things into questions, each with what Rasa understood of it.

A message is cut at punctuation and conjunctions; the cut stands only where at least two pieces are understood as
different questions. Everything else is one message, so that a cut can never make a plain message worse.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from assistant.aspects import ASPECTS

MOST_QUESTIONS = 3
MOST_PIECES = 8
SURE_ENOUGH = 0.4
URGENT = {"peligro": 0.5, "persona": 0.6}  # answered alone, whatever else the message asks
_JOINTS = re.compile(
    r"[?¿!;\n]+|[,.](?=\s)|\s(?:y|e|ademas|además|tambien|también|hinaspa|hinaspapas|hinallataq|chaymanta|chaymantapas|"
    r"chaynallataq|chaynataq|utaq)(?=\s)",
    re.IGNORECASE,
)

Parse = Callable[[str], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Question:
    """One question of a message: its words, what Rasa made of them, and the words that name the thing."""

    text: str
    parsed: dict[str, Any]
    naming: str


def pieces(text: str) -> list[str]:
    """The parts of `text` between punctuation and conjunctions, in order."""
    found = [part.strip(" ,.:") for part in _JOINTS.split(text)]
    return [part for part in found if part][:MOST_PIECES]


async def questions(text: str, parse: Parse) -> list[Question]:
    """The questions of `text` in the order asked, at most three; one when it cannot be cut."""
    whole = Question(text, await parse(text), text)
    parts = pieces(text)
    if len(parts) < 2:
        return [whole]
    parsed = [(part, await parse(part)) for part in parts]
    urgent = [Question(part, data, part) for part, data in parsed if _is_urgent(data)]
    if urgent:
        return urgent[:1]
    asked = _asked(text, parsed)
    return asked[:MOST_QUESTIONS] if len(asked) > 1 else [whole]


def _is_urgent(parsed: dict[str, Any]) -> bool:
    intent = parsed["intent"]
    return float(intent["confidence"]) >= URGENT.get(intent["name"], 2.0)


def _asked(text: str, parsed: list[tuple[str, dict[str, Any]]]) -> list[Question]:
    """The pieces that are questions, none twice; a piece that only names another thing asks the same of it."""
    found: dict[tuple[str, tuple[str, ...]], Question] = {}
    last: Question | None = None
    for part, data in parsed:
        if last and _names_another(data, last):
            data = {**data, "intent": last.parsed["intent"]}
        elif not _is_question(data):
            continue
        last = Question(part, data, part if _ids(data) else text)
        found.setdefault((data["intent"]["name"], _ids(data)), last)
    return _merged(list(found.values()))


def _merged(asked: list[Question]) -> list[Question]:
    """Without a question that names nothing where the same is asked of something named."""
    named = {question.parsed["intent"]["name"] for question in asked if _ids(question.parsed)}
    return [
        question
        for question in asked
        if _ids(question.parsed) or question.parsed["intent"]["name"] not in named
    ]


def _is_question(parsed: dict[str, Any]) -> bool:
    return parsed["intent"]["name"] in ASPECTS and parsed["intent"]["confidence"] >= SURE_ENOUGH


def _names_another(parsed: dict[str, Any], last: Question) -> bool:
    ids, before = set(_ids(parsed)), set(_ids(last.parsed))
    is_name = parsed["intent"]["name"] == "nombrar_tramite"
    return is_name and bool(ids) and bool(before) and not ids & before


def _ids(parsed: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the trámites named."""
    tramites = (entity for entity in parsed.get("entities", ()) if entity["entity"] == "tramite")
    return tuple(id_ for entity in tramites for id_ in entity.get("ids", ()))
