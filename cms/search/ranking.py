"""How well each ficha is named by a question. One ranking, for the search page and for the assistant.

The postings of Whoosh bring the candidates; they are then compared name by name. A name scores by how much of the question it
explains and how much of the name the question says, each word weighing as much as it is rare among the names:

    score = explained ** 1.2 * (0.55 + 0.45 * said)

where a word that is left over takes half of what it would add, and a quarter where no official name has it.

Words no name has (a story around the question) weigh little, words of the entity explain without being said.
"""

import gc
import heapq
import math
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from whoosh.searching import Searcher

from cms.search import learning
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
from cms.search.segments import LABELS, OFFICES, TEXT, Held, Segment
from cms.tramites.demand import most_asked
from lenguas import suffixes
from lenguas.identify import identify
from lenguas.normalise import key

CANDIDATES = 60  # answered at most, of all there are
COMPARED = 200  # of those a question touches, name by name
UNKNOWN_WEIGHT = 0.15  # of a word of average rarity
ASKING_WEIGHT = 0.2  # of a word of the question (how much, where), in the question and in a name
NEUTRAL_WEIGHT = 0.6  # of a word of the story around (yesterday, my cousin, Cusco)
STORY = 0.5  # what a word of the question that a name lacks takes from it, of what it would add if it had it
SPOKEN = 0.5  # of that, where the word is only in what people call some ficha: there it may be story too
STEEPNESS = 1.2  # a question half explained is worth less than half
OFFICE_SHARE = 0.8  # what a word found only in the name of the entity explains, of what it would in a name
ELSEWHERE = (
    0.8  # what is left of the score of a tramite of one town or region that the question does not name
)
TEXT_SHARE = 0.45  # what a word found only in the description explains, of what it would in a name
FULL_LEVEL_BONUS = 0.03
ASKED_BONUS = 0.03
SHORTEST_MISTYPED = 5
SHORTEST_LOAN = 3
LONGEST_LOAN = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question: how much it weighs, and what it may be read as (any of the alternatives)."""

    word: str
    weight: float
    alternatives: tuple[frozenset[str], ...]
    known: bool
    telling: bool = True
    cost: float = 1.0  # share of the weight that counts where it is left over

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
    """Of one state of the index: how rare each term is among the names, the words for typing mistakes, what people asked."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.total = max(held.total, 1)
        self.frequency = held.frequency(LABELS)
        self.entities = held.frequency(OFFICES)
        self.text = held.frequency(TEXT)
        self.official = held.official()
        learnt = learning.current(held.names)
        self.asked, self.change = learnt.asked, learnt.change
        self._worth: dict[Unit, float] = {}
        self._whole: dict[tuple[Unit, ...], float] = {}
        self._stems: dict[int, list[str]] = defaultdict(list)
        for term in self.frequency:
            if term.startswith("s:"):
                self._stems[len(term) - 2].append(term[2:])

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
        found = self._worth.get(pair)
        if found is None:
            found = self.rarity(pair[0]) * (ASKING_WEIGHT if is_asking(pair[0][2:]) else 1.0)
            self._worth[pair] = found
        return found

    def whole_worth(self, label: Sequence[Unit]) -> float:
        """The same of a whole name."""
        key_of = tuple(label)
        found = self._whole.get(key_of)
        if found is None:
            found = self._whole[key_of] = sum(map(self.worth, label))
        return found

    def loan(self, word: str) -> str | None:
        """The word of a name that `word` is, with Quechua suffixes behind it: `rnpqa`, `empadronamientota`."""
        whole = key(word[:LONGEST_LOAN])
        for end in range(len(whole) - 1, SHORTEST_LOAN - 1, -1):
            term, rest = f"q:{whole[:end]}", whole[end:]
            if term in self.frequency and suffixes.chain(rest, whole[end - 1], "noun") is not None:
                return term
        return None

    def nearest(self, pair: Unit) -> str | None:
        """The stem a mistyped word most likely meant: at most one slip, two in a word of eight letters."""
        stem = pair[0][2:]
        if len(stem) < SHORTEST_MISTYPED:
            return None
        slips = 1 if len(stem) < 8 else 2
        near = (
            self._nearest_of(length, stem, slips)
            for length in range(len(stem) - slips, len(stem) + slips + 1)
        )
        found = min((one for one in near if one), default=None)
        return found[1] if found and found[1][0] == stem[0] else None

    def _nearest_of(self, length: int, stem: str, slips: int) -> tuple[int, str] | None:
        """Among the words of one length: a slip adds or takes one letter at most."""
        found = process.extract(
            stem,
            self._stems.get(length, ()),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=slips,
            limit=None,
        )
        return min(((int(distance), word) for word, distance, _place in found), default=None)


