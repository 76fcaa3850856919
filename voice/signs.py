"""Signs between words: dashes and brackets become pauses, a stroke becomes `or`, what has no sound goes."""

import re
import unicodedata

from voice.pieces import Language, Piece, Rule

_OR = {"es": " o ", "qu": " utaq "}
_NAMED = {
    "&": "y",
    "+": "más",
    "=": "igual a",
    "±": "más o menos",
    "×": "por",
    "@": "arroba",
    "≥": "desde",
    "≤": "hasta",
}
_STROKE = re.compile(r"\s?/\s?(?=[^\W\d_])")
# In the number of a norm it parts who made it: 000045-2024-JNAC/RENIEC.
_NORM = re.compile(r"\d-(?:19|20)\d\d[-/][^\s,;]*$")
_LONGEST_NORM = 40
_ALTERNATIVE_ENDING = re.compile(r"[(/](?:a|as|o|os|s|es|la|las|ra|ras|n)\)|\(n\)|/(?:as?|os?)(?![^\W_])")
_DASH = re.compile(r"\s*[-–—−‐‑]+\s*")
_PAUSES = re.compile(r"[()\[\]{}|→·•]+|\.{3,}|…")
_SIGN = re.compile(r"[&+=±×@≥≤]")
_SILENT = re.compile(r"[^\w\s]|_")


def _before(match: re.Match[str]) -> str:
    return match.string[: match.start()][-1:]


def _alternative_ending(match: re.Match[str], _language: Language) -> list[Piece] | None:
    """Leave out the other ending of a word: el(la), documento(s), hijo/a."""
    return [Piece("")] if _before(match).isalpha() else None


def _stroke(match: re.Match[str], language: Language) -> list[Piece] | None:
    if _NORM.search(match.string, max(0, match.start() - _LONGEST_NORM), match.start()):
        return [Piece(", ")]
    return [Piece(_OR[language])] if _before(match).isalpha() else None


def _dash(match: re.Match[str], language: Language) -> list[Piece] | None:
    before, after = _before(match), match.string[match.end() :][:1]
    spaced = match.group() != match.group().strip()
    if before.isdigit() and after.isdigit() and language == "es":
        return [Piece(" a ")]
    if not spaced and before.isalnum() and after.isalnum() and match.group() in "-‐‑":
        return [Piece(" ")]
    return [Piece(", ")]


def _pause(match: re.Match[str], _language: Language) -> list[Piece] | None:
    return [Piece("… " if match.group()[0] in ".…" else ", ")]


def _sign(match: re.Match[str], language: Language) -> list[Piece] | None:
    if match.group() == "+" and not match.string[match.end() :][:1].strip():
        return [Piece(" ")]
    return [Piece(f" {_NAMED[match.group()]} ", "es" if language == "qu" else None)]


_KEPT = frozenset(".,;:?!")


def _silent(match: re.Match[str], language: Language) -> list[Piece] | None:
    """Drop marks no voice says: quotes, asterisks, emoji; Spanish keeps the marks that open a question."""
    sign = match.group()
    if sign in _KEPT or (language == "es" and sign in "¿¡"):
        return [Piece(sign)]
    if sign == "/" and _before(match).isdigit():
        return [Piece(", ")]
    if sign in "'’" or unicodedata.category(sign) == "Mn":
        return [Piece("")]
    return [Piece(" ")]


RULES = (
    Rule(_ALTERNATIVE_ENDING, _alternative_ending),
    Rule(_STROKE, _stroke),
    Rule(_DASH, _dash),
    Rule(_PAUSES, _pause),
    Rule(_SIGN, _sign),
    Rule(_SILENT, _silent),
)
