"""Speech as MP3, and the key under which it is kept."""

import hashlib
import json
from collections.abc import Sequence

import lameenc

from voice.engines.interface import Pcm
from voice.mpeg import without_tags
from voice.pieces import Segment

KBIT = 32  # speech of one voice is clear at this, at 4 kB a second
_QUALITY = 7  # of LAME's 0 (slow, best) to 9: half the time of 5, see docs/adr/0007-speech.md
_FORMAT = 1  # raise it when what is made of the same words changes: bit rate, pauses, encoder


def encode(speech: Pcm) -> bytes:
    """Return speech as MP3 of 32 kbit/s with one channel, at the rate of the samples."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(KBIT)
    encoder.set_in_sample_rate(speech.rate)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    return without_tags(bytes(encoder.encode(speech.samples)) + bytes(encoder.flush()))


def cache_key(text: str, sentences: Sequence[Sequence[Segment]], voice: str, speed: float) -> str:
    """Return the name (64 hexadecimal digits) under which the speech of a text is kept.

    `sentences` is the text as prepared. It stands for the version of the preparation: a change in the
    preparation gives a new key to the texts that are read differently by it, and to no others. The text itself
    is part of it because the marks point into it.
    """
    content = [
        _FORMAT,
        KBIT,
        voice,
        f"{speed:.2f}",
        text,
        [[list(segment) for segment in each] for each in sentences],
    ]
    # Lone surrogates cannot be encoded; escaped they can.
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode("ascii")).hexdigest()
