"""Fits what a message means while a ficha is being talked of (cms/search/following.py): `python -m tests.evaluation.parts.following`.

Reads the turns of the conversations to develop on that come after one about a single ficha, with that ficha in
context as it should be. Prints the weights to write there, and how the sets neither read nor learnt from fare with
them. Needs a prepared folder in MAC_DATA_DIR.
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
from tests.evaluation import holdout
from tests.evaluation.expectations import Answers, AsksAspect, AsksTramite, Expected
from tests.evaluation.parts.fit import DEVELOPED, FOLDS, MEASURED
from tests.evaluation.parts.logit import Choice, fit, shares

if TYPE_CHECKING:
    from cms.search.asked import Change

THRESHOLDS = (0.5, 0.55, 0.6, 0.7, 0.8)
SHRINK = 0.5


@dataclass(frozen=True)
class Turn(Choice):
    """`stays`: the ficha being talked of is meant, and is the first."""

    stays: bool = False


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", configuration.SETTINGS_MODULE)
    import django

    django.setup()
    from cms.search.following import WEIGHTS

    learnt = [turn for fold in FOLDS for turn in _turns([DEVELOPED / name for name in fold])]
    measured = list(_turns(MEASURED))
    weights = fit(learnt, SHRINK)
    for name, found in (("learnt from", learnt), ("measured", measured)):
        for stays in (True, False):
            _say(name, [turn for turn in found if turn.stays == stays], weights, stays=stays)
    console.say(str({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, weights, strict=True)}))
    return 0


def _turns(folders: Sequence[Path]) -> Iterator[Turn]:
    """The turns that follow one about a single ficha, heard by what was learnt of the conversations of other folders."""
    from cms.search import learning
    from cms.search.asked import turns

    conversations = [one for folder in folders for one in holdout.load(folder).conversations]
    own = {" ".join(turn.text.split()) for one in conversations for turn in one.turns}
    stays, changes = (
        [text for text in texts if text not in own] for texts in (turns()["sigue"], turns()["cambia"])
    )
    change = learning.learn_change(stays, changes)
    for conversation in conversations:
        talked_of, told = "", list[str]()
        for turn in conversation.turns:
            meant, asks = _meant(turn.expected)
            if talked_of and meant and turn.option is None:
                found = _turn(turn.text, [talked_of, *told], meant, change)
                if found:
                    yield replace(found, several=asks)
            talked_of = "" if asks else next(iter(meant)) if len(meant) == 1 else talked_of
            told = [talked_of, *told] if talked_of else told


def _meant(expected: Expected) -> tuple[frozenset[str], bool]:
    """The fichas that are right, and whether asking about them is due."""
    first = expected[0]
    if isinstance(first, AsksTramite):
        return first.codigos, True
    told = (
        one.subject if isinstance(one, Answers) else one.codigo
        for one in expected
        if isinstance(one, Answers | AsksAspect)
    )
    return frozenset(told), False


def _turn(text: str, told: Sequence[str], meant: frozenset[str], change: Change) -> Turn | None:
    """`told`: what was told of before, the newest first; it is what is being talked of."""
    from cms.search.following import WEIGHTS, sides
    from cms.search.index import this_node
    from cms.search.places import named_places
    from cms.search.ranking import Scored
    from cms.search.reading import read

    talked_of = told[0]
    with this_node.reading() as searcher:
        said = read(searcher, named_places(text).rest)
        stored = said.names.held.document(talked_of)
        if stored is None:
            return None
        said = replace(said, change=change.points(said.text))
        found = sides(searcher, said, Scored(talked_of, 1.0, 1.0, 1.0, stored), told)
    rows = np.array([[own[side] for side in WEIGHTS] for _hit, own in found.values()])
    right = np.array([codigo in meant for codigo in found])
    return Turn(rows, right, stays=talked_of in meant) if right.any() else None


def _say(name: str, found: Sequence[Turn], weights: np.ndarray, *, stays: bool) -> None:
    parts = []
    for threshold in THRESHOLDS:
        told = [
            (share.max(), turn.meant[share.argmax()])
            for turn in found
            if (share := shares(turn, weights)).max() >= threshold
        ]
        parts.append(
            f"{threshold:.2f}: {sum(right for _likely, right in told)} +{sum(not right for _likely, right in told)} wrong"
        )
    console.say(
        f"{name}, {'about the same' if stays else 'about another'}, {len(found)} turns | {' | '.join(parts)}"
    )


if __name__ == "__main__":
    sys.exit(main())
