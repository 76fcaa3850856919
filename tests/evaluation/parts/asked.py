"""What each part has to say to a question: who is meant, and what is asked; from the same files as `make eval`."""

from dataclasses import dataclass
from pathlib import Path

from tests.evaluation import holdout
from tests.evaluation.expectations import Answers, AsksAspect, AsksTramite, Expected


@dataclass(frozen=True)
class Asked:
    """One single question. `codigos`: any of them is right; `choices`: ask among these (empty: among any)."""

    id: str
    group: str
    text: str
    codigos: frozenset[str]
    choices: frozenset[str] | None
    aspectos: frozenset[str]
    several: bool
    refuse: bool = False


def load(folder: Path) -> list[Asked]:
    """The questions of a folder, and what must not be answered."""
    found = holdout.load(folder)
    asked = [_asked(one.id, one.group, one.turns[0]) for one in found.questions]
    none: frozenset[str] = frozenset()
    refused = [Asked(r.id, r.group, r.text, none, None, none, False, True) for r in found.refusals]
    return asked + refused


def _asked(id_: str, group: str, turn: holdout.Turn) -> Asked:
    expected = turn.expected
    choices = [one.codigos for one in expected if isinstance(one, AsksTramite)]
    answers = [one for one in expected if isinstance(one, Answers)]
    return Asked(
        id_,
        group,
        turn.text,
        _codigos(expected),
        frozenset[str]().union(*choices) if choices else None,
        frozenset[str]().union(*(one.aspectos for one in answers)),
        any(len(one.aspectos) > 1 for one in answers),
    )


def _codigos(expected: Expected) -> frozenset[str]:
    """The fichas, or sedes, one of which is plainly meant; none where a person is."""
    return frozenset(
        one.subject if isinstance(one, Answers) else one.codigo
        for one in expected
        if isinstance(one, Answers | AsksAspect)
    )
