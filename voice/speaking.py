"""A text spoken: prepared, given to the first engine that can, joined to one MP3 with a mark for each sentence."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voice.engines.espeak import EspeakEngine
from voice.engines.google import GoogleEngine
from voice.engines.interface import Engine, LanguageNotSpoken, Mp3, Pcm, SpeechError
from voice.mp3 import cache_key, encode
from voice.pieces import Language
from voice.speakable import Sentence, prepare

log = logging.getLogger(__name__)

MAX_CHARACTERS = 20_000  # of one text; the longest ficha read whole has about 6,000
SLOWEST, FASTEST = 0.5, 2.0
_PAUSE_SECONDS = 0.35


class NothingToSay(SpeechError):
    """The text has no word that can be spoken."""


class TooLong(NothingToSay, ValueError):
    """The text is too long for one recording: of its whole nothing is said, and its parts are heard."""


@dataclass(frozen=True)
class Mark:
    """When a sentence is spoken: `text[start:end]` of the original, in code points, from `seconds` on."""

    start: int
    end: int
    seconds: float


@dataclass(frozen=True)
class Speech:
    """A spoken text: MP3 with one channel, its length, when each sentence begins, and the engine that spoke."""

    mp3: bytes
    seconds: float
    marks: tuple[Mark, ...]
    engine: str


@dataclass(frozen=True)
class Script:
    """A text ready to be spoken. `key(engine)` names its speech before it is made."""

    text: str
    sentences: tuple[Sentence, ...]
    speed: float

    def key(self, engine: Engine) -> str:
        """Return the name under which the speech of this script by an engine is kept."""
        return cache_key(
            self.text, [sentence.segments for sentence in self.sentences], engine.name, self.speed
        )

    def can_be_spoken_by(self, engine: Engine) -> bool:
        """Tell whether the engine has a voice for each segment."""
        used = {segment.language for sentence in self.sentences for segment in sentence.segments}
        return used <= engine.languages


def script(text: str, language: Language, speed: float = 1.0) -> Script:
    """Prepare a text. Raises NothingToSay, TooLong, and ValueError for a wrong speed or language."""
    return script_of([(text, language)], speed)


def script_of(parts: Sequence[tuple[str, Language]], speed: float = 1.0) -> Script:
    """Prepare a text of which the language of each part is known; each part begins a line. Raises as `script`."""
    text = "\n".join(part for part, _language in parts)
    if len(text) > MAX_CHARACTERS:
        raise TooLong(f"{len(text)} characters are too many for one recording: split it at {MAX_CHARACTERS}")
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"no speed {speed}: use {SLOWEST} to {FASTEST}")
    sentences = tuple(_placed(parts))
    if not sentences:
        raise NothingToSay("the text has nothing to say: give it words")
    return Script(text, sentences, speed)


def _placed(parts: Sequence[tuple[str, Language]]) -> Iterator[Sentence]:
    """The sentences of all parts, where they stand in the whole text."""
    begins = 0
    for text, language in parts:
        for sentence in prepare(text, language):
            yield replace(sentence, start=sentence.start + begins, end=sentence.end + begins)
        begins += len(text) + 1


def _joined_pcm(spoken: Sequence[Pcm]) -> tuple[bytes, list[float], float]:
    rate = spoken[0].rate
    pause = bytes(2 * round(rate * _PAUSE_SECONDS))
    samples, begins = bytearray(), []
    for piece in spoken:
        samples += pause if samples else b""
        begins.append(len(samples) / 2 / rate)
        samples += piece.samples
    whole = Pcm(bytes(samples), rate)
    return encode(whole), begins, whole.seconds


def _joined_mp3(spoken: Sequence[Mp3]) -> tuple[bytes, list[float], float]:
    begins, total = [], 0.0
    for piece in spoken:
        begins.append(total)
        total += piece.seconds
    return b"".join(piece.frames for piece in spoken), begins, total


def _spoken_by(engine: Engine, prepared: Script) -> Speech:
    said = [engine.speak(sentence.segments, prepared.speed) for sentence in prepared.sentences]
    pcm = [piece for piece in said if isinstance(piece, Pcm)]
    mp3 = [piece for piece in said if isinstance(piece, Mp3)]
    data, begins, total = _joined_pcm(pcm) if pcm else _joined_mp3(mp3)
    marks = [
        Mark(sentence.start, sentence.end, begin)
        for sentence, begin in zip(prepared.sentences, begins, strict=True)
    ]
    return Speech(data, total, tuple(marks), engine.name)


class Speaker:
    """Speaks with the first of its engines that has the languages of a text and does not fail."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self.engines = tuple(engines)

    def speak(self, prepared: Script, *, public: bool) -> Speech:
        """Return a script spoken, all of it by one engine.

        A text that is not `public` (what somebody wrote in a chat) goes to no engine that sends text away.
        Raises the last engine's SpeechError, or LanguageNotSpoken when none has a voice for the text.
        """
        failure: SpeechError = LanguageNotSpoken("no engine has a voice for this text: enable eSpeak NG")
        for engine in self.engines:
            if not prepared.can_be_spoken_by(engine) or (engine.sends_text_away and not public):
                continue
            try:
                return _spoken_by(engine, prepared)
            except SpeechError as error:
                log.warning("%s did not speak: %s", engine.name, error)
                failure = error
        raise failure


def speaker(*, google: bool) -> Speaker:
    """Return the speaker of the project: Google's Spanish voice first where it is enabled, then eSpeak NG."""
    return Speaker([GoogleEngine(), EspeakEngine()] if google else [EspeakEngine()])
