"""From text to terms: every word as a Spanish stem and as a Quechua key, so that either can meet either.

A word of a name and a word of a question are the same unit when they share one of the two. That is what lets
`licenciayta` find *licencia* and `renové` find *renovación*, with and without accents.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from cms.search import words
from lenguas import quechua, spanish
from lenguas.normalise import fold, key
from lenguas.tokens import tokens

MAX_DIGITS = 3
MAX_TOKENS = 80  # of a question; what 4,000 characters add beyond names no tramite any better

Unit = tuple[
    str, ...
]  # ("s:<Spanish stem>", "q:<Quechua root>", "q:<skeleton>"): the same word if one is shared

# Endings that only verbs and adverbs have, for those the stemmer does not know one by one.
_VERBAL = re.compile(
    r"\w{2}(?:mente|aron|ieron|aste|iste|aban|abamos|ando|iendo|[aei]r(?:me|te|se|lo|la|los|las|nos|les?)|[aei]ria[ns]?|"
    r"[aei]re|[aei]remos)$"
)
# hijita, empresita; "visita" would be a visa.
_DIMINUTIVE = re.compile(r"(\w{3,}?)(?:c|z)?it([oa])s?$")
_NO_DIMINUTIVE = frozenset({"visita", "visitas"})
# An abbreviation in capitals with Quechua suffixes behind it: CULta, DNIykita.
_CAPITALS = re.compile(r"([A-ZÑ]{2,})[a-zñ']+$")
# A class of licence is one word, however it is written: A-I, A1, a-1, A-IIb.
_CLASS = re.compile(r"\b([ab])-(i{1,3}|[123])([abc]?)\b", re.IGNORECASE)
_LOAN_ENDING = re.compile(r"(?:iya|iyu|iy|ya|[aiu])$")
_SHORTEST_SKELETON = 4


@lru_cache(maxsize=65536)
def unit(token: str) -> Unit:
    stem = spanish.stem(_plain_size(token))
    reading = quechua.analyse(token)
    root = reading.root if reading else quechua.light_stem(token)
    # A native root is nobody's loan: its skeleton would only meet other words by chance.
    shared = () if reading and not reading.loan else (f"q:{_skeleton(root)}",)
    return tuple(dict.fromkeys((f"s:{stem}", f"q:{root}", *shared, f"q:{_skeleton(key(stem))}")))


def _plain_size(token: str) -> str:
    """The word a diminutive is made of."""
    found = None if token in _NO_DIMINUTIVE else _DIMINUTIVE.match(token)
    return found[1] + found[2] if found else token


def _skeleton(root: str) -> str:
    """What a Spanish word and its Quechua loan share once endings are off: renov-, licens-, inscrib-."""
    bare = _LOAN_ENDING.sub("", root)
    return bare if len(bare) >= _SHORTEST_SKELETON else root


def units(text: str, *, limit: int = 400) -> list[Unit]:
    """The words of `text` but for function words, as units, in order."""
    return [unit(word) for word in said_words(text, limit=limit)]


def said_words(text: str, *, limit: int = 400) -> list[str]:
    """Every word of `text`, folded, but the function words of both languages."""
    return [
        word
        for word in map(fold, map(_without_suffixes, tokens(_CLASS.sub(_joined, text))[:limit]))
        if _is_word(word) and not _is_function_word(word)
    ]


def _joined(found: re.Match[str]) -> str:
    letter, number, kind = found.groups()
    return f"{letter}{number if number.isdigit() else len(number)}{kind}"


def _without_suffixes(token: str) -> str:
    """An abbreviation alone; any other word as it is."""
    found = _CAPITALS.match(token)
    return found[1] if found else token


def _is_word(word: str) -> bool:
    """A lone letter names nothing, nor does a long number; "65" and "5" may be part of a name."""
    return len(word) <= MAX_DIGITS if word.isdigit() else len(word) > 1


@lru_cache(maxsize=65536)
def _is_function_word(word: str) -> bool:
    if word in _FUNCTION or key(word) in _FUNCTION_KEYS:
        return True
    reading = quechua.analyse(word)
    return reading is not None and not reading.loan and reading.root in _FUNCTION_ROOTS


@lru_cache(maxsize=65536)
def is_asking(word: str) -> bool:
    """Whether the word belongs to the question (how much, where…) and not to the name of a tramite."""
    listed = word in _ASKING or spanish.stem(word) in _ASKING_STEMS or key(word) in _ASKING_KEYS
    return listed or _root(word) in _ASKING_ROOTS


@lru_cache(maxsize=65536)
def is_neutral(word: str) -> bool:
    """Whether a word may stand in a question about any ficha: where one lives, who goes, when."""
    return (
        _plain_size(word) in _NEUTRAL
        or word in _NEUTRAL
        or spanish.stem(word) in _NEUTRAL_STEMS
        or _root(word) in _NEUTRAL_ROOTS
    )


def _root(word: str) -> str | None:
    """The root of a word with Quechua suffixes: oficinaman, llamkanaypaq; None of a word without."""
    reading = quechua.analyse(word)
    return reading.root if reading and reading.suffixes and not quechua.is_spanish_ending(reading) else None


@lru_cache(maxsize=65536)
def names_no_tramite(word: str) -> bool:
    """Whether a word that no ficha knows can name no tramite at all: a verb, an adverb, a native Quechua root.

    Tramites are named by Spanish nouns, also inside Quechua; so such a word is part of the story around them.
    """
    if _VERBAL.search(word) or (spanish.is_known(word) and spanish.stem(word) != word):
        return True
    reading = quechua.analyse(word)
    return reading is not None and not reading.loan


def _folded(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, listed))


def _long_keys(listed: Iterable[str]) -> frozenset[str]:
    """The keys of the words, for kuanto and nesesito; of short words they are those of other words too."""
    return frozenset(key(word) for word in listed if len(word) > 3)


_FUNCTION = _folded(words.SPANISH) | _folded(words.QUECHUA)
_FUNCTION_KEYS = _long_keys(_FUNCTION)
_FUNCTION_ROOTS = frozenset(
    reading.root for word in words.QUECHUA if (reading := quechua.analyse(word)) and not reading.loan
)
_ASKING = _folded(words.ASKING)
_ASKING_STEMS = frozenset(map(spanish.stem, _ASKING))
_ASKING_KEYS = _long_keys(_ASKING)
_ASKING_ROOTS = _ASKING_KEYS | frozenset(map(key, words.ASKING_ROOTS))
_NEUTRAL = _folded(words.NEUTRAL)
_NEUTRAL_STEMS = frozenset(map(spanish.stem, _NEUTRAL))
_NEUTRAL_ROOTS = _long_keys(_NEUTRAL) | frozenset(map(key, words.NEUTRAL_ROOTS))
