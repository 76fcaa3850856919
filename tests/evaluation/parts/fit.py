"""Fits how likely the first ficha is the one meant (cms/search/weighing.py): `python -m tests.evaluation.parts.fit`.

Each set of questions is heard by what was learnt of the other sets only, as a question of tomorrow will be. Prints
the weights to write there, and how each set fares with the weights of the others, by the threshold from which it
is told. Needs a prepared folder in MAC_DATA_DIR.
"""

import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.linear_model import LogisticRegression

from stack import configuration, console
from stack.configuration import ROOT
from tests.evaluation.parts.asked import Asked, load

SETS = tuple(
    ROOT / "nlu_data" / "desarrollo" / name
    for name in (
        *(".", "segunda", "tercera/a", "cuarta/a", "cuarta/b", "cuarta/c"),
        *(f"quinta/{hand}" for hand in "abcdefhij"),
    )
)
MEASURED = tuple(ROOT / "nlu_data" / "desarrollo" / name for name in ("tercera/b", "cuarta/d", "quinta/m"))
THRESHOLDS = (0.6, 0.65, 0.7, 0.75, 0.8)


@dataclass(frozen=True)
class Row:
    """One question: what speaks for the first, whether it is meant, and what else would be right."""

    name: str
    group: str
    sides: tuple[float, ...]
    meant: bool
    refuse: bool
    ask: bool


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", configuration.SETTINGS_MODULE)
    import django

    django.setup()
    from cms.search.weighing import LIKELIHOOD

    by_set = {folder: load(folder) for folder in (*SETS, *MEASURED)}
    rows = {folder: _rows(asked, _without(asked)) for folder, asked in by_set.items()}
    for held_out in (*SETS, *MEASURED):
        weights = fit([row for folder in SETS if folder != held_out for row in rows[folder]])
        for group in ("es", "qu"):
            _say(held_out, group, [row for row in rows[held_out] if row.group == group], weights)
    weights = fit([row for folder in SETS for row in rows[folder]])
    told = {name: round(weight, 2) for name, weight in zip(LIKELIHOOD, weights[1:], strict=True)}
    console.say(f"LIKELIHOOD = {told}\nBASE = {weights[0]:.2f}")
    return 0


def _without(asked: Sequence[Asked]) -> dict[str, list[str]]:
    """What was learnt, but for these questions."""
    from cms.search.asked import questions, terms

    own = {terms(one.text) for one in asked}
    return {
        codigo: [text for text in texts if terms(text) not in own] for codigo, texts in questions().items()
    }


def _rows(asked: Sequence[Asked], learnt: dict[str, list[str]]) -> list[Row]:
    from cms.search import learning
    from cms.search.index import this_node
    from cms.search.places import named_places
    from cms.search.ranking import names_of
    from cms.search.reading import read
    from cms.search.resolving import decide
    from cms.search.weighing import weigh, witnessed
    from tests.evaluation.parts.naming import is_of_tramites

    found = []
    of_tramites = [one for one in asked if is_of_tramites(one)]
    with this_node.reading() as searcher:
        names = names_of(searcher)
        held = learning.learn(learning.taught(learnt, names.held.names()))
        for one in of_tramites:
            said = read(searcher, named_places(one.text).rest)
            heard = held.hear(said.text)
            weighed = weigh(said.ranked, heard, names.held.document)
            if not weighed:
                continue
            decided = decide(said.question, said.ranked)
            foreign = said.is_foreign(weighed[0])
            sides = witnessed(weighed[0], heard, said.ranked, decided, foreign=foreign).sides()
            meant = weighed[0].codigo in one.codigos and not one.refuse
            found.append(
                Row(one.id, one.group, tuple(sides.values()), meant, one.refuse, one.choices is not None)
            )
    return found


def fit(rows: Sequence[Row]) -> list[float]:
    """Logistic regression: the base first, then a weight for each side."""
    model = LogisticRegression().fit([row.sides for row in rows], [row.meant for row in rows])
    return [float(model.intercept_[0]), *map(float, model.coef_[0])]


def probability(weights: Sequence[float], row: Row) -> float:
    total = weights[0] + sum(weight * side for weight, side in zip(weights[1:], row.sides, strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def _say(folder: Path, group: str, rows: Sequence[Row], weights: Sequence[float]) -> None:
    clear = [row for row in rows if not row.refuse]
    parts = []
    for threshold in THRESHOLDS:
        told = [row for row in rows if probability(weights, row) >= threshold]
        wrong = sum(not row.meant and not row.refuse for row in told)
        refused = sum(row.refuse for row in told)
        parts.append(f"{threshold:.2f}: {sum(row.meant for row in told)} +{wrong} wrong +{refused} not to be")
    if clear:
        console.say(f"{folder.relative_to(ROOT / 'nlu_data')} {group} of {len(clear)} | {' | '.join(parts)}")


if __name__ == "__main__":
    sys.exit(main())
