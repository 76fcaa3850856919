"""A file with somebody's voice made what citizens hear: MP3, light enough for a slow line."""

import io
import wave
from array import array

from voice.engines.interface import Pcm
from voice.mp3 import encode
from voice.mpeg import frames, without_tags

MOST_BYTES = 120 * 1024 * 1024
MOST_SECONDS = 20 * 60
MOST_KBIT = 64


class NotHeard(ValueError):
    """The file cannot be used; the message says, in Spanish, what to do."""


def mp3_of(data: bytes) -> tuple[bytes, float]:
    """The recording and its seconds, of a WAV or MP3 file. Raises NotHeard."""
    mp3 = _from_wav(data) if data[:4] == b"RIFF" else without_tags(data)
    try:
        found = list(frames(mp3))
    except ValueError:
        raise NotHeard("Este archivo no es MP3 ni WAV. Guarda la grabación en uno de los dos.") from None
    seconds = sum(frame.samples / frame.rate for frame in found)
    if not 0.5 < seconds <= MOST_SECONDS:
        raise NotHeard("La grabación debe durar entre un segundo y veinte minutos.")
    if max(frame.kbit for frame in found) > MOST_KBIT:
        raise NotHeard("El MP3 pesa demasiado: guárdalo con 64 kbit/s o menos, o sube el WAV.")
    return mp3, round(seconds, 2)


def _from_wav(data: bytes) -> bytes:
    try:
        with wave.open(io.BytesIO(data)) as sound:
            channels, width, rate = sound.getnchannels(), sound.getsampwidth(), sound.getframerate()
            if sound.getnframes() > MOST_SECONDS * rate:
                raise NotHeard("La grabación debe durar veinte minutos como máximo.")
            samples = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError):
        raise NotHeard("Este WAV no se puede leer. Guárdalo otra vez, o en MP3.") from None
    if width != 2 or channels not in (1, 2) or not 8000 <= rate <= 48000:
        raise NotHeard("El WAV debe tener 16 bits, uno o dos canales y de 8 a 48 kHz.")
    return encode(Pcm(_one_channel(samples) if channels == 2 else samples, rate))


def _one_channel(samples: bytes) -> bytes:
    both = array("h", samples[: len(samples) // 4 * 4])
    left, right = both[::2], both[1::2]
    return array("h", ((a + b) // 2 for a, b in zip(left, right, strict=True))).tobytes()
