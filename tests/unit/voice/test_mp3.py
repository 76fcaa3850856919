"""MP3 in terms of its headers, and the key under which speech is kept."""

import math
from array import array

import pytest

from voice.engines.interface import Mp3, Pcm
from voice.mp3 import cache_key, encode
from voice.mpeg import frames, seconds, without_tags
from voice.pieces import Segment


def tone(length: float, rate: int = 22050) -> Pcm:
    wave = array("h", (int(9000 * math.sin(at / 9)) for at in range(int(rate * length))))
    return Pcm(wave.tobytes(), rate)


def test_speech_becomes_frames_of_32_kbit_with_one_channel() -> None:
    data = encode(tone(2.0))
    found = list(frames(data))
    assert data[:2] == b"\xff\xf3"  # the sync word, MPEG-2 layer III
    assert {(frame.kbit, frame.channels, frame.rate) for frame in found} == {(32, 1, 22050)}
    assert found[-1].start + found[-1].size == len(data)


def test_the_frames_play_as_long_as_the_speech() -> None:
    assert seconds(encode(tone(3.0))) == pytest.approx(3.0, abs=0.15)  # a decoder's delay is a few frames


def test_a_minute_of_speech_takes_a_quarter_of_a_megabyte() -> None:
    assert len(encode(tone(6.0))) * 10 == pytest.approx(240_000, rel=0.05)


def test_pieces_of_one_kind_can_be_joined() -> None:
    piece = encode(tone(1.0))
    assert seconds(piece + piece) == pytest.approx(2 * Mp3(piece).seconds)


@pytest.mark.parametrize(
    ("header", "size", "samples", "rate"),
    [
        ("fffb9064", 417, 1152, 44100),  # MPEG-1, 128 kbit/s
        ("fffb9264", 418, 1152, 44100),  # the same, padded
        ("fff384c4", 192, 576, 24000),  # MPEG-2, 64 kbit/s, one channel: what Google sends
        ("ffe340c4", 208, 576, 11025),  # MPEG-2.5, 32 kbit/s
    ],
)
def test_headers_are_read_as_the_standard_says(header: str, size: int, samples: int, rate: int) -> None:
    (frame,) = frames(bytes.fromhex(header).ljust(size, b"\0"))
    assert (frame.size, frame.samples, frame.rate) == (size, samples, rate)


@pytest.mark.parametrize(
    "data", [b"<html>no</html>", b"\xff\xff\xff\xff", b"RIFF\0\0\0\0WAVE", b"\xff\xf3\xf8\xc4"]
)
def test_what_is_no_mp3_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no MP3"):
        list(frames(data))


def test_a_frame_cut_short_does_not_count() -> None:
    data = encode(tone(1.0))
    assert len(list(frames(data[:-10]))) == len(list(frames(data))) - 1


def test_tags_around_the_frames_are_taken_off() -> None:
    data = encode(tone(0.5))
    tagged = b"ID3\x04\0\0\0\0\x01\x00" + bytes(128) + data + b"TAG" + bytes(125)
    assert without_tags(tagged) == data


def test_the_key_changes_with_all_that_is_heard_or_marked() -> None:
    said = [[Segment("treinta y tres soles", "es")]]
    key = cache_key("S/ 33", said, "espeak-ng", 1.0)
    others = {
        cache_key("S/ 33.00", said, "espeak-ng", 1.0),
        cache_key("S/ 33", [[Segment("treinta y tres nuevos soles", "es")]], "espeak-ng", 1.0),
        cache_key("S/ 33", [[Segment("treinta y tres soles", "qu")]], "espeak-ng", 1.0),
        cache_key("S/ 33", [[Segment("treinta y", "es")], [Segment("tres soles", "es")]], "espeak-ng", 1.0),
        cache_key("S/ 33", said, "google", 1.0),
        cache_key("S/ 33", said, "espeak-ng", 0.8),
    }
    assert len(others | {key}) == 7
    assert key == cache_key("S/ 33", list(said), "espeak-ng", 1.0)
    assert len(key) == 64


def test_a_lone_surrogate_has_a_key_too() -> None:
    assert cache_key("\ud800", [], "espeak-ng", 1.0)
