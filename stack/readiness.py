"""Whether every part of a started system is up, by the system's own word (/readyz)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx

from stack.failures import StackError
from stack.supervision import ProcessState

PARTS = ("database", "search", "assistant", "actions", "worker")
# A program that ended this often during one start will not come up by waiting.
_DEATHS_TO_GIVE_UP = 3
_REQUEST_SECONDS = 5
_POLL_SECONDS = 0.5


class NotReadyError(StackError):
    """Some part did not come up; `culprits` are the programs whose logs tell why."""

    def __init__(self, message: str, culprits: list[ProcessState]) -> None:
        super().__init__(message)
        self.culprits = culprits


class Watched(Protocol):
    """What is asked for the states of the programs."""

    def states(self) -> list[ProcessState]: ...


# Which program's log tells why a part is down.
_PROGRAM_OF = {
    "database": "web",
    "search": "web",
    "assistant": "rasa",
    "actions": "actions",
    "worker": "worker",
}


@dataclass(frozen=True)
class Waiting:
    """Waits for one stack, at most `timeout_seconds`, and says every part's coming up once."""

    watched: Watched
    ask: Callable[[], Mapping[str, bool]]
    say: Callable[[str], None]
    timeout_seconds: float

    def until_ready(self) -> None:
        """Returns when every part is up and every program runs.

        Raises NotReadyError when a program keeps ending, or when the time is over.
        """
        deadline = time.monotonic() + self.timeout_seconds
        lives: dict[str, set[int]] = {}
        said: set[str] = set()
        while True:
            states = self.watched.states()
            self._give_up_on_the_dying(states, lives)
            parts = self.ask()
            self._announce(parts, said)
            if _all_up(parts) and all(state.state == "RUNNING" for state in states):
                return
            if time.monotonic() > deadline:
                raise self._too_late(states, parts)
            time.sleep(_POLL_SECONDS)

    def _give_up_on_the_dying(self, states: list[ProcessState], lives: dict[str, set[int]]) -> None:
        for state in states:
            lives.setdefault(state.name, set()).add(state.started_at)
        dying = [
            state for state in states if state.state == "FATAL" or len(lives[state.name]) > _DEATHS_TO_GIVE_UP
        ]
        if dying:
            raise NotReadyError(f"Ended again and again: {_names(dying)}.", dying)

    def _announce(self, parts: Mapping[str, bool], said: set[str]) -> None:
        for part in PARTS:
            if parts.get(part) and part not in said:
                said.add(part)
                self.say(f"  {part}: up")

    def _too_late(self, states: list[ProcessState], parts: Mapping[str, bool]) -> NotReadyError:
        down = [part for part in PARTS if not parts.get(part)]
        suspects = {_PROGRAM_OF[part] for part in down} if parts else {"web"}
        culprits = [state for state in states if state.name in suspects or state.state != "RUNNING"]
        what = ", ".join(down) or _names(culprits)
        return NotReadyError(f"Not up after {self.timeout_seconds:.0f} s: {what}.", culprits)


def parts_of(url: str) -> dict[str, bool]:
    """Which parts are up according to `url`; empty while nothing there answers sensibly.

    The answer is read whatever its status: it is 503 while database or search is down.
    """
    try:
        # Whatever proxy the environment names, it is not on the way to this machine's own ports.
        document = httpx.get(url, timeout=_REQUEST_SECONDS, trust_env=False).json()
    except (httpx.HTTPError, ValueError):
        return {}
    return {part: _is_up(document.get(part)) for part in PARTS} if isinstance(document, dict) else {}


def _is_up(state: object) -> bool:
    if isinstance(state, dict):
        state = state.get("state")
    return state == "up"


def _all_up(parts: Mapping[str, bool]) -> bool:
    return all(parts.get(part) for part in PARTS)


def _names(states: Iterable[ProcessState]) -> str:
    return ", ".join(state.name for state in states)
