"""Frames of MPEG audio layer III: enough of the format to check, measure and join pieces of MP3.

Source: ISO/IEC 11172-3 (MPEG-1) and 13818-3 (MPEG-2), header of a frame; 2.5 halves the rates of 2.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Frame(NamedTuple):
    """One frame: where it begins, its size in bytes, its samples a channel and their rate."""

    start: int
    size: int
    samples: int
    rate: int
    channels: int
    kbit: int


_KBIT_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER_3 = 1
_MONO = 3
_HEADER = 4
_ID3 = 10


def _frame(data: bytes, at: int) -> Frame:
    word = int.from_bytes(data[at : at + _HEADER], "big")
    version, layer, bitrate, rate = word >> 19 & 3, word >> 17 & 3, word >> 12 & 15, word >> 10 & 3
    if word >> 21 != 0x7FF or layer != _LAYER_3 or version == 1 or bitrate in (0, 15) or rate == 3:
        raise ValueError(f"no MPEG layer III frame at byte {at}: this is no MP3")
    kbit = (_KBIT_1 if version == 3 else _KBIT_2)[bitrate]
    hertz = _RATES[version][rate]
    samples = 1152 if version == 3 else 576
    size = samples // 8 * kbit * 1000 // hertz + (word >> 9 & 1)
    return Frame(at, size, samples, hertz, 1 if word >> 6 & 3 == _MONO else 2, kbit)


def without_tags(data: bytes) -> bytes:
    """Return MP3 data without an ID3v2 tag before and an ID3v1 tag behind it."""
    if data[:3] == b"ID3" and len(data) >= _ID3:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        data = data[_ID3 + size :]
    return data[:-128] if data[-128:-125] == b"TAG" else data


def frames(data: bytes) -> Iterator[Frame]:
    """Yield the frames of MP3 data without tags; a last one cut short is left out.

    Raises ValueError where no frame begins.
    """
    at = 0
    while at + _HEADER <= len(data):
        frame = _frame(data, at)
        if at + frame.size > len(data):
            return
        yield frame
        at += frame.size


def seconds(data: bytes) -> float:
    """Return how long MP3 data without tags plays. Raises ValueError as `frames` does."""
    return sum(frame.samples / frame.rate for frame in frames(data))
