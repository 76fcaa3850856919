"""Acronyms as people say them: RENIEC as a word, DNI letter by letter, both with Quechua suffixes too."""

import csv
import re
from functools import lru_cache
from importlib.resources import files

from lenguas import numbers
from lenguas.normalise import fold
from lenguas.quechua import analyse
from lenguas.spanish import is_known
from voice.figures import spoken
from voice.pieces import Language, Piece, Rule
from voice.quechua import is_suffix, with_suffixes

_LETTERS = {
    "a": "a", "b": "be", "c": "ce", "d": "de", "e": "e", "f": "efe", "g": "ge", "h": "hache", "i": "i",
    "j": "jota", "k": "ka", "l": "ele", "m": "eme", "n": "ene", "ñ": "eñe", "o": "o", "p": "pe", "q": "cu",
    "r": "erre", "s": "ese", "t": "te", "u": "u", "v": "uve", "w": "doble uve", "x": "equis", "y": "ye", "z": "zeta",
}  # fmt: skip
_ACCENTS = str.maketrans("áéíóúü", "aeiouu")


def spelled(letters: str) -> str:
    """Return letters by their Spanish names: `DNI`, de ene i."""
    return " ".join(_LETTERS.get(letter, letter) for letter in letters.lower().translate(_ACCENTS))


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    table = (files("voice") / "data" / "readings.csv").read_text(encoding="utf-8")
    return {row["written"]: row["spoken"] for row in csv.DictReader(table.splitlines())}


# Three letters are a word where they are like SIS, ULE, CUI; longer ones where they can be cut into Spanish
# syllables, with the loose ends that acronyms have (SUNARP, RENIEC, SUNAT).
_THREE = re.compile(r"[^aeiou][aeiou][^aeiou]|[aeiou][^aeiou][aeiou]|[^aeiou][aeiou]{2}")
_ONSET = r"(?:[bcdfgptk][rl]|ch|ll|qu|[bcdfghjklmnñpqrstvwxyz])"
_CODA = r"(?:[lnrs]s|[bcdfglmnprstxz])"
_WORD = re.compile(
    rf"{_ONSET}?(?:[aeiou]{{1,3}}{_CODA}?{_ONSET})*[aeiou]{{1,3}}(?:[bcdfgjklmnprstxzh]s?|[lmnr][pstd])?"
)
_SURELY_A_WORD = 7
# Short words of a line in capitals: TRAER EL DNI.
_SHORT_WORDS = frozenset(
    "al con de del el en es la las le lo los mi más ni no o por que se si sin sí su sus tu un una y ya".split()
)


def _is_said_as_word(acronym: str) -> bool:
    if acronym.lower() in _SHORT_WORDS or (len(acronym) > _LONG_WORD and is_known(fold(acronym))):
        return True
    letters = acronym.lower().translate(_ACCENTS)
    vowels = re.sub(r"(?<![aeiou])y(?![aeiou])", "i", letters)  # MYPE
    if len(letters) >= _SURELY_A_WORD:
        return bool(re.search("[aeiou]", vowels))
    if len(letters) == 3:
        return bool(_THREE.fullmatch(vowels)) and vowels[-1] not in "hjñqvwy"
    return len(letters) > 3 and bool(_WORD.fullmatch(vowels))


def reading(acronym: str) -> str:
    """Return an acronym as it is said in Spanish: `reniec`, `de ene i`, `es salud`."""
    listed = _readings().get(acronym)
    if listed:
        return listed
    return acronym.lower() if _is_said_as_word(acronym) else spelled(acronym)


# --- rules --------------------------------------------------------------------------------------------------

_LISTED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ACRONYM = re.compile(
    r"(?P<letters>DNIe(?![^\W_]*[A-Z])|[A-ZÁÉÍÓÚÜÑ]{2,40})(?:(?P<hyphen>-)?(?P<rest>[a-zñ]{1,30}))?(?![^\W_])"
)
_DOTTED = re.compile(r"(?:[A-ZÑ]\.\s?){2,8}(?![^\W_])|(?:[A-ZÑ]\.){2,8}")
_MIXED = re.compile(r"(?=[^\W_]{0,20}\d)(?=\d{0,20}[^\W\d_])[^\W_]{2,20}(?![^\W_])")
_RUNS = re.compile(r"\d+|[^\W\d_]+")
_LONG_WORD = 4


def _listed(match: re.Match[str], language: Language) -> list[Piece] | None:
    """Read a word of the list, with Quechua suffixes or without: WhatsApp, EsSalud, Expresspi."""
    word = match.group()
    for end in range(len(word), 1, -1):
        said = _readings().get(word[:end])
        if said and end == len(word):
            return [Piece(said, "es")]
        rest = word[end:].removeprefix("-")
        if said and language == "qu" and is_suffix(rest, said):
            return _suffixed(said, rest)
    return None


