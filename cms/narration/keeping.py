"""Recordings on disk, each under the hash of all that decides its sound. Any of them can be made again."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voice.speaking import Script, Speech

SPARE_BYTES = 200 * 1024 * 1024  # below so much free space nothing more is kept
_FRESH_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Timed:
    """A sentence as it is written and when it is said."""

    seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Audio:
    """A finished recording. `engine` is what spoke; a person's voice is `person` and has no times."""

    digest: str
    mp3: bytes
    seconds: float
    sentences: tuple[Timed, ...]
    engine: str


def audio_of(script: Script, speech: Speech, digest: str) -> Audio:
    timed = tuple(Timed(round(m.seconds, 2), script.text[m.start : m.end]) for m in speech.marks)
    return Audio(digest, speech.mp3, round(speech.seconds, 2), timed, speech.engine)


class Shelf:
    """The folder of recordings. What is heard stays; beyond `most_bytes`, what nobody heard for longest goes."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes

    def find(self, digest: str) -> Audio | None:
        """The recording of this name, if it is whole."""
        path = self._path(digest)
        try:
            told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            mp3 = path.read_bytes()
            if time.time() - path.stat().st_mtime > _FRESH_SECONDS:
                os.utime(path)
        except (OSError, ValueError):
            return None
        sentences = tuple(Timed(seconds, text) for seconds, text in told["sentences"])
        return Audio(digest, mp3, told["seconds"], sentences, told["engine"])

    def has(self, digest: str) -> bool:
        return self._path(digest).exists()

    def keep(self, audio: Audio) -> None:
        """Each file appears whole, the sound last: whoever finds it finds the times too. A full disk keeps nothing."""
        path = self._path(audio.digest)
        told = {
            "seconds": audio.seconds,
            "engine": audio.engine,
            "sentences": [[timed.seconds, timed.text] for timed in audio.sentences],
        }
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(path.parent).free < SPARE_BYTES:
                return
            _write(path.with_suffix(".json"), json.dumps(told, ensure_ascii=False).encode())
            _write(path, audio.mp3)

    def trim(self) -> int:
        """Removes the recordings longest unheard until the folder is within its bound; returns how many."""
        found = sorted(self._sizes())
        total = sum(size for _heard, size, _path in found)
        removed = 0
        for _heard, size, path in found:
            if total <= self.most_bytes:
                break
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)
            total -= size
            removed += 1
        return removed

    def _sizes(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("*/*.mp3"):
            with contextlib.suppress(OSError):
                sound = path.stat()
                yield sound.st_mtime, sound.st_size + path.with_suffix(".json").stat().st_size, path

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.mp3"


def _write(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
