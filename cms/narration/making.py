"""Recordings of public text, found or made: each once at a time, few at a time, and never waited for without end."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from cms.connections import waiting
from cms.narration.keeping import Audio, Shelf, audio_of
from voice.engines.espeak import EspeakEngine
from voice.engines.google import GoogleEngine
from voice.engines.interface import Engine
from voice.speaking import Script, Speaker

log = logging.getLogger(__name__)

AT_ONCE = 2
WAIT_SECONDS = 8.0
# Who comes when so many wait is told to come again: each of them keeps one of the threads everybody else is served by.
MOST_WAITING = 8
# Of what is only true for one question: lists, regions, one visit. There are more of those than any disk holds.
PASSING_MEGABYTES = 60
# After a failure the outside voice is left alone for a while.
REST_SECONDS = 600.0
MEGABYTE = 1024 * 1024

_places = threading.BoundedSemaphore(AT_ONCE)
_door = threading.BoundedSemaphore(AT_ONCE + MOST_WAITING)
_keys: dict[str, threading.Lock] = {}
_keys_lock = threading.Lock()
_rest = {"until": 0.0}


class Busy(Exception):
    """Too many recordings are being made: ask again in a few seconds."""


class NoRoom(Exception):
    """The disk keeps no more recordings; the message says where."""


@lru_cache(maxsize=1)
def own_voice() -> EspeakEngine:
    """The one speaking process of this process."""
    return EspeakEngine()


@lru_cache(maxsize=1)
def outside_voice() -> GoogleEngine:
    return GoogleEngine()


@lru_cache(maxsize=4)
def _shelf(folder: Path, megabytes: int) -> Shelf:
    return Shelf(folder, megabytes * MEGABYTE)


def shelf() -> Shelf:
    return _shelf(Path(settings.DATA_DIR) / "audio", settings.AUDIO_MEGABYTES)


def passing_shelf() -> Shelf:
    """Apart, so that no number of questions takes the recordings of fichas from the other."""
    return _shelf(Path(settings.DATA_DIR) / "audio-passing", PASSING_MEGABYTES)


def engines() -> list[Engine]:
    """In the order of preference."""
    return [outside_voice(), own_voice()] if settings.GOOGLE_VOICE else [own_voice()]


def find(script: Script) -> Audio | None:
    """The best recording there is of this text."""
    for engine in engines():
        if script.can_be_spoken_by(engine) and (audio := shelf().find(script.key(engine))):
            return audio
    return None


def ready(script: Script) -> Audio:
    """The recording of a public text: found, or made now by our own voice, which is quick and always there.

    Raises Busy, and the SpeechError of a voice that fails.
    """
    return find(script) or _made(script, [own_voice()], shelf())


def ready_for_now(script: Script) -> Audio:
    """The same of a public text that another question makes another: kept apart, and not for long."""
    if there := passing_shelf().find(script.key(own_voice())):
        return there
    audio = _made(script, [own_voice()], passing_shelf())
    passing_shelf().trim()
    return audio


def unkept(script: Script) -> Audio:
    """The recording of a text that is for one person only: our own voice, and nothing stays on the disk."""
    return _made(script, [own_voice()], None)


def prepared(script: Script) -> bool:
    """Makes the recording with the best voice, in the worker; False where the best one there is was there already.

    Raises NoRoom where it could not be kept: it would be made again for ever, and its text sent out each time.
    """
    best = next(engine for engine in _willing() if script.can_be_spoken_by(engine))
    if shelf().has(script.key(best)):
        return False
    audio = _made(script, _willing(), shelf())
    if best.sends_text_away and audio.engine != best.name:
        _rest["until"] = time.monotonic() + REST_SECONDS
    if not shelf().has(audio.digest):
        raise NoRoom(
            f"{shelf().folder} keeps no more recordings: make room on its disk, or let it be written to"
        )
    return True


def _willing() -> list[Engine]:
    resting = time.monotonic() < _rest["until"]
    return [engine for engine in engines() if not (resting and engine.sends_text_away)]


def _made(script: Script, voices: list[Engine], keep_on: Shelf | None) -> Audio:
    key = script.key(voices[0])
    # Waiting takes seconds, and speaking too: the database is for those who read meanwhile.
    with waiting(), _within_the_door(), _alone(key), _place():
        if keep_on and (there := keep_on.find(key)):
            return there
        speech = Speaker(voices).speak(script, public=keep_on is not None)
        spoke = next(engine for engine in voices if engine.name == speech.engine)
        audio = audio_of(script, speech, script.key(spoke))
        if keep_on:
            keep_on.keep(audio)
        return audio


@contextmanager
def _within_the_door() -> Iterator[None]:
    if not _door.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _door.release()


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """Two who ask for the same recording: the second waits and finds it."""
    with _keys_lock:
        if len(_keys) > 1000:
            _keys.clear()
        lock = _keys.setdefault(key, threading.Lock())
    if not lock.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _places.release()
