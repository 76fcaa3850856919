"""How well each ficha is named by a question. One ranking, for the search page and for the assistant.

Whoosh brings the candidates; they are then compared name by name. A name scores by how much of the question it
explains and how much of the name the question says, each word weighing as much as it is rare among the names:

    score = explained ** 1.2 * (0.55 + 0.45 * said)

Words no name has (a story around the question) weigh little, words of the entity explain without being said.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from whoosh.query import Or, Term
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from cms.search.analysis import (
    MAX_TOKENS,
    Unit,
    is_asking,
    is_neutral,
    names_no_tramite,
    said_words,
    unit,
    units,
)
from cms.tramites.demand import most_asked

CANDIDATES = 60
UNKNOWN_WEIGHT = 0.15  # of a word of average rarity
ASKING_WEIGHT = 0.2  # of a word of the question (how much, where), in the question and in a name
TEXT_SHARE = 0.45  # what a word found only in the description explains, of what it would in a name
FULL_LEVEL_BONUS = 0.03
ASKED_BONUS = 0.03
SHORTEST_MISTYPED = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question: how much it weighs, and what it may be read as (any of the alternatives)."""

    word: str
    weight: float
    alternatives: tuple[frozenset[str], ...]
    known: bool
    telling: bool = True

    def matches(self, terms: frozenset[str]) -> frozenset[str]:
        """The terms of the first alternative that `terms` holds whole; empty when none."""
        for alternative in self.alternatives:
            if alternative <= terms:
                return alternative
        return frozenset()


@dataclass(frozen=True, slots=True)
class Scored:
    codigo: str
    score: float
    explained: float
    said: float
    stored: dict[str, Any] = field(compare=False, repr=False)
    matched: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """A text read against the index."""

    slots: tuple[Slot, ...]
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def telling(self) -> tuple[Slot, ...]:
        """The words that can name a tramite."""
        return tuple(slot for slot in self.slots if slot.telling)

    @property
    def known(self) -> tuple[Slot, ...]:
        """The words that name something here."""
        return tuple(slot for slot in self.telling if slot.known)


@lru_cache(maxsize=1)
def synonyms() -> dict[tuple[str, ...], tuple[Unit, ...]]:
    """Phrase -> the units of what it also means; the phrase in Spanish stems, and again in Quechua roots."""
    path: Path = settings.CONTENT_DIR / "busqueda" / "sinonimos.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = {}
    for said, meant in table.items():
        for place in (0, 1):
            found[tuple(pair[place] for pair in units(said))] = tuple(units(meant))
    return found


@lru_cache(maxsize=1)
def demand() -> dict[str, int]:
    """Codigo -> its place in the institution's list of the most asked."""
    return {code: place for place, code in enumerate(most_asked())}


