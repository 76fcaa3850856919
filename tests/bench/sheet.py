"""The figures of a run as they are taken: each alone, so that one that fails is missing and no other with it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from stack import console
from tests.evaluation.figures import Figure, Need, line, measured, unmeasured


@dataclass(frozen=True)
class Taken:
    """A value in the unit of its figure."""

    value: float
    detail: str = ""


@dataclass(frozen=True)
class Peer:
    """What a figure is compared with; `value` is None when the peer could not be measured."""

    name: str
    value: float | None


@dataclass(frozen=True)
class Asked:
    """What is measured: a name, a unit, what is needed, and the peer it stands beside."""

    name: str
    unit: str
    need: Need | None = None
    peer: Peer | None = None


@dataclass
class Sheet:
    """Every figure taken, in order."""

    figures: list[Figure] = field(default_factory=list)

    def take(self, asked: Asked, measure: Callable[[], Taken]) -> float | None:
        """The value, or None when measuring it failed: then the figure says why."""
        try:
            taken = measure()
        except Exception as error:  # whatever broke, the other figures are still taken
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            self._add(unmeasured(asked.name, asked.unit, reason, asked.need))
            self._ratio(asked, None)
            return None
        self._add(measured(asked.name, taken.value, asked.unit, asked.need, taken.detail))
        self._ratio(asked, taken.value)
        return taken.value

    def peer(self, name: str, unit: str, measure: Callable[[], Taken]) -> Peer:
        """A peer is a figure too."""
        return Peer(name, self.take(Asked(f"peer_{name}", unit), measure))

    def _ratio(self, asked: Asked, value: float | None) -> None:
        if asked.peer is None:
            return
        name, peer = f"{asked.name}_ratio", asked.peer
        if value is None or not peer.value:
            missing = asked.name if value is None else f"peer {peer.name}"
            self._add(unmeasured(name, "x", f"{missing} is missing"))
            return
        self._add(measured(name, value / peer.value, "x", detail=f"times {peer.name}"))

    def _add(self, figure: Figure) -> None:
        self.figures.append(figure)
        console.say(line(figure))
