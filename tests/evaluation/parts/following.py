"""Fits what a message means while a ficha is being talked of (cms/search/following.py): `python -m tests.evaluation.parts.following`.

Reads the turns of the conversations to develop on that come after one about a single ficha, with that ficha in
context as it should be. Prints the weights to write there, and how the sets neither read nor learnt from fare with
them. Needs a prepared folder in MAC_DATA_DIR.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from stack import configuration, console
from tests.evaluation import holdout
from tests.evaluation.expectations import Answers, AsksAspect, AsksTramite, Expected
from tests.evaluation.parts.fit import MEASURED, SETS

THRESHOLDS = (0.5, 0.55, 0.6, 0.7, 0.8)
SHRINK = 0.5


@dataclass(frozen=True)
class Turn:
    """`sides`: of each ficha that may be meant; `meant`: whether it is right; `stays`: the one talked of is, and is first."""

    sides: np.ndarray
    meant: np.ndarray
    stays: bool


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", configuration.SETTINGS_MODULE)
    import django

    django.setup()
    from cms.search.following import WEIGHTS

    learnt = [turn for folder in SETS for turn in turns(folder)]
    measured = [turn for folder in MEASURED for turn in turns(folder)]
    weights = fit(learnt)
    for name, found in (("learnt from", learnt), ("measured", measured)):
        for stays in (True, False):
            _say(name, [turn for turn in found if turn.stays == stays], weights, stays=stays)
    console.say(str({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, weights, strict=True)}))
    return 0


def turns(folder: Path) -> Iterator[Turn]:
    """The turns of a set that follow one about a single ficha."""
    for conversation in holdout.load(folder).conversations:
        talked_of = ""
        for turn in conversation.turns:
            meant, asks = _meant(turn.expected)
            if talked_of and meant and turn.option is None and (found := _turn(turn.text, talked_of, meant)):
                yield found
            talked_of = "" if asks else next(iter(meant)) if len(meant) == 1 else talked_of


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


def _turn(text: str, talked_of: str, meant: frozenset[str]) -> Turn | None:
    from cms.search.following import WEIGHTS, sides
    from cms.search.index import this_node
    from cms.search.places import named_places
    from cms.search.ranking import Scored
    from cms.search.reading import read

    with this_node.reading() as searcher:
        said = read(searcher, named_places(text).rest)
        stored = said.names.held.document(talked_of)
        if stored is None:
            return None
        found = sides(searcher, said, Scored(talked_of, 1.0, 1.0, 1.0, stored))
    rows = np.array([[own[side] for side in WEIGHTS] for _hit, own in found.values()])
    right = np.array([codigo in meant for codigo in found])
    return Turn(rows, right, talked_of in meant) if right.any() else None


def fit(found: Sequence[Turn]) -> np.ndarray:
    """The weights under which what is meant has the largest share."""

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = SHRINK * weights @ weights / 2, SHRINK * weights
        for turn in found:
            share = shares(turn, weights)
            right = share * turn.meant
            total -= np.log(right.sum())
            slope = slope - (right / right.sum() - share) @ turn.sides
        return total, slope

    weights: np.ndarray = minimize(cost, np.zeros(found[0].sides.shape[1]), jac=True).x
    return weights


def shares(turn: Turn, weights: np.ndarray) -> np.ndarray:
    points = turn.sides @ weights
    powers = np.exp(points - points.max())
    found: np.ndarray = powers / powers.sum()
    return found


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
