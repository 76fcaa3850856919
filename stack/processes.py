"""Processes that belong to a stack, found by the mark in their environment."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

from stack.configuration import STACK_ID_VARIABLE

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1  # prctl(2)
_POLL_SECONDS = 0.1
_LIBC = ctypes.CDLL(None)  # loaded here: nothing may be loaded between fork and exec


def die_with_parent() -> None:
    """Asks the kernel to end this process when the one that started it is gone (prctl(2)).

    For the time between fork and exec: a `make run` that was killed leaves nothing running.
    """
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def marked(stack_id: str) -> list[int]:
    """Ids of the living processes that were started for this stack, this one left out."""
    mark = f"{STACK_ID_VARIABLE}={stack_id}".encode()
    return [pid for pid in _all_pids() if pid != os.getpid() and mark in _environment_of(pid)]


def end(stack_id: str, *, grace_seconds: float = 10) -> int:
    """Ends the processes of this stack, forcibly after the grace; returns how many there were."""
    found = marked(stack_id)
    _signal(found, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while (left := marked(stack_id)) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    _signal(left, signal.SIGKILL)
    return len(found)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]


def _environment_of(pid: int) -> list[bytes]:
    try:
        return (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:  # another user's, or it has just ended
        return []
