"""Which dated rows tell the same thing one after another.

A fee that changes on a day is two rows of one line: `presencial` until the day before, and `presencial-2027` from
then on. The line is the key without a year, a month or a day at its end, and the way it is reached by. Rows of
different lines stand beside each other: several fees at a time are normal.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

DATED = re.compile(r"-(19|20)\d\d(-\d\d(-\d\d)?)?$")


class Period(Protocol):
    @property
    def clave(self) -> str: ...
    @property
    def desde(self) -> date | None: ...
    @property
    def hasta(self) -> date | None: ...


T = TypeVar("T", bound=Period)


def line_of(row: Period) -> tuple[str, str]:
    return without_day(row), str(getattr(row, "via", None) or "")


def without_day(row: Period) -> str:
    return DATED.sub("", row.clave)


def lines(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows of each line, by their first day."""
    found: dict[tuple[str, str], list[T]] = {}
    for row in rows:
        found.setdefault(line_of(row), []).append(row)
    for line in found.values():
        yield sorted(line, key=lambda row: row.desde or date.min)


def overlaps(rows: Iterable[T]) -> Iterator[tuple[T, T]]:
    """Pairs of one line that are in force on the same day."""
    for line in lines(rows):
        for earlier, later in pairwise(line):
            if (later.desde or date.min) <= (earlier.hasta or date.max):
                yield earlier, later


def gaps(rows: Iterable[T]) -> Iterator[tuple[T, T]]:
    """Pairs of one line with days between them when nothing is in force."""
    for line in lines(rows):
        for earlier, later in pairwise(line):
            if earlier.hasta and later.desde and later.desde - earlier.hasta > timedelta(days=1):
                yield earlier, later
