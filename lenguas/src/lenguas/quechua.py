"""The Quechua analyser: the longest known root whose rest is a well-formed chain of suffixes."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from lenguas.normalise import fold, key
from lenguas.suffixes import Chain, chain
from lenguas.tokens import tokens

# What carries no topic; nisqa only marks an unadapted Spanish term (certificado nisqa).
_STOP_WORDS = """
    nisqa nisqata nisqapi nisqawan nisqapaq nisqamanta nisqaqa kay kayqa kaypi kayta chay chayqa chaypi chayta wak huk
    ñuqa qam pay ñuqanchik ñuqayku paykuna hina hinaspa hinaptin utaq icha ichaqa ña aswan ari
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
MAX_LETTERS = 40  # no Quechua word seen is longer; what is, was never meant as a word
_STRICT_ROOT = 4
# What Spanish itself puts behind a Spanish stem that reads like Quechua: requisitos, firman, pagará, renovarán.
_SPANISH_ENDINGS = frozenset(
    {
        "",
        "s",
        "n",
        "ra",
        "ran",
        "ras",
        "si",
        "mi",
        "cha",
        "lla",
        "ri",
        "nsiya",
        "nsiyas",
        "run",
        "sun",
        "riya",
        "riyas",
        "riyan",
    }
)


@dataclass(frozen=True)
class Analysis:
    """One reading of a word: the root's search key, its suffixes in order, and whether the root is a loan."""

    root: str
    suffixes: Chain
    loan: bool


@dataclass(frozen=True)
class _Root:
    canonical: str
    word_class: str
    loan: bool


def _spellings(root: str) -> set[str]:
    """Return the keys under which a root may be met: alone, before a suffix, and with -yV- for -iyV-."""
    alone = key(root)
    joined = key(root + "pa")[:-2]  # some final consonants change before another one: huk, huqpa
    return {
        re.sub(r"(?<=[bdfghklmnprst])iy(?=[au])", glide, spelling)
        for spelling in (alone, joined)
        for glide in ("iy", "y")
    }


def _plurals(loan: str) -> set[str]:
    """Return the keys of the Spanish plural, which loans may keep before Quechua suffixes (minutuskuna)."""
    return _spellings(f"{loan}s" if key(loan)[-1] in "aiu" else f"{loan}es")


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[_Root, ...]]:
    found: defaultdict[str, list[_Root]] = defaultdict(list)
    table = (files("lenguas") / "data" / "roots.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        root = _Root(key(row["alias"] or row["root"]), row["class"], row["origin"] == "spanish")
        for spelling in _spellings(row["root"]) | (_plurals(row["root"]) if root.loan else set()):
            found[spelling].append(root)
    return {spelling: tuple(roots) for spelling, roots in found.items()}


def _chain_behind(word: str, end: int, root: _Root) -> Chain | None:
    suffixes = chain(word[end:], word[end - 1], root.word_class)
    if suffixes is None and root.loan and word.startswith("ni", end):
        return chain(
            word[end:], "n", root.word_class
        )  # DNI-niy: an abbreviation taken as ending in a consonant
    return suffixes


def _readings(word: str) -> list[Analysis]:
    """Return the readings of a search key with the longest root that has any."""
    lexicon = _lexicon()
    for end in range(len(word), 1, -1):
        read = [
            Analysis(root.canonical, suffixes, root.loan)
            for root in lexicon.get(word[:end], ())
            if (suffixes := _chain_behind(word, end, root)) is not None
        ]
        if read:
            return read
    return []


@lru_cache(maxsize=32768)
def _analyse_key(word: str) -> Analysis | None:
    readings = _readings(word)
    return min(readings, key=lambda reading: (reading.loan, len(reading.suffixes))) if readings else None


def analyse(token: str) -> Analysis | None:
    """Return the reading of a word with the longest known root, or None when no root fits.

    None too for what has more than `MAX_LETTERS` letters.
    """
    if len(token) > 2 * MAX_LETTERS:
        return None
    word = key(token)
    return _analyse_key(word) if 2 <= len(word) <= MAX_LETTERS else None


def is_spanish_ending(analysis: Analysis) -> bool:
    """Tell whether what follows a loan may as well be Spanish (requisitos, firman) or is nothing at all."""
    return analysis.loan and "".join(analysis.suffixes) in _SPANISH_ENDINGS


# Quechua has e and o only beside q, in Spanish-like or five-vowel spelling: uno, mayo, torre are Spanish.
_OPEN_VOWEL = re.compile(r"(?<!q)(?<!q')(?<!qh)[eo](?![rnlsy]{0,2}q)")


_SPANISH_TOO = frozenset(
    {"mañana", "mama", "papa", "para", "pampa", "yapa", "chacra", "wawa", "simi", "taita", "tanta", "alli"}
)


def _may_be_spanish(token: str, analysis: Analysis) -> bool:
    if fold(token) in _SPANISH_TOO:
        return True
    if analysis.loan:
        return is_spanish_ending(analysis)
    return _OPEN_VOWEL.search(fold(token)) is not None


def stem(token: str, *, strict: bool = False) -> str | None:
    """Return the search key of the word's root, or None when it is not known.

    `strict` is for words inside Spanish text: short roots, and loans without a Quechua suffix, do not count.
    """
    analysis = analyse(token)
    if analysis is None:
        return None
    if strict and (len(analysis.root) < _STRICT_ROOT or _may_be_spanish(token, analysis)):
        return None
    return analysis.root


_LIGHT_CHAIN = re.compile(
    r"(?:kuna)?(?:manta|kama|rayku|hina|man|paq|wan|ta|pi|pa)?(?:puni|pas|raq|taq|chu|lla)?(?:mi|qa|cha|si)?$"
)
_LIGHT_WORD = 6
_LIGHT_REST = 4


def light_stem(token: str) -> str:
    """Return the key of a word of unknown root without plural, case and enclitics; short words stay whole."""
    word = key(token)
    if len(word) < _LIGHT_WORD or len(word) > MAX_LETTERS:
        return word
    found = _LIGHT_CHAIN.search(word, _LIGHT_REST)
    return word[: found.start()] if found else word


def stems(text: str) -> list[str]:
    """Return one search key per word of `text`: its root where it is known, else the word lightly stripped.

    Numbers and amounts come back as they are written.
    """
    return [
        stem(token) or light_stem(token) if token[0].isalpha() and "/" not in token else token
        for token in tokens(text)
    ]
