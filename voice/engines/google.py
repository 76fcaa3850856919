"""Google's Spanish voice through gTTS, where it is enabled: the text leaves the machine."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from gtts import gTTS
from gtts.tts import gTTSError
from requests.exceptions import Timeout

from voice.engines.interface import EngineFailed, EngineTimeout, EngineUnavailable, LanguageNotSpoken, Mp3
from voice.mpeg import seconds, without_tags
from voice.pieces import Language, Segment

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
SENTENCE_SECONDS = 20.0
_HOST_OF = "com.mx"  # decides the accent: Latin American
_SLOW_BELOW = 0.8  # gTTS knows two speeds; finer ones are the player's
_REFUSALS = {403, 429, 503}


def _download(client: Any, deadline: float) -> bytes:
    """Return all the parts of a sentence; gTTS asks for about a hundred letters at a time."""
    parts = []
    for part in client.stream():
        parts.append(part)
        if time.monotonic() > deadline:
            raise EngineTimeout("Google's voice took too long: the other engine is used, try it again later")
    return b"".join(parts)


def _in_time(client: Any, limit_seconds: float) -> bytes:
    """Download in a thread, for an answer that comes drop by drop never meets the client's own time limits."""
    result: Future[bytes] = Future()

    def work() -> None:
        try:
            result.set_result(_download(client, time.monotonic() + limit_seconds))
        except BaseException as error:
            result.set_exception(error)

    threading.Thread(target=work, name="google-voice", daemon=True).start()
    try:
        return result.result(limit_seconds)
    except FutureTimeout as error:
        raise EngineTimeout(
            "Google's voice took too long: the other engine is used, try it again later"
        ) from error


def _explained(error: gTTSError) -> EngineUnavailable | EngineTimeout | EngineFailed:
    response = error.rsp
    if response is None:
        if isinstance(error.__context__, Timeout):
            return EngineTimeout("Google's voice did not answer in time: the other engine is used")
        return EngineUnavailable("Google's voice cannot be reached: check the network or switch it off")
    if response.status_code in _REFUSALS or response.status_code >= 500:
        return EngineUnavailable(
            f"Google's voice answers {response.status_code}: wait before the next attempt"
        )
    return EngineFailed(
        f"Google's voice answers {response.status_code} without speech: update the package gtts"
    )


class GoogleEngine:
    """Speaks Spanish with Google's voice.

    **Only public text may be given to it**: published fichas, never what a citizen or an agent has written.
    The caller answers for that; nothing here can tell one from the other.
    """

    name = f"google:{_HOST_OF}"
    languages: frozenset[Language] = frozenset({"es"})
    sends_text_away = True

    def __init__(
        self, sentence_seconds: float = SENTENCE_SECONDS, read_seconds: float = READ_SECONDS
    ) -> None:
        self._sentence_seconds = sentence_seconds
        self._timeouts = (min(CONNECT_SECONDS, read_seconds), read_seconds)

    def speak(self, segments: Sequence[Segment], speed: float) -> Mp3:
        """Return one public sentence spoken; of `speed` it knows normal and, below 0.8, slow.

        Raises LanguageNotSpoken, EngineUnavailable, EngineTimeout and EngineFailed.
        """
        if any(segment.language not in self.languages for segment in segments):
            raise LanguageNotSpoken("Google's voice has no Quechua: use eSpeak NG")
        text = " ".join(segment.text for segment in segments)
        return Mp3(_checked(self._fetch(text, slow=speed < _SLOW_BELOW)))

    def _fetch(self, text: str, *, slow: bool) -> bytes:
        try:
            client = gTTS(text, lang="es", tld=_HOST_OF, slow=slow, timeout=self._timeouts)
            return _in_time(client, self._sentence_seconds)
        except gTTSError as error:
            raise _explained(error) from error
        except (
            AssertionError,
            ValueError,
        ) as error:  # nothing to say; no base64, no UTF-8, no ASCII in the answer
            raise EngineFailed("Google's voice gave no speech: update the package gtts") from error


def _checked(data: bytes) -> bytes:
    """Return the frames of an answer. Raises EngineFailed where it is no MP3 or an empty one."""
    frames = without_tags(data)
    try:
        length = seconds(frames)
    except ValueError as error:
        raise EngineFailed("Google's voice gave something that is no MP3: update the package gtts") from error
    if not length:
        raise EngineFailed("Google's voice gave no speech: update the package gtts")
    return frames
