"""Which voice speaks, what leaves the house, and what happens when many ask at once."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cms import connections
from cms.narration import making
from voice.engines.interface import EngineUnavailable, Pcm
from voice.pieces import Segment
from voice.speaking import script


class Outside:
    """The outside voice, or what is left of it."""

    name = "google:double"
    languages = frozenset({"es"})
    sends_text_away = True

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.broken = False

    def speak(self, segments: Sequence[Segment], speed: float) -> Pcm:
        self.heard.append(segments[0].text)
        if self.broken:
            raise EngineUnavailable("it does not answer")
        return Pcm(bytes(2 * 22050), 22050)


@pytest.fixture(autouse=True)
def outside(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outside:
    double = Outside()
    settings.DATA_DIR, settings.GOOGLE_VOICE = tmp_path, True
    monkeypatch.setattr(making, "outside_voice", lambda: double)
    monkeypatch.setattr(making, "_rest", {"until": 0.0})
    return double


def test_the_worker_uses_the_outside_voice_and_it_wins_from_then_on(outside: Outside) -> None:
    text = script("Cuesta S/ 5.00.", "es")
    assert making.ready(text).engine.startswith("espeak")
    assert outside.heard == []
    assert making.prepared(text)
    assert making.ready(text).engine == outside.name
    assert not making.prepared(text)


def test_a_failing_outside_voice_is_replaced_and_left_alone_for_a_while(outside: Outside) -> None:
    outside.broken = True
    assert making.prepared(script("Uno.", "es"))
    assert making.ready(script("Uno.", "es")).engine.startswith("espeak")
    assert making.prepared(script("Dos.", "es"))
    assert len(outside.heard) == 1


def test_quechua_and_what_is_for_one_person_never_leave_the_house(outside: Outside, tmp_path: Path) -> None:
    making.prepared(script("Kaymi willakuy.", "qu"))
    kept = len(list(tmp_path.rglob("*.mp3")))
    assert making.unkept(script("Anotado: te buscaremos.", "es")).mp3
    assert outside.heard == []
    assert len(list(tmp_path.rglob("*.mp3"))) == kept == 1


def test_it_is_off_unless_somebody_switches_it_on(settings: Any, outside: Outside) -> None:
    settings.GOOGLE_VOICE = False
    assert making.prepared(script("Cuesta S/ 5.00.", "es"))
    assert outside.heard == []


def test_many_who_ask_for_one_recording_have_it_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    keep = making.Shelf.keep
    monkeypatch.setattr(
        making.Shelf, "keep", lambda self, audio: (made.append(audio.digest), keep(self, audio))
    )
    text = script("Todos preguntan lo mismo a la misma hora.", "es")
    threads = [threading.Thread(target=making.ready, args=(text,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_who_would_wait_too_long_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(making, "_places", threading.BoundedSemaphore(1))
    with making._place(), pytest.raises(making.Busy):
        making.ready(script("Espera.", "es"))


def test_who_waits_for_a_recording_leaves_the_connection_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[str] = []
    monkeypatch.setattr(making, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(making, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(connections, "release_connection", lambda: waiting.append("without a connection"))
    with making._place(), pytest.raises(making.Busy):
        making.ready(script("Espera.", "es"))
    assert waiting == ["without a connection"]


def test_when_many_wait_already_who_comes_is_told_at_once_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "_door", threading.BoundedSemaphore(1))
    with making._within_the_door():
        began = time.monotonic()
        with pytest.raises(making.Busy):
            making.ready(script("Espera.", "es"))
    assert time.monotonic() - began < making.WAIT_SECONDS / 2
    assert making.ready(script("Espera.", "es")).mp3


def test_what_another_question_makes_another_takes_no_room_from_fichas(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = making.ready(script("Cuesta S/ 5.00.", "es"))
    monkeypatch.setattr(making, "PASSING_MEGABYTES", 0)
    making._shelf.cache_clear()
    for number in range(3):
        assert making.ready_for_now(script(f"Tu visita número {number}.", "es")).mp3
    assert [path.stem for path in tmp_path.rglob("*.mp3")] == [kept.digest]


def test_a_full_disk_is_told_once_and_nothing_is_sent_out_again(
    monkeypatch: pytest.MonkeyPatch, outside: Outside
) -> None:
    monkeypatch.setattr(making.Shelf, "keep", lambda self, audio: None)
    with pytest.raises(making.NoRoom, match="make room"):
        making.prepared(script("Cuesta S/ 5.00.", "es"))
    assert len(outside.heard) == 1