_names: tuple[Searcher, learning.Stamp, Names] | None = None
_reading_names = threading.Lock()


def names_of(searcher: Searcher) -> Names:
    """Made once per searcher, and so once per state of the index; and again when what people ask was learnt anew."""
    global _names  # one cache per process, replaced whole
    stamp = learning.stamp()
    cached = _names
    if cached is None or cached[:2] != (searcher, stamp):
        with _reading_names:
            cached = _names
            if cached is None or cached[:2] != (searcher, stamp):
                before = cached[2].held if cached else None
                cached = _names = (searcher, stamp, Names(Held(searcher.reader(), before)))
                _leave_to_itself()
    return cached[2]


def _leave_to_itself() -> None:
    """What lives as long as the index is not looked through for garbage: each look held every request up for 150 ms."""
    gc.collect()
    gc.freeze()


def read_question(text: str, names: Names) -> Question:
    """Reads `text` word by word against the names there are."""
    found = said_words(text, limit=MAX_TOKENS)
    in_quechua = identify(text).code == "qu"
    slots: list[Slot] = []
    corrected: list[tuple[str, str]] = []
    for position, word in enumerate(found):
        slot = _slot(word, _meant(found, position), names)
        if in_quechua and not slot.known and (term := names.loan(word)):
            slot = _slot(word, [frozenset({term})], names)
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
    alternatives = (*(frozenset({term}) for term in pair), *meant)
    return Slot(
        word=word,
        weight=0.0 if around else weight * _share_of(word),
        alternatives=alternatives,
        known=known,
        telling=not asking and not around and not is_neutral(word) and not word.isdigit(),
        cost=1.0 if any(alternative <= names.official for alternative in alternatives) else SPOKEN,
    )


def _share_of(word: str) -> float:
    """Of the weight of a word, by what it does in a question."""
    if is_asking(word):
        return ASKING_WEIGHT
    return NEUTRAL_WEIGHT if is_neutral(word) else 1.0


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


def rank(searcher: Searcher, question: Question, *, only: Collection[str] | None = None) -> list[Scored]:
    """The fichas the question touches most, best first; with `only`, of those with these codes."""
    if not any(slot.known for slot in question.slots):
        return []
    found = _compared(question, names_of(searcher), only)
    best = sorted(
        (hit for hit in found if hit.score > 0),
        key=lambda hit: (-round(hit.score, 4), demand().get(hit.codigo, 999), hit.codigo),
    )
    return best[:CANDIDATES] if only is None else best


def _compared(question: Question, names: Names, only: Collection[str] | None) -> Iterator[Scored]:
    """The fichas that can be among the best, scored; those that could explain most of the question first."""
    total = sum(slot.weight for slot in question.slots)
    best: list[float] = []
    for share, document, sides in _candidates(question, names, only):
        if (
            only is None
            and len(best) == CANDIDATES
            and _of_question(share, SPOKEN * (total - share)) ** STEEPNESS < best[0]
        ):
            return  # not even with the whole of its name said
        hit = _score(document, sides, names)
        heapq.heappush(best, hit.score)
        if len(best) > CANDIDATES:
            heapq.heappop(best)
        yield hit


@dataclass(frozen=True, slots=True)
class _Side:
    """One slot beside one segment: the documents that explain it by a name, by their entity, by their text."""

    slot: Slot
    named: set[int]
    office: set[int]
    text: set[int]


@dataclass(frozen=True, slots=True)
class _Sides:
    """The slots of a question, beside one document."""

    all: list[_Side]
    number: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """What of a question one document explains and leaves without its names, and what each slot adds and saves that a name has."""

    explained: float
    left: float
    named: list[tuple[Slot, float, float]]
    # Of all that the named slots may be read as: a name that has none of them is not said.
    terms: frozenset[str]


def _candidates(
    question: Question, names: Names, only: Collection[str] | None
) -> Iterator[tuple[float, dict[str, Any], _Sides]]:
    """Documents with what they could explain of the question were all their names one; the most first.

    Among those alike first the one whose shortest name says the least besides.
    """
    parts = names.held.parts
    sides = [[_side(segment, slot) for slot in question.slots if slot.weight] for segment, _gone in parts]
    touched = [
        (-explained, segment.shortest[number], part, number)
        for part, (segment, gone) in enumerate(parts)
        for number, explained in _explainable(sides[part]).items()
        if number not in gone and (only is None or segment.documents[number]["codigo"] in only)
    ]
    for explained, _shortest, part, number in heapq.nsmallest(COMPARED, touched):
        yield -explained, parts[part][0].documents[number], _Sides(sides[part], number)