class Names:
    """How rare each term is among the names of one generation of the index, and the words for typing mistakes."""

    def __init__(self, reader: IndexReader) -> None:
        self.total = max(reader.doc_count(), 1)
        self.frequency = {
            term.decode(): reader.doc_frequency("labels", term) for term in reader.lexicon("labels")
        }
        self.entities = frozenset(term.decode() for term in reader.lexicon("entidad"))
        self.text = frozenset(term.decode() for term in reader.lexicon("text"))
        self.stems = [term[2:] for term in self.frequency if term.startswith("s:")]

    def rarity(self, term: str) -> float:
        return math.log((self.total + 1) / (self.frequency.get(term, 0) + 0.5))

    def knows(self, pair: Unit) -> bool:
        return any(term in self.frequency or term in self.entities or term in self.text for term in pair)

    def weight(self, pair: Unit) -> float:
        known = [self.rarity(term) for term in pair if term in self.frequency]
        if known:
            return min(known)
        if any(term in self.entities for term in pair):
            return 0.3 * math.log(self.total + 1)
        return UNKNOWN_WEIGHT * math.log(self.total + 1)

    def worth(self, pair: Unit) -> float:
        """What a word of a name counts for when it is said: little for a word of the question."""
        return self.rarity(pair[0]) * (ASKING_WEIGHT if is_asking(pair[0][2:]) else 1.0)

    def nearest(self, pair: Unit) -> str | None:
        """The stem a mistyped word most likely meant: at most one slip, two in a word of eight letters."""
        stem = pair[0][2:]
        if len(stem) < SHORTEST_MISTYPED:
            return None
        slips = 1 if len(stem) < 8 else 2
        found = process.extractOne(stem, self.stems, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        return found[0] if found and found[0][0] == stem[0] else None


_names: tuple[Searcher, Names] | None = None


def names_of(searcher: Searcher) -> Names:
    """Made once per searcher, and so once per state of the index."""
    global _names  # one cache per process, replaced whole
    cached = _names
    if cached is None or cached[0] is not searcher:
        cached = _names = (searcher, Names(searcher.reader()))
    return cached[1]


def read_question(text: str, names: Names) -> Question:
    """Reads `text` word by word against the names there are."""
    found = said_words(text, limit=MAX_TOKENS)
    slots: list[Slot] = []
    corrected: list[tuple[str, str]] = []
    for position, word in enumerate(found):
        slot = _slot(word, _meant(found, position), names)
        if not slot.known and slot.telling and (stem := names.nearest(unit(word))):
            corrected.append((word, stem))
            slot = _slot(word, [frozenset({f"s:{stem}"})], names)
        if slot.known or not word.isdigit():
            slots.append(slot)
    return Question(tuple(slots), tuple(corrected))


def _slot(word: str, meant: list[frozenset[str]], names: Names) -> Slot:
    pair = unit(word)
    weight = names.weight(pair)
    if meant and not names.knows(pair):
        weight = max(min(names.rarity(term) for term in reading) for reading in meant)
    known = names.knows(pair) or bool(meant)
    around = not known and names_no_tramite(word)
    asking = is_asking(word)
    return Slot(
        word=word,
        weight=0.0 if around else weight * (ASKING_WEIGHT if asking else 1.0),
        alternatives=(*(frozenset({term}) for term in pair), *meant),
        known=known,
        telling=not asking and not around and not is_neutral(word) and not word.isdigit(),
    )


def _meant(found: list[str], position: int) -> list[frozenset[str]]:
    """What the phrase that begins at `position` also means, read by Spanish stems."""
    readings = []
    for length in (3, 2, 1):
        words = [unit(word) for word in found[position : position + length]]
        for place in (0, 1):
            meant = synonyms().get(tuple(pair[place] for pair in words)) if len(words) == length else None
            if meant:
                readings.append(frozenset(pair[0] for pair in meant))
    return readings


def rank(searcher: Searcher, question: Question, *, only: Iterable[str] | None = None) -> list[Scored]:
    """The fichas the question touches most, best first; with `only`, every one it touches among these codes."""
    if not any(slot.known for slot in question.slots):
        return []
    names = names_of(searcher)
    among = None if only is None else Or([Term("codigo", codigo) for codigo in only])
    # Chosen before the candidates are cut: one of them may be the sixty-first of all there are.
    hits = searcher.search(_query(question), limit=CANDIDATES if among is None else None, filter=among)
    scored = [_score(hit["codigo"], hit["stored"], question, names) for hit in hits]
    return sorted(
        (hit for hit in scored if hit.score > 0),
        key=lambda hit: (-round(hit.score, 4), demand().get(hit.codigo, 999), hit.codigo),
    )


def _query(question: Question) -> Or:
    terms = {term for slot in question.slots for alternative in slot.alternatives for term in alternative}
    return Or(
        [Term("labels", term, boost=3.0) for term in sorted(terms)]
        + [Term("entidad", term, boost=0.5) for term in sorted(terms)]
        + [Term("text", term, boost=0.5) for term in sorted(terms)]
    )


def _score(codigo: str, stored: dict[str, Any], question: Question, names: Names) -> Scored:
    around = _Around(
        offices=frozenset(term for pair in stored["offices"] for term in pair),
        text=frozenset(term for pair in stored["text"] for term in pair),
        bonus=_bonus(codigo, stored),
    )
    named = [_score_name(label, around, question, names) for label in stored["labels"]]
    score, share, said, matched = max(named, key=lambda found: found[0], default=(0.0, 0.0, 0.0, frozenset()))
    return Scored(codigo, score, share, said, stored, matched)


@dataclass(frozen=True, slots=True)
class _Around:
    """What explains a word of the question without being part of a name."""

    offices: frozenset[str]
    text: frozenset[str]
    bonus: float


def _score_name(
    label: Sequence[Unit], around: _Around, question: Question, names: Names
) -> tuple[float, float, float, frozenset[str]]:
    """(score, share of the question explained, share of the name said, terms matched) of one name."""
    explained, matched = _explained(frozenset(term for pair in label for term in pair), around, question)
    total = sum(slot.weight for slot in question.slots)
    if not matched or not total:
        return 0.0, explained / total if total else 0.0, 0.0, matched
    weights = [(names.worth(pair), bool(matched & set(pair))) for pair in label]
    said = sum(weight for weight, was_said in weights if was_said) / sum(weight for weight, _s in weights)
    share = explained / total
    return min(share**1.2 * (0.55 + 0.45 * said) * (0.94 + around.bonus), 1.0), share, said, matched


def _explained(terms: frozenset[str], around: _Around, question: Question) -> tuple[float, frozenset[str]]:
    explained, matched = 0.0, frozenset[str]()
    for slot in question.slots:
        if found := slot.matches(terms):
            explained += slot.weight
            matched |= found
        elif slot.matches(around.offices):
            explained += slot.weight
        elif slot.matches(around.text):
            explained += slot.weight * TEXT_SHARE
    return explained, matched


def _bonus(codigo: str, stored: dict[str, Any]) -> float:
    """Between two that are named alike, the one the institution's citizens ask for more."""
    full = FULL_LEVEL_BONUS if stored["nivel"] == "completa" else 0.0
    return full + (ASKED_BONUS if codigo in demand() else 0.0)