def _suffixed(said: str, suffixes: str) -> list[Piece]:
    """Put suffixes behind a Spanish reading: all but the last word stay Spanish when there are several."""
    words = said.split()
    if all(len(word) <= _LONG_WORD for word in words):  # letters: one word to the ear
        return [Piece(with_suffixes(said, suffixes), "qu")]
    before = " ".join(words[:-1])
    return (
        [Piece(f"{before} ", "es"), Piece(with_suffixes(words[-1], suffixes), "qu")]
        if before
        else [Piece(with_suffixes(said, suffixes), "qu")]
    )


def _acronym(match: re.Match[str], language: Language) -> list[Piece] | None:
    letters, rest = match["letters"], match["rest"] or ""
    if language == "qu" and not rest and _is_quechua(letters):
        return [Piece(letters.lower())]
    said = reading(letters)
    if not rest:
        return [Piece(said, "es")]
    if language == "qu" and is_suffix(rest, said):
        return _suffixed(said, rest)
    if rest == "s" and not match["hyphen"]:  # DNIs
        return [Piece(f"{said}s", "es")]
    return [Piece(f"{said} ", "es"), Piece(rest)] if match["hyphen"] else None


def _is_quechua(letters: str) -> bool:
    """Tell whether capitals are a Quechua word that somebody shouts: MANA, RUNASIMI."""
    analysis = analyse(letters) if len(letters) >= _LONG_WORD else None
    return analysis is not None and not analysis.loan


def _dotted(match: re.Match[str], _language: Language) -> list[Piece] | None:
    letters = re.sub(r"[\s.]", "", match.group())
    return [Piece(reading(letters), "es"), Piece(" " if match.string[match.end() :].strip() else ".")]


def _run(run: str, language: Language) -> str:
    if run.isdecimal():
        return spoken(run, language) if run[0] != "0" else numbers.digits(run, language)
    return (
        spelled(run)
        if (len(run) < _LONG_WORD and not _is_said_as_word(run)) or len(run) == 1
        else run.lower()
    )


def _mixed(match: re.Match[str], language: Language) -> list[Piece] | None:
    """Read letters and figures in one: S100, A2b, C4; in Quechua they stay Spanish, being names."""
    runs = _RUNS.findall(match.group())
    if language == "qu" and len(runs) == 2 and runs[0].isdecimal() and is_suffix(runs[1], "a"):
        return None  # a figure with suffixes: 2026pi
    return [Piece(" ".join(_run(run, "es") for run in runs), "es")]


# --- licence classes and Roman figures ----------------------------------------------------------------------

_ROMAN = {"I": 1, "V": 5, "X": 10}
_ROMAN_FIGURE = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_CLASS = re.compile(r"(?P<letter>[AB])-?(?P<figure>I{1,3}|IV)(?:-?(?P<sub>[a-cA-C]))?(?![^\W_])")
_CATEGORY = re.compile(r"(?P<figure>I{1,3}|IV|V)-?(?P<sub>[A-Ca-c])(?![^\W_])")
_PLAIN_ROMAN = re.compile(rf"{_ROMAN_FIGURE}(?![^\W_]|\.[A-Z])")
_NAMES_A_ROMAN = re.compile(
    r"(?:zona(?: registral)?|anexo|título|capítulo|región|nivel|categoría|clase|etapa|siglo|n\.?[º°]|tipo|grupo)\s+$",
    re.IGNORECASE,
)


def _roman(figure: str) -> int:
    """Return the value of a Roman figure below forty (a smaller sign before a larger one is subtracted)."""
    values = [_ROMAN[sign] for sign in figure]
    return sum(
        -each if each < following else each for each, following in zip(values, [*values[1:], 0], strict=True)
    )


def _licence(match: re.Match[str], _language: Language) -> list[Piece] | None:
    if "-" not in match.group() and match.group() in {"AI", "BI"}:
        return None
    sub = f" {spelled(match['sub'])}" if match["sub"] else ""
    return [Piece(f"{spelled(match['letter'])} {numbers.say(_roman(match['figure']), 'es')}{sub}", "es")]


def _category(match: re.Match[str], _language: Language) -> list[Piece] | None:
    if "-" not in match.group() and match["sub"].isupper():
        return None
    return [Piece(f"{numbers.say(_roman(match['figure']), 'es')} {spelled(match['sub'])}", "es")]


def _plain_roman(match: re.Match[str], _language: Language) -> list[Piece] | None:
    figure = match.group()
    named = _NAMES_A_ROMAN.search(match.string[max(0, match.start() - 30) : match.start()])
    if len(figure) < 2 and not named:
        return None
    return [Piece(numbers.say(_roman(figure), "es"), "es")]


RULES = (
    Rule(_LISTED, _listed),
    Rule(_DOTTED, _dotted),
    Rule(_CLASS, _licence),
    Rule(_CATEGORY, _category),
    Rule(_PLAIN_ROMAN, _plain_roman),
    Rule(_ACRONYM, _acronym),
    Rule(_MIXED, _mixed),
)
