"""Whether what a step reads has changed since it was last done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from stack.failures import StackError

_CHUNK_BYTES = 1 << 20


def of_files(root: Path, patterns: Iterable[str], *, extra: str = "") -> str:
    """One figure for the names and contents of all files the patterns match, and for `extra`."""
    digest = hashlib.sha256(extra.encode())
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        if "__pycache__" in path.parts:
            continue
        digest.update(f"\0{path.relative_to(root)}\0".encode())
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
    return digest.hexdigest()


class Stamps:
    """Which step was last done with which figure; a damaged file only means that all is done again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done = _read(path)

    def matches(self, step: str, fingerprint: str) -> bool:
        """Whether the step was last done with this figure."""
        return self._done.get(step) == fingerprint

    def forget(self, step: str) -> None:
        """Marks the step as not done: it is about to begin and may be cut short."""
        if self._done.pop(step, None) is not None:
            self._write()

    def record(self, step: str, fingerprint: str) -> None:
        """Marks the step as done."""
        self._done[step] = fingerprint
        self._write()

    def _write(self) -> None:
        unfinished = self._path.with_suffix(".new")
        try:
            unfinished.write_text(json.dumps(self._done, indent=1), encoding="utf-8")
            unfinished.replace(self._path)
        except OSError as error:
            raise StackError(f"{self._path} cannot be written: {error.strerror}.") from error


def _read(path: Path) -> dict[str, str]:
    try:
        done = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(step): str(figure) for step, figure in done.items()} if isinstance(done, dict) else {}
