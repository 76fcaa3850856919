"""A light stemmer for Spanish, made for text with or without accents.

It brings together the forms one thing is asked for in (renovar, renové, renovación, renovaciones) and keeps
apart what differs by one vowel (caso, casa) or by a derivation that changes the meaning (pena, penal). Verb
endings that are noun endings too are only taken from the verbs of `data/spanish_verbs.csv`.
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from lenguas.normalise import fold

_LONGEST = 40
_SHORTEST_PLURAL = 4
_FIRST = (
    "ar o a as amos an e es en emos os aba abas abamos aban aste aron are aras ara aremos aran aria arias ariamos "
    "arian ando ado ada acion amiento"
)
_SECOND = (
    "er o e es emos en a as amos an i iste io ieron ia ias iamos ian ere eras era eremos eran eria erias eriamos "
    "erian iendo ido ida imiento"
)
_THIRD = (
    "ir o e es imos en a as amos an i iste io ieron ia ias iamos ian ire iras ira iremos iran iria irias iriamos "
    "irian iendo ido ida imiento icion"
)
_ENDINGS = {"ar": _FIRST.split(), "er": _SECOND.split(), "ir": _THIRD.split()}
_SOFTENED = {"car": "qu", "gar": "gu", "zar": "c", "cer": "zc", "cir": "zc", "ger": "j", "gir": "j"}
_CLITICS = re.compile(r"(?<=[aei]r)(?:se|me|te|nos)?(?:l[aeo]s?)?$|(?<=ndo)(?:se|me|te|nos)?(?:l[aeo]s?)?$")


def _forms(infinitive: str, stressed: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of a regular verb, each with its stem; `stressed` is the stem under the accent (renuev)."""
    infinitive = fold(infinitive)
    stem, group = infinitive[:-2], infinitive[-2:]
    bases = [stem, stressed or stem]
    soft = _SOFTENED.get(infinitive[-3:])  # pagué, saqué, corrijo
    if soft:
        bases += [base[:-1] + soft for base in bases]
    for base in dict.fromkeys(bases):
        for ending in _ENDINGS[group]:
            yield base + ending, stem


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("lenguas") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _known_words() -> dict[str, str]:
    """Return the stems of verb forms, and of words that end like an inflected form and are none."""
    table: dict[str, str] = {}
    for row in _rows("spanish_verbs.csv"):
        for form, stem_of_form in _forms(row["infinitive"], row["stressed"]):
            table.setdefault(form, stem_of_form)
    return table | {row["word"]: row["stem"] for row in _rows("spanish_exceptions.csv")}


def is_known(folded: str) -> bool:
    """Tell whether a folded word is a form of a known verb or one of the exceptions."""
    return folded in _known_words()


_DERIVED = re.compile(r"(?<=\w{4})(?:acion|icion|amiento|imiento|iendo|ando|ad[oa]|id[oa]|[aei]r)$")
_GENDERED = re.compile(r"(?<=\w{4})(?:(?<=ic)|(?<=an)|(?<=er)|(?<=it)|(?<=os)|(?<=iv))[oa]$")


def _singular(word: str) -> str:
    if not word.endswith("s") or len(word) < _SHORTEST_PLURAL:
        return word
    if word.endswith(("ades", "tudes", "xes")):
        return word[:-2]
    if word.endswith("ces"):
        return word[:-3] + "z"
    if word.endswith("es") and word[-3] in "lrnjy" and word[-4] in "aeiou":
        return word[:-2]
    return word[:-1] if word[-2] in "aeou" else word


@lru_cache(maxsize=32768)
def _stem(word: str) -> str:
    forms = _known_words()
    if word[:-1] in forms and word[-1] == "s" and forms[word[:-1]] == word[:-1]:
        return word[:-1]  # casas: the plural of an exception, not a form of casar
    for form in (word, _CLITICS.sub("", word)):
        if form in forms:
            return forms[form]
    singular = _singular(word)
    if singular in forms:
        return forms[singular]
    return _GENDERED.sub("", _DERIVED.sub("", singular))


def stem(word: str) -> str:
    """Return the stem of one Spanish word, folded; words of more than 40 letters come back folded only."""
    folded = fold(word)
    return _stem(folded) if len(folded) <= _LONGEST else folded
