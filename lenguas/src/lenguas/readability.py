"""How easily Spanish reads: the scale of Fernández Huerta, from 0 to 100; 70 and above is easy, 60 to 70 normal."""

import re

_WORD = re.compile(r"[a-záéíóúüñ]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…]+(?:\s|$)|\n+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_STRONG = set("aeoáéó")
# An accented weak vowel makes a syllable of its own beside a strong one: dí-a, pa-ís.
_BROKEN = set("íú")
_VOWELS = _STRONG | _BROKEN | set("iuüy")


def syllables(word: str) -> int:
    """How many a Spanish word has, at least one; `qu`, `gu` before e or i are heard as one letter."""
    heard = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", word.lower())
    count, before = 0, ""
    for place, letter in enumerate(heard):
        vowel = letter in _VOWELS and not (letter == "y" and place < len(heard) - 1)
        if vowel and (not before or _apart(before, letter)):
            count += 1
        before = letter if vowel else ""
    return max(count, 1)


def _apart(first: str, second: str) -> bool:
    return bool({first, second} & _BROKEN) or (first in _STRONG and second in _STRONG)


def fernandez_huerta(text: str) -> float:
    """The higher, the easier. Raises ValueError for a text without words; numbers are left out."""
    plain = _NUMBER.sub("", text)
    words = _WORD.findall(plain)
    if not words:
        raise ValueError("there is no word to judge")
    sentences = [part for part in _SENTENCE_END.split(plain) if _WORD.search(part)]
    per_word = sum(map(syllables, words)) / len(words)
    return 206.84 - 60 * per_word - 1.02 * len(words) / len(sentences)
