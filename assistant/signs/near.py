"""Slips of the finger: a word that is one letter away from one of a closed list is read as that one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lenguas.normalise import key

SHORTEST = 5  # letters; a letter more or less makes another word of a shorter one


class Spelling:
    """The words of a closed list, found again although a letter is missing, added, wrong or changed for its neighbour.

    `others` are words of their own that stand so near to one of the list: "tienda" is no slip for "atienda".
    """

    def __init__(self, words: Iterable[str], others: Iterable[str] = ()) -> None:
        self._words = frozenset(words)
        self._others = frozenset(others)
        self._near: dict[str, str] = {}
        for word in sorted(self._words):
            neutral = key(word)
            if len(neutral) >= SHORTEST:
                for form in {neutral, *_without_one(neutral)}:
                    self._near.setdefault(form, word)
        self.corrected = lru_cache(maxsize=8192)(self._corrected)

    def of(self, text: str) -> str:
        """`text` (folded words) with its slips mended."""
        return " ".join(self.corrected(word) for word in text.split())

    def _corrected(self, word: str) -> str:
        neutral = key(word)
        if word in self._words or word in self._others or len(neutral) < SHORTEST:
            return word
        forms = (form for form in (neutral, *_without_one(neutral)) if form in self._near)
        found = next((self._near[form] for form in forms if _is_near(neutral, key(self._near[form]))), None)
        return found or word


def _without_one(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def _is_near(one: str, other: str) -> bool:
    """One letter missing, added or wrong, or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    exchanged = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return exchanged or a[1:] == b[1:] or a[1:] == b or a == b[1:]
