"""What the parts of the preparation hand to one another, and what an engine is given in the end."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

Language = Literal["es", "qu"]
LANGUAGES: tuple[Language, ...] = ("es", "qu")


class Segment(NamedTuple):
    """A stretch of speakable text and the language whose voice reads it."""

    text: str
    language: Language


class Piece(NamedTuple):
    """A stretch of a sentence on its way; `language` None means that its words are still to be looked at."""

    text: str
    language: Language | None = None


class Rule(NamedTuple):
    """How one kind of expression is read: tried where `pattern` matches at the beginning of a word or sign.

    `read` gets the match (its `string` is the whole sentence) and the language of the sentence; None declines.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Language], list[Piece] | None]


_GAPS = re.compile(r"\s+")
_INSIDE = re.compile(r"(?<=[^\W_])[.:](?=[^\W_])")  # eSpeak NG dies of many points without a space
_BEFORE_MARK = re.compile(r"\s+([,.;:!?…])")
_MARKS = re.compile(r"[,;:]+(?:\s*[,;:])*(?=\s*[.!?…])|(?<=[,;:!?…])(?:\s*,)+|(?<=\.)(?:\s*,)+")
_LEADING = re.compile(r"^[\s,;:.]+")


def tidy(text: str) -> str:
    """Return text with single spaces and no pause beside a stronger one."""
    spaced = _BEFORE_MARK.sub(r"\1", _GAPS.sub(" ", _INSIDE.sub(" ", text)))
    return _LEADING.sub("", _MARKS.sub("", spaced)).strip()


_STRONGER_FIRST = re.compile(r"^[\s,;:.!?…]+")


def _tidied(segments: Sequence[Segment]) -> list[Segment]:
    """Tidy each segment; marks at the beginning of one belong to the end of the one before."""
    done: list[Segment] = []
    for text, language in segments:
        marks = _STRONGER_FIRST.match(text)
        if marks and done:
            done[-1] = Segment(tidy(done[-1].text + marks.group()), done[-1].language)
        rest = tidy(text)
        if any(character.isalnum() for character in rest):
            done.append(Segment(rest, language))
    return done


def joined(pieces: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return segments with neighbours of one language made one, tidied, empty ones left out."""
    merged: list[Segment] = []
    for text, language in pieces:
        if merged and (merged[-1].language == language or not text.strip()):
            merged[-1] = Segment(merged[-1].text + text, merged[-1].language)
        else:
            merged.append(Segment(text, language))
    tidied = _merge_same(_tidied(merged))
    return (*tidied[:-1], *(Segment(last.text.rstrip(" ,;"), last.language) for last in tidied[-1:]))


def _merge_same(segments: Sequence[Segment]) -> list[Segment]:
    merged: list[Segment] = []
    for text, language in segments:
        if merged and merged[-1].language == language:
            merged[-1] = Segment(f"{merged[-1].text} {text}", language)
        else:
            merged.append(Segment(text, language))
    return merged
