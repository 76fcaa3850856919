"""Other apps that keep what citizens told of themselves: the jobs that delete and seal anew do it there too."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Keeper:
    """One such app. `due` counts what is over its time, `delete` deletes it; each by its name, in Spanish.

    `reseal` seals all it keeps with the first key, and returns how many were and how many no key opens.
    """

    due: Callable[[datetime], dict[str, int]]
    delete: Callable[[datetime], dict[str, int]]
    reseal: Callable[[], tuple[int, int]]


_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    if keeper not in _keepers:
        _keepers.append(keeper)


def due(now: datetime) -> dict[str, int]:
    """What is over its time elsewhere; names without any are left out."""
    return _counted(keeper.due(now) for keeper in _keepers)


def delete(now: datetime) -> dict[str, int]:
    return _counted(keeper.delete(now) for keeper in _keepers)


def reseal() -> tuple[int, int]:
    done = [keeper.reseal() for keeper in _keepers]
    return sum(sealed for sealed, _shut in done), sum(shut for _sealed, shut in done)


def _counted(found: Iterable[dict[str, int]]) -> dict[str, int]:
    return {name: number for counts in found for name, number in counts.items() if number}
