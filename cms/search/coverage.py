"""Whether a ficha explains all that a question names, or a strong word of it is nobody's: "pasaporte dorado".

A name may stand whole in a question that asks for something else: what tells is a word that goes with the name and
that neither the ficha's names nor its entity nor its description know. Words of the story elsewhere tell less.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cms.search.analysis import names_no_tramite
from cms.search.ranking import Question, Scored, Slot
from lenguas import quechua
from lenguas.identify import identify
from lenguas.normalise import fold
from lenguas.tokens import tokens

_LINKS = frozenset({"de", "del", "d"})
_PARTICIPLES = ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")
LONGEST = 80  # words read, and clauses
_CLAUSES = re.compile(r"[.,;:!?¿¡()«»\"\n]+")


@dataclass(frozen=True, slots=True)
class Coverage:
    """`share`: of the weight of the words that name something, what is explained. `foreign`: a word that goes with
    the name is not.
    """

    share: float
    foreign: bool


def cover(text: str, question: Question, hit: Scored) -> Coverage:
    """How far `hit` explains `text`, read as `question`."""
    names = _terms(pair for label in hit.stored["labels"] for pair in label)
    around = _terms(hit.stored["offices"]) | _terms(hit.stored["text"])
    telling = [slot for slot in question.telling if not is_verb(slot)]
    explained = [slot for slot in telling if slot.matches(names) or slot.matches(around)]
    total = sum(slot.weight for slot in telling)
    named = {slot.word for slot in question.slots if slot.matches(names)}
    strange = {slot.word: slot.known for slot in telling if slot not in explained}
    return Coverage(
        share=sum(slot.weight for slot in explained) / total if total else 0.0,
        foreign=_goes_with_the_name(text, named, strange),
    )


def _terms(pairs: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(term for pair in pairs for term in pair)


def is_verb(slot: Slot) -> bool:
    """Whether it says what is done, and with what it is not said: "¿dónde se inscribe?"."""
    return names_no_tramite(slot.word) or (slot.known and slot.word.endswith(_PARTICIPLES))


def _goes_with_the_name(text: str, named: set[str], strange: dict[str, bool]) -> bool:
    """A strange word right behind a name, or behind it and "de"; in Quechua, without any suffix, before it.

    `strange`: whether other names know the word. Right behind a name a word of other names goes on with the story
    more often than with the name ("el récord policial cuesta").
    """
    in_quechua, clauses = _clauses(text)
    for words in clauses:
        places = {place for place, word in enumerate(words) if word in named}
        if in_quechua and any(_stands_before(words, place, strange) for place in places):
            return True
        if not in_quechua and any(_stands_behind(words, place, strange) for place in places):
            return True
    return False


@lru_cache(maxsize=16)  # of one text, for every ficha it is compared with
def _clauses(text: str) -> tuple[bool, list[list[str]]]:
    """Whether it is Quechua, and the words of each clause."""
    found = [[fold(token) for token in tokens(clause)[:LONGEST]] for clause in _CLAUSES.split(text)[:LONGEST]]
    return identify(text).code == "qu", found


def _stands_before(words: list[str], place: int, strange: dict[str, bool]) -> bool:
    before = words[place - 1] if place else ""
    return before in strange and not strange[before] and not _has_suffixes(before)


def _stands_behind(words: list[str], place: int, strange: dict[str, bool]) -> bool:
    behind = place + 1
    while behind < len(words) and words[behind] in _LINKS:
        behind += 1
    word = words[behind] if behind < len(words) else ""
    return word in strange and (behind > place + 1 or not strange[word])


def _has_suffixes(word: str) -> bool:
    reading = quechua.analyse(word)
    return reading is not None and bool(reading.suffixes)
