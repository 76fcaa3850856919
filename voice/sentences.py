"""Sentences of a text with their place in it, so that the one being read can be marked."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from voice.abbreviations import ABBREVIATION, can_close


class Span(NamedTuple):
    """Where a sentence stands: `text[start:end]`, counted in characters (code points) of the original."""

    start: int
    end: int


_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*[-–—−•*·▪◦‣●]+\s+")
_END = re.compile(r"(?:[.!?…]+[\"'’”»)\]]*)(?=\s)")
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,2}|[A-Za-z])[.)]")
_INITIAL = re.compile(r"(?:^|[\s(])[A-ZÁÉÍÓÚÑ]\.$|(?:^|\s)S/\.$")
_INSIDE = re.compile(r"\.(?=\s)")
_DOTTED = re.compile(r"(?:[A-ZÑ]\.){2}$")
_BEGINS = re.compile(r"\s+[\"'“«(\[¿¡]*(?:[A-ZÁÉÍÓÚÜÑ¿¡]|\d)")


def _is_end(line: str, start: int, end: int, abbreviations: dict[int, str]) -> bool:
    """Tell whether the mark before `end` ends the sentence that begins at `start`.

    `abbreviations` has each by the place of its points; inside one (EE. UU.) it is empty there.
    """
    if line[:end].rstrip("\"'’”»)]")[-1] != ".":
        return True
    written = abbreviations.get(end)
    if written is not None and not (written and can_close(written)):
        return False
    if _INITIAL.search(line[max(0, end - 4) : end]) or _LIST_NUMBER.fullmatch(line, start, end):
        return False
    begins = _BEGINS.match(line, end)
    shortened = written is not None or _DOTTED.search(line[max(0, end - 5) : end])
    return begins is not None and not (shortened and begins.group()[-1].isdigit())


def _ends(line: str) -> Iterator[int]:
    abbreviations: dict[int, str] = {}
    for match in ABBREVIATION.finditer(line):
        abbreviations |= {match.start() + inner.end(): "" for inner in _INSIDE.finditer(match.group())}
        abbreviations[match.end()] = match.group()
    start = 0
    for match in _END.finditer(line):
        if _is_end(line, start, match.end(), abbreviations):
            start = match.end()
            yield start
    yield len(line)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the spaces around it and without the sign of a list."""
    bullet = _BULLET.match(text, start, end)
    begin = bullet.end() if bullet else start
    inner = text[begin:end]
    return Span(begin + len(inner) - len(inner.lstrip()), begin + len(inner.rstrip()))


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text` in order; a line, so each item of a list, ends one.

    Points of abbreviations, figures and addresses end none.
    """
    found = []
    for line in _LINE.finditer(text):
        start = 0
        for end in _ends(line.group()):
            span = _trimmed(text, line.start() + start, line.start() + end)
            if any(character.isalnum() for character in text[span.start : span.end]):
                found.append(span)
            start = end
    return found
