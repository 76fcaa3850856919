"""The lines of the logs that an operator in front of `make run` should see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# The supervisor tells of ends and restarts at level INFO.
_IMPORTANT = re.compile(r"\b(WARN(ING)?|ERROR|CRITICAL|FATAL)\b|^Traceback|exited:|gave up:")
_LINE_CHARACTERS = 300


class Followed:
    """One log that grows, is rotated, or is not there yet; reading starts at its present end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inode, self._offset = _size(path)
        self._rest = b""

    def new_lines(self) -> Iterator[str]:
        """Complete lines written since the last call."""
        inode, size = _size(self.path)
        if inode != self._inode or size < self._offset:
            self._inode, self._offset, self._rest = inode, 0, b""
        if size == self._offset:
            return
        with self.path.open("rb") as file:
            file.seek(self._offset)
            written = file.read()
        self._offset += len(written)
        *lines, self._rest = (self._rest + written).split(b"\n")
        yield from (line.decode("utf-8", errors="replace") for line in lines)


def important_lines(logs: Iterable[Followed]) -> Iterator[str]:
    """New lines worth showing, each after the name of its log."""
    for log in logs:
        for line in log.new_lines():
            if _IMPORTANT.search(line):
                yield f"[{log.path.stem}] {line[:_LINE_CHARACTERS]}"


def _size(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_ino, status.st_size
