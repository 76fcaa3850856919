"""What differs between two sentences, word by word, for a reader who compares them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["igual", "fuera", "nuevo"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both sentences, only in the old one, or only in the new one."""

    kind: Kind
    text: str


def marked(old: str, new: str) -> list[Piece]:
    """The pieces of both sentences in reading order; joined without `fuera` they are `new`, without `nuevo` `old`."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("igual", "".join(before[start:end])))
            continue
        if end > start:
            pieces.append(Piece("fuera", "".join(before[start:end])))
        if new_end > new_start:
            pieces.append(Piece("nuevo", "".join(after[new_start:new_end])))
    return pieces


def _words(text: str) -> list[str]:
    """Words and the spaces between them, so that joining them gives the text back."""
    return re.findall(r"\s+|[^\s]+", text)
