"""What every engine is to its caller, what it gives and what can go wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voice.mpeg import seconds as mpeg_seconds
from voice.pieces import Language, Segment


class SpeechError(Exception):
    """No speech was made; the message says what to do about it and never holds the text."""


class EngineUnavailable(SpeechError):
    """The engine is not there, cannot be reached or asks to be left alone for a while."""


class EngineTimeout(SpeechError):
    """The engine took longer than its caller waits."""


class EngineFailed(SpeechError):
    """The engine answered, but with something that is no speech."""


class LanguageNotSpoken(SpeechError):
    """The engine has no voice for a language of the text."""


@dataclass(frozen=True)
class Pcm:
    """Speech as samples: 16 bit signed little endian, one channel, `rate` a second."""

    samples: bytes
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / 2 / self.rate


@dataclass(frozen=True)
class Mp3:
    """Speech as frames of MPEG layer III without tags."""

    frames: bytes

    @property
    def seconds(self) -> float:
        return mpeg_seconds(self.frames)


class Engine(Protocol):
    """Speaks one sentence at a time."""

    @property
    def name(self) -> str:
        """The engine and what else decides its sound; a part of the key under which speech is kept."""
        ...

    @property
    def languages(self) -> frozenset[Language]:
        """The languages it has a voice for."""
        ...

    @property
    def sends_text_away(self) -> bool:
        """Whether the text leaves the machine: only public text may then be given to it."""
        ...

    def speak(self, segments: Sequence[Segment], speed: float) -> Pcm | Mp3:
        """Return one sentence spoken; `speed` 1.0 is normal, 0.5 half of it, 2.0 double.

        Raises a SpeechError.
        """
        ...
