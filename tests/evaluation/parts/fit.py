"""Fits how likely each ficha is meant (cms/search/weighing.py): `python -m tests.evaluation.parts.fit`.

Each fold of sets is heard by what was learnt of the other folds only, as a question of tomorrow will be. Prints
the weights to write there, and how each set fares with them, by the share from which the first is told. Needs a
prepared folder in MAC_DATA_DIR.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stack import configuration, console
from stack.configuration import ROOT
from tests.evaluation.parts.asked import Asked, load
from tests.evaluation.parts.logit import Choice, fit, shares

if TYPE_CHECKING:
    from cms.search import asked as learnt

DEVELOPED = ROOT / "nlu_data" / "desarrollo"
# Heard together by what was learnt of all others.
FOLDS = (
    (".", "segunda", "tercera/a"),
    ("cuarta/a", "cuarta/b", "cuarta/c"),
    *(tuple(f"quinta/{hand}" for hand in hands) for hands in ("abcd", "efhij")),
    *(tuple(f"sexta/{hand}" for hand in hands) for hands in ("ace", "bdf", "gij", "hkl")),
    *(tuple(f"septima/{hand}" for hand in hands) for hands in ("abc", "defg")),
    tuple(f"octava/{hand}" for hand in "abcde"),
)
SETS = tuple(DEVELOPED / name for fold in FOLDS for name in fold)
UNREAD = ("tercera/b", "cuarta/d", "quinta/m", "sexta/m", "septima/m", "octava/m")
MEASURED = tuple(DEVELOPED / name for name in UNREAD)
THRESHOLDS = (0.6, 0.65, 0.7, 0.75, 0.8)
SHRINK = 1.0


@dataclass(frozen=True)
class Row(Choice):
    """One question: its fichas and, last, none of them. `clear`: one ficha is meant; `refuse`: none is to be told."""

    group: str = ""
    clear: bool = False
    refuse: bool = False


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", configuration.SETTINGS_MODULE)
    import django

    django.setup()
    from cms.search.weighing import OF_A_FICHA, OF_NONE

    rows: dict[Path, list[Row]] = {}
    for fold in (*(tuple(DEVELOPED / name for name in names) for names in FOLDS), MEASURED):
        folders = {folder: load(folder) for folder in fold}
        held = _without([one for asked in folders.values() for one in asked])
        rows |= {folder: list(_rows(asked, held)) for folder, asked in folders.items()}
    weights = fit([row for folder in SETS for row in rows[folder]], SHRINK)
    for folder, found in rows.items():
        for group in ("es", "qu"):
            _say(folder, group, [row for row in found if row.group == group], weights)
    told = [round(float(weight), 2) for weight in weights]
    console.say(f"OF_A_FICHA = {dict(zip(OF_A_FICHA, told, strict=False))}")
    console.say(f"OF_NONE = {dict(zip(OF_NONE, told[len(OF_A_FICHA) :], strict=True))}")
    return 0


def _without(asked: Sequence[Asked]) -> learnt.Asked:
    """What is learnt, but for these questions."""
    from cms.search import learning
    from cms.search.asked import questions, terms
    from cms.search.index import this_node
    from cms.search.ranking import names_of

    own = {terms(one.text) for one in asked}
    said = {
        codigo: [text for text in texts if terms(text) not in own] for codigo, texts in questions().items()
    }
    with this_node.reading() as searcher:
        return learning.learn(learning.taught(said, names_of(searcher).held.names()))


def _rows(asked: Sequence[Asked], held: learnt.Asked) -> Iterator[Row]:
    from cms.search.index import this_node
    from cms.search.places import named_places
    from cms.search.reading import read
    from cms.search.weighing import OF_A_FICHA, OF_NONE, sides, sides_of_none
    from tests.evaluation.parts.naming import is_of_tramites

    with this_node.reading() as searcher:
        for one in filter(is_of_tramites, asked):
            said = read(searcher, named_places(one.text).rest)
            said = replace(said, heard=held.hear(said.text))
            found = sides(said)
            of_fichas = [[own[side] for side in OF_A_FICHA] for _hit, own in found.values()]
            of_none = [sides_of_none(said)[side] for side in OF_NONE]
            matrix = np.array(
                [
                    *([*row, *(0.0 for _side in OF_NONE)] for row in of_fichas),
                    [0.0] * len(OF_A_FICHA) + of_none,
                ]
            )
            right = one.codigos or one.choices or frozenset()
            meant = np.array([codigo in right and not one.refuse for codigo in found] + [False])
            meant[-1] = not meant.any()
            several = not one.codigos and int(meant.sum()) > 1
            yield Row(matrix, meant, several, one.group, bool(one.codigos) and not one.refuse, one.refuse)


def _say(folder: Path, group: str, rows: Sequence[Row], weights: np.ndarray) -> None:
    clear = sum(row.clear for row in rows)
    if not clear:
        return
    parts = []
    for threshold in THRESHOLDS:
        told = [(row, place) for row in rows if (place := _told(row, weights, threshold)) is not None]
        right = sum(row.clear and bool(row.meant[place]) for row, place in told)
        refused = sum(row.refuse for row, _place in told)
        unclear = sum(not row.clear and not row.refuse for row, _place in told)
        parts.append(
            f"{threshold:.2f}: {right} +{len(told) - right - refused - unclear} wrong +{unclear} unclear +{refused} not to be"
        )
    console.say(f"{folder.relative_to(DEVELOPED)} {group} of {clear} | {' | '.join(parts)}")


def _told(row: Row, weights: np.ndarray, threshold: float) -> int | None:
    """The place of the ficha that is told; None where none is likely enough."""
    found = shares(row, weights)[:-1]
    return int(found.argmax()) if len(found) and found.max() >= threshold else None


if __name__ == "__main__":
    sys.exit(main())
