"""Abbreviations in full, and which of their points can end a sentence."""

import csv
import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from voice.pieces import Language, Piece, Rule
from voice.quechua import is_suffix


class _Abbreviation(NamedTuple):
    spoken: str
    before_figure: bool
    closes: bool


@lru_cache(maxsize=1)
def _table() -> dict[str, _Abbreviation]:
    text = (files("voice") / "data" / "abbreviations.csv").read_text(encoding="utf-8")
    return {
        row["written"]: _Abbreviation(row["spoken"], row["before"] == "figure", row["closes"] == "yes")
        for row in csv.DictReader(text.splitlines())
    }


def _alternatives() -> str:
    longest_first = sorted(_table(), key=len, reverse=True)
    return "|".join(re.escape(written).replace(r"\ ", r"[ \u00a0]?") for written in longest_first)


ABBREVIATION = re.compile(rf"(?<![^\W_])(?:{_alternatives()})(?![^\W\d_])")
_WITH_SUFFIX = re.compile(rf"(?:{_alternatives()})(?=(?P<rest>[^\W\d_]*))")


def _found(written: str) -> _Abbreviation:
    table = _table()
    return table.get(written) or next(
        entry for name, entry in table.items() if re.sub(r"\s", "", name) == re.sub(r"\s", "", written)
    )


def can_close(written: str) -> bool:
    """Tell whether a sentence may end with this abbreviation; `art.` and `Sr.` want something after them."""
    return _found(written).closes


def _abbreviation(match: re.Match[str], language: Language) -> list[Piece] | None:
    entry, rest = _found(match.group()), match["rest"]
    if rest and not (language == "qu" and is_suffix(rest, entry.spoken)):
        return None
    if entry.before_figure and not re.match(r"\s?\d", match.string[match.end() :]):
        return None
    ends = "." if entry.closes and not match.string[match.end() :].strip() else ""
    gap = "" if rest or ends else " "
    return [Piece(entry.spoken, "es"), Piece(f"{ends}{gap}")] if not rest else [Piece(entry.spoken, "es")]


RULES = (Rule(_WITH_SUFFIX, _abbreviation),)
