"""A message as the lists of signs read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lenguas.normalise import fold, key
from lenguas.tokens import tokens

LONGEST = 1000  # words; what follows adds no sign


@dataclass(frozen=True)
class Reading:
    """The words of a text, once folded (Spanish signs) and once in neutral spelling (Quechua signs)."""

    spanish: str
    quechua: str

    @classmethod
    def of(cls, text: str) -> Reading:
        """`text` read for signs."""
        words = [fold(token) for token in tokens(text)[:LONGEST]]
        return cls(" ".join(words), " ".join(key(word) or word for word in words))


def patterns(*parts: str) -> tuple[re.Pattern[str], ...]:
    """Each part compiled as whole words."""
    return tuple(re.compile(rf"\b(?:{part})\b") for part in parts)


def any_in(signs: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether one of the signs is in `text`."""
    return any(sign.search(text) for sign in signs)


def all_in(signs: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether all of the signs are in `text`, in any order."""
    return all(sign.search(text) for sign in signs)
