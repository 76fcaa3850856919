"""Splits a message that asks several things into questions, each with what Rasa understood of it.

A message is cut at punctuation and conjunctions; the cut stands only where at least two pieces are understood as
different questions. Where one piece asks and the rest tells what happened, that piece says what is asked and the
whole message what it is about. Everything else is one message, so that a cut never makes a plain message worse.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from assistant.aspects import ASPECTS
from assistant.signs.asking import asks, is_marked
from assistant.signs.letters import cannot_read
from assistant.signs.own_file import asks_own_state, asks_state
from assistant.signs.places import says_only_place

MOST_QUESTIONS = 3
MOST_PIECES = 8
SURE_ENOUGH = 0.5
SURE_OF_ANOTHER = (
    0.85  # for one question of several: telling what nobody asked is worse than telling one thing
)
SURE_OF_A_WORD = 0.95  # "requisitos" is asked, "reglas" in a list of things is not
SURE_UNMARKED = 0.95  # for what stands outside the "¿?" of a writer who uses them
URGENT = {"peligro": 0.9, "persona": 0.8}  # answered alone, whatever else the message asks
LEAST_DANGER = 0.45  # of a whole message: then it is not looked at for questions
REFUSED = 0.95  # of a whole message that plainly asks for what is not given here: none of its pieces is asked
OF_A_FILE = frozenset({"plazo", "contacto", "resultado", "descripcion"})
CHOOSING = frozenset(
    {"elegir", "corregir"}
)  # of these the pieces belong together: "el otro, el penal, cuánto cuesta"
# A piece that says one of these is no mere story around a question.
SAYING = frozenset({"caso_propio", "corregir", "molestia", "peligro", "persona", "cambiar_idioma", "repetir"})
_JOINTS = re.compile(
    r"[?¿!;\n]+|[,.](?=\s)|\s(?:y|e|ademas|además|tambien|también|hinaspa|hinaspapas|hinallataq|chaymanta|chaymantapas|"
    r"chaynallataq|chaynataq|utaq)(?=\s)",
    re.IGNORECASE,
)

Parse = Callable[[str], Awaitable[dict[str, Any]]]


@dataclass(frozen=True)
class Question:
    """One question of a message: its words, what Rasa made of them, and the words that name the thing.

    `aspecto`: what a choice or a correction asks of the thing it names, where it says so.
    """

    text: str
    parsed: dict[str, Any]
    naming: str
    aspecto: str | None = None


def pieces(text: str) -> list[str]:
    """The parts of `text` between punctuation and conjunctions, in order."""
    found = [part.strip(" ,.:") for part in _JOINTS.split(text)]
    return [part for part in found if part][:MOST_PIECES]


async def questions(text: str, parse: Parse) -> list[Question]:
    """The questions of `text` in the order asked, at most three; one when it cannot be cut."""
    whole = Question(text, await parse(text), text)
    parts = pieces(text)
    if (
        len(parts) < 2
        or _is(whole.parsed, "peligro", LEAST_DANGER)
        or _is(whole.parsed, "fuera_de_alcance", REFUSED)
        or (_is(whole.parsed, "caso_propio", SURE_ENOUGH) and asks_own_state(text))
    ):
        return [whole]
    parsed = [(part, await parse(part)) for part in parts]
    urgent = [Question(part, data, part) for part, data in parsed if _is_urgent(data)]
    if urgent or _is_urgent(whole.parsed):
        return urgent[:1] or [whole]
    asked = _asked(text, parsed)
    if whole.parsed["intent"]["name"] in CHOOSING:
        last = asked[-1].parsed["intent"]["name"] if asked else None
        return [Question(text, whole.parsed, text, last)]
    beside = [Question(part, data, part) for part, data in parsed if _is_beside(part, data)]
    if beside and asked:
        return [beside[0], *asked][:MOST_QUESTIONS]
    if len(asked) > 1:
        return asked[:MOST_QUESTIONS]
    return [_told(whole, asked[0]) if asked and _is_told(whole, asked[0], parsed) else whole]


def _is(parsed: dict[str, Any], intent: str, least: float) -> bool:
    return bool(parsed["intent"]["name"] == intent and parsed["intent"]["confidence"] >= least)


def _is_beside(part: str, parsed: dict[str, Any]) -> bool:
    """How somebody wants to be told, beside what is asked: in the other language, aloud."""
    return _is(parsed, "cambiar_idioma", SURE_ENOUGH) or cannot_read(part)


def _is_urgent(parsed: dict[str, Any]) -> bool:
    return any(_is(parsed, intent, least) for intent, least in URGENT.items())


def _is_told(whole: Question, asked: Question, parsed: list[tuple[str, dict[str, Any]]]) -> bool:
    """The one question stands in a story, and is plainer by itself than within it."""
    intent = whole.parsed["intent"]
    plainer = asked.parsed["intent"]["confidence"] >= max(SURE_OF_ANOTHER, intent["confidence"])
    says = any(
        _is(data, name, SURE_ENOUGH) and not (name == "caso_propio" and _only_tells(part, asked, whole.text))
        for part, data in parsed
        for name in SAYING
    )
    state = any(asks_state(part) and not _only_tells(part, asked, whole.text) for part, _data in parsed)
    return plainer and not says and not state and asked.parsed["intent"]["name"] != intent["name"]


def _only_tells(part: str, asked: Question, text: str) -> bool:
    """Whether `part` only tells how far a file is, before a question of another kind: "ya pagué, ¿dónde recojo?".

    How long it takes and who answers for it are questions of that very file.
    """
    behind = text.partition(part)[2].lstrip()
    return asked.parsed["intent"]["name"] not in OF_A_FILE and bool(behind) and not behind.startswith("?")


def _told(whole: Question, asked: Question) -> Question:
    """The question of `asked`, about what the whole message names."""
    about: dict[str, Any] = {
        name: whole.parsed.get(name) for name in ("entities", "unknown_words") if name in whole.parsed
    }
    return Question(asked.text, {**asked.parsed, **about}, whole.text)


def _asked(text: str, parsed: list[tuple[str, dict[str, Any]]]) -> list[Question]:
    """The pieces that are questions, none twice; a piece that only names another thing asks the same of it."""
    found: dict[tuple[str, tuple[str, ...]], Question] = {}
    last: Question | None = None
    for part, data in parsed:
        if last and _names_another(data, last):
            data = {**data, "intent": last.parsed["intent"]}
        elif not _is_question(part, data, _least(part, text)):
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


def _least(part: str, text: str) -> float:
    """How sure one must be that `part` of `text` is asked."""
    if not is_marked(part, text):
        return SURE_UNMARKED
    if len(part.split()) == 1:
        return SURE_OF_A_WORD
    return SURE_OF_ANOTHER


def _is_question(part: str, parsed: dict[str, Any], least: float) -> bool:
    sure = parsed["intent"]["name"] in ASPECTS and parsed["intent"]["confidence"] >= least
    return (
        sure
        and not says_only_place(part)
        and asks(part, sum(len(entity.get("value", "").split()) for entity in parsed.get("entities", ())))
    )


def _names_another(parsed: dict[str, Any], last: Question) -> bool:
    ids, before = set(_ids(parsed)), set(_ids(last.parsed))
    is_name = parsed["intent"]["name"] == "nombrar_tramite"
    return is_name and bool(ids) and bool(before) and not ids & before


def _ids(parsed: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the trámites named."""
    tramites = (entity for entity in parsed.get("entities", ()) if entity["entity"] == "tramite")
    return tuple(id_ for entity in tramites for id_ in entity.get("ids", ()))
