"""Which line of a sheet is which row of a ficha, so that a row keeps its key, its Quechua and its history.

A line is the row whose sentence is the same (spaces, capitals and accents apart). Of the rest, the pairs that share
most words are the same row, first the most alike, then those in the same place; below `ALIKE` a line is new.
"""

import re
from collections import Counter
from collections.abc import Sequence

from django.utils.text import slugify

from lenguas.normalise import fold

# The share of words two sentences have in common (twice the common ones over all): from here on they are one, reworded.
ALIKE = 0.6
_SMALL = set(
    "a al ante con de del el en es la las le lo los o para por que se si su sus tu tus un una y".split()
)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\wñ]+", fold(text)))


def same(one: str, other: str) -> bool:
    return one == other or " ".join(fold(one).split()).strip(" .") == " ".join(fold(other).split()).strip(
        " ."
    )


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def pairs(lines: Sequence[str], rows: Sequence[str]) -> dict[int, int]:
    """For the index of a line, the index of the row it is; each row once."""
    found: dict[int, int] = {}
    free = dict(enumerate(rows))
    for number, line in enumerate(lines):
        exact = next((index for index, row in free.items() if same(line, row)), None)
        if exact is not None:
            found[number] = exact
            del free[exact]
    left = {number: words_of(line) for number, line in enumerate(lines) if number not in found}
    others = {index: words_of(row) for index, row in free.items()}
    ranked = sorted(
        (-likeness(mine, theirs), abs(number - index), number, index)
        for number, mine in left.items()
        for index, theirs in others.items()
    )
    for alike, _distance, number, index in ranked:
        if -alike >= ALIKE and number not in found and index not in found.values():
            found[number] = index
    return found


def new_key(text: str, taken: set[str], otherwise: str = "dato") -> str:
    """A short slug of the words that tell `text` apart, not in `taken`."""
    telling = [word for word in slugify(text).split("-") if word not in _SMALL][:4]
    stem = "-".join(telling)[:40].strip("-") or otherwise
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
