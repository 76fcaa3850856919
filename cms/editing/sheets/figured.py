"""What fees and terms share: which row of a sheet is which of the ficha's, and a sentence that tells a figure.

A sheet that says one fee of a ficha that has several must say which, and what becomes of the others: an old fee left
standing by silence is as wrong as one dropped by it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from cms.editing.sheets.cells import BLANK, Cell
from cms.editing.sheets.matching import likeness, same, words_of


class Keyed(Protocol):
    @property
    def clave(self) -> str: ...


T = TypeVar("T")
K = TypeVar("K", bound=Keyed)
# Below this, two rows have nothing in common that says they are the same.
ENOUGH = 2.0


@dataclass(slots=True)
class Said:
    """One row of a sheet about a fee or a term. `facts` are only those it says; `sentence` is empty where it says none."""

    fila: int
    cells: dict[str, Cell]
    facts: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""
    removed: bool = False
    kind: str = ""
    # A cell of it could not be read: the rest is looked at, and nothing is made of it.
    faulty: bool = False
    # The columns it stands in, where they are others than those it is read as.
    heads: dict[str, str] = field(default_factory=dict)

    def head(self, column: str) -> str:
        return self.heads.get(column, column)

    def cell(self, column: str) -> Cell:
        return self.cells.get(column, BLANK)


def paired(said: Sequence[Said], rows: Sequence[T], alike: Callable[[Said, T], float]) -> dict[int, int]:
    """For the index of a row of the sheet, the index of the ficha's row; each once, the surest first."""
    if len(said) == len(rows) == 1 and alike(said[0], rows[0]) > -50:
        return {0: 0}
    ranked = sorted(
        (-(alike(mine, theirs) + (0.5 if number == index else 0)), number, index)
        for number, mine in enumerate(said)
        for index, theirs in enumerate(rows)
    )
    found: dict[int, int] = {}
    for score, number, index in ranked:
        if -score >= ENOUGH and number not in found and index not in found.values():
            found[number] = index
    return found


def unsaid(said: Sequence[Said], rows: Sequence[T], found: dict[int, int]) -> list[T]:
    """The ficha's rows that no row of the sheet is; none while rows that could not be read may be those."""
    left = [row for index, row in enumerate(rows) if index not in found.values()]
    unknown = sum(row.faulty and number not in found for number, row in enumerate(said))
    return left if len(left) > unknown else []


def in_order(made: list[K], stay: list[K], rows: Sequence[K]) -> list[K]:
    """The rows as the sheet has them; where some stay that it does not say, each in the place it had."""
    places = {row.clave: place for place, row in enumerate(rows)} if stay else {}
    return sorted([*made, *stay], key=lambda row: places.get(row.clave, len(rows)))


def sentence_likeness(one: str, other: str) -> float:
    """Of two sentences with their figures: 10 when they are the same, up to 5 when alike, below 0 when they are not."""
    if not one or not other:
        return 0
    if same(one, other):
        return 10
    share = likeness(words_of(_without_figures(one)), words_of(_without_figures(other)))
    return 5 * share if share >= 0.5 else -3


def _without_figures(text: str) -> str:
    return re.sub(r"\d[\d.,]*", "", text)


def telling(text: str, place: str) -> str:
    """`text` with the figure told after it: a sentence without its figure would leave the citizen without an answer."""
    return f"{text.rstrip(' .:;,')}: {{{place}}}."


def with_places(text: str, figures: Sequence[tuple[str, str]]) -> str:
    """`text` with `{name}` where it says the figure, the first time: `figures` are (name, pattern)."""
    for name, pattern in figures:
        if f"{{{name}}}" not in text and pattern:
            text = re.sub(pattern, f"{{{name}}}", text, count=1, flags=re.IGNORECASE)
    return text