def _side(segment: Segment, slot: Slot) -> _Side:
    return _Side(slot, *(_having(segment, slot, field) for field in (LABELS, OFFICES, TEXT)))


def _having(segment: Segment, slot: Slot, field: str) -> set[int]:
    """The documents that have one of the slot's alternatives whole in this field."""
    found: set[int] = set()
    for alternative in slot.alternatives:
        having = sorted((segment.having(field, term) for term in alternative), key=len)
        found.update(having[0] if len(having) == 1 else set(having[0]).intersection(*having[1:]))
    return found


def _explainable(sides: list[_Side]) -> dict[int, float]:
    """Of each document with a word of the question in its names, the most it can explain."""
    found: dict[int, float] = dict.fromkeys(set().union(*(side.named for side in sides)), 0.0)
    for side in sides:
        weight = side.slot.weight
        sure = side.named | side.office if side.office else side.named
        for number in sure & found.keys():
            found[number] += weight
        for number in (side.text & found.keys()) - sure:
            found[number] += weight * TEXT_SHARE
    return found


def _score(document: dict[str, Any], sides: _Sides, names: Names) -> Scored:
    codigo, stored = document["codigo"], document["stored"]
    beside = _beside(sides)
    unnamed = (0.0, _of_question(beside.explained, beside.left), 0.0, frozenset[str]())
    named = (
        _score_name(label, terms, beside, names)
        for label, terms in zip(stored["labels"], _terms(document), strict=True)
        if not beside.terms.isdisjoint(terms)
    )
    worth, share, said, matched = max(named, key=itemgetter(0), default=unnamed)
    near = ELSEWHERE if stored["local"] and not _is_placed(sides) else 1.0
    score = min(near * worth * (1.0 - FULL_LEVEL_BONUS - ASKED_BONUS + _bonus(codigo, stored)), 1.0)
    return Scored(codigo, score, share, said, stored, matched)


def _terms(document: dict[str, Any]) -> list[frozenset[str]]:
    """Of each name of the document; made once, the document is kept as long as the index stays as it is."""
    found: list[frozenset[str]] | None = document.get("terms")
    if found is None:
        found = [frozenset(chain.from_iterable(label)) for label in document["stored"]["labels"]]
        document["terms"] = found
    return found


def _is_placed(sides: _Sides) -> bool:
    """Whether the question names the town or the region of the entity."""
    return any(sides.number in side.office for side in sides.all)


def _score_name(
    label: Sequence[Unit], terms: frozenset[str], beside: _Beside, names: Names
) -> tuple[float, float, float, frozenset[str]]:
    """(worth, share of the question explained, share of the name said, terms matched) of one name."""
    explained, left, matched = _explained(terms, beside)
    share = _of_question(explained, left)
    if not matched:
        return 0.0, share, 0.0, matched
    weight = sum(names.worth(pair) for pair in label if not matched.isdisjoint(pair))
    said = weight / names.whole_worth(label)
    return share**STEEPNESS * (0.55 + 0.45 * said), share, said, matched


def _of_question(explained: float, left: float) -> float:
    """How much of the question is explained: what a story adds counts against a name, but not in full."""
    return explained / (explained + STORY * left) if explained else 0.0


def _beside(sides: _Sides) -> _Beside:
    """Worked out once for all names of the document: a ficha has many, and most words of a question are in none."""
    explained, left, number = 0.0, 0.0, sides.number
    gains = []
    for side in sides.all:
        slot = side.slot
        share = OFFICE_SHARE if number in side.office else TEXT_SHARE if number in side.text else 0.0
        explained += slot.weight * share
        left += slot.weight * (1.0 - share) * slot.cost
        if number in side.named:
            gain = slot.weight * (1.0 - share)
            gains.append((slot, gain, gain * slot.cost))
    terms = (term for slot, *_gain in gains for alternative in slot.alternatives for term in alternative)
    return _Beside(explained, left, gains, frozenset(terms))


def _explained(terms: frozenset[str], beside: _Beside) -> tuple[float, float, frozenset[str]]:
    """What a name with these terms explains of the question, what it costs it to leave the rest, terms matched."""
    explained, left, matched = beside.explained, beside.left, frozenset[str]()
    for slot, gain, saved in beside.named:
        if found := slot.matches(terms):
            explained += gain
            left -= saved
            matched |= found
    return explained, max(left, 0.0), matched


def _bonus(codigo: str, stored: dict[str, Any]) -> float:
    """Between two that are named alike, the one the institution's citizens ask for more."""
    full = FULL_LEVEL_BONUS if stored["nivel"] == "completa" else 0.0
    return full + (ASKED_BONUS if codigo in demand() else 0.0)
