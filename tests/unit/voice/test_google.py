"""Google's voice through the real client, against a double of the service."""

import socket
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from voice.engines.google import GoogleEngine
from voice.engines.interface import EngineFailed, EngineTimeout, EngineUnavailable, LanguageNotSpoken
from voice.pieces import Segment
from voice.speaking import Speaker, script

SENTENCE = [Segment("Paga treinta y tres soles.", "es")]


@pytest.fixture
def google(doubles: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    double = doubles.GoogleDouble()
    monkeypatch.setattr("gtts.tts._translate_url", lambda tld, path="": double.address)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield double
    double.close()


def test_a_sentence_is_asked_for_in_spanish_and_comes_back_as_frames(google: Any) -> None:
    said = GoogleEngine().speak(SENTENCE, 1.0)
    assert google.asked == [("Paga treinta y tres soles.", "es", None)]
    assert said.seconds == pytest.approx(0.05 * len(SENTENCE[0].text), abs=0.15)


def test_slow_speech_is_asked_for(google: Any) -> None:
    GoogleEngine().speak(SENTENCE, 0.7)
    assert google.asked[0][2] is True


def test_a_long_sentence_is_asked_for_in_parts_and_joined(google: Any) -> None:
    text = "Recibes una copia nueva del mismo documento, " * 6
    said = GoogleEngine().speak([Segment(text, "es")], 1.0)
    assert len(google.asked) > 2
    assert said.seconds == pytest.approx(0.05 * len(text), rel=0.2)


@pytest.mark.parametrize(
    ("mode", "error", "words"),
    [
        ("429", EngineUnavailable, "429: wait"),
        ("500", EngineUnavailable, "500: wait"),
        ("403", EngineUnavailable, "403: wait"),
        ("404", EngineFailed, "404"),
        ("html", EngineFailed, "no speech"),
        ("empty", EngineFailed, "no speech"),
        ("no-audio", EngineFailed, "without speech"),
        ("no-base64", EngineFailed, "no speech"),
        ("no-mp3", EngineFailed, "no MP3"),
    ],
)
def test_an_answer_without_speech_says_what_to_do(
    mode: str, error: type[Exception], words: str, google: Any
) -> None:
    google.mode = mode
    with pytest.raises(error, match=words) as raised:
        GoogleEngine().speak(SENTENCE, 1.0)
    assert "treinta" not in str(raised.value)


@pytest.mark.parametrize("mode", ["silence", "drip"])
def test_a_slow_answer_is_not_waited_for(mode: str, google: Any) -> None:
    google.mode = mode
    began = time.monotonic()
    with pytest.raises(EngineTimeout, match="other engine"):
        GoogleEngine(sentence_seconds=1.0, read_seconds=0.5).speak(SENTENCE, 1.0)
    assert time.monotonic() - began < 4


def test_a_service_that_is_not_there_is_said_to_be_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        monkeypatch.setattr("gtts.tts._translate_url", lambda tld, path="": address)
        with pytest.raises(EngineUnavailable, match="cannot be reached"):
            GoogleEngine().speak(SENTENCE, 1.0)


def test_quechua_is_never_sent(google: Any) -> None:
    with pytest.raises(LanguageNotSpoken, match="no Quechua"):
        GoogleEngine().speak([Segment("mañakuy", "qu")], 1.0)
    assert google.asked == []


def test_marks_of_joined_frames_follow_their_lengths(google: Any) -> None:
    speech = Speaker([GoogleEngine()]).speak(script("Paga la tasa. Luego espera.", "es"), public=True)
    assert [text for text, _, _ in google.asked] == ["Paga la tasa.", "Luego espera."]
    assert speech.marks[0].seconds == 0
    assert speech.marks[1].seconds == pytest.approx(0.05 * len("Paga la tasa."), abs=0.15)
    assert speech.seconds > speech.marks[1].seconds
