"""What the operator reads: plain lines, flushed at once so that they show through pipes too."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

_TAIL_LINES = 40
_TAIL_BYTES = 64_000


def say(line: str = "") -> None:
    """One line for the operator."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """One line about what went wrong, on standard error."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def complain_with_tail(log: Path, *, title: str) -> None:
    """The end of a log, after a line that says whose it is and where the whole is."""
    complain(f"--- {title}: the end of {log}")
    for line in tail(log):
        complain(f"    {line}")


def tail(log: Path, lines: int = _TAIL_LINES) -> list[str]:
    """The last lines of a log; what cannot be read is said in place of them."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL_BYTES))
            text = file.read().decode("utf-8", errors="replace")
    except OSError as error:
        return [f"(no log: {error.strerror})"]
    return text.splitlines()[-lines:] or ["(nothing was written)"]


def table(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Two columns, the first as wide as its widest cell."""
    rows = list(rows)
    width = max((len(left) for left, _ in rows), default=0)
    return [f"  {left:<{width}}  {right}" for left, right in rows]
