"""Signs that a message is no language at all: keys struck at random, letters without a vowel between them."""

from __future__ import annotations

import re

from assistant.signs.reading import Reading

_LETTERS = re.compile(r"[a-zñ]+")
# No word of either language lacks vowels, holds five consonants in a row, or is a row of the keyboard.
_UNSPEAKABLE = re.compile(r"^[^aeiouy]+$|[^aeiouy]{5,}|^(?:asd|qwe|qpw|zxc|jkl|dfg|sdf)")
_SHORTEST = 4  # letters; below are siglas, abbreviations, interjections
_LONGEST_SIGLA = 5  # letters; MTPE alone is an entity


def is_nonsense(text: str) -> bool:
    """Whether most of what is written cannot be said; one word that may be a sigla is no sign of it."""
    words = [word for word in _LETTERS.findall(Reading.of(text).spanish) if len(word) >= _SHORTEST]
    unspeakable = [word for word in words if _UNSPEAKABLE.search(word)]
    may_be_sigla = len(unspeakable) == 1 and len(unspeakable[0]) <= _LONGEST_SIGLA
    return len(unspeakable) * 2 > len(words) and not may_be_sigla
