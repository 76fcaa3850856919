"""Recordings on the disk: whole or not at all, bounded, the unheard gone first."""

import os
from pathlib import Path

import pytest

from cms.narration import keeping
from cms.narration.keeping import Audio, Shelf, Timed


def audio(digest: str, size: int = 1000) -> Audio:
    return Audio(digest, bytes(size), 1.5, (Timed(0.0, "Hola."), Timed(0.7, "¿Qué tal?")), "espeak-ng:140")


def test_what_is_kept_is_found_with_its_times(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "audio", 10_000)
    shelf.keep(audio("ab12"))
    assert shelf.find("ab12") == audio("ab12")
    assert shelf.find("ab13") is None
    assert sorted(path.suffix for path in (tmp_path / "audio" / "ab").iterdir()) == [".json", ".mp3"]


def test_half_a_recording_is_none(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 10_000)
    shelf.keep(audio("ab12"))
    (tmp_path / "ab" / "ab12.json").write_text('{"seconds"', encoding="utf-8")
    assert shelf.find("ab12") is None


def test_beyond_the_bound_the_longest_unheard_goes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 2600)
    for number, digest in enumerate(("aa1", "bb2", "cc3")):
        shelf.keep(audio(digest))
        os.utime(tmp_path / digest[:2] / f"{digest}.mp3", (1000 + number, 1000 + number))
    # Listening to the oldest makes it the newest.
    assert shelf.find("aa1")
    assert shelf.trim() == 1
    assert [digest for digest in ("aa1", "bb2", "cc3") if shelf.has(digest)] == ["aa1", "cc3"]
    assert shelf.trim() == 0


def test_a_full_disk_keeps_nothing_and_fails_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SPARE_BYTES", 1 << 62)
    shelf = Shelf(tmp_path, 10_000)
    shelf.keep(audio("ab12"))
    assert not shelf.has("ab12")
