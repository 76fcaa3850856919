"""A text from words to MP3: the order of the engines, what may be sent away, and the marks."""

from collections.abc import Sequence

import pytest

from voice.engines.espeak import EspeakEngine
from voice.engines.google import GoogleEngine
from voice.engines.interface import EngineUnavailable, LanguageNotSpoken, Pcm
from voice.mpeg import seconds
from voice.pieces import Language, Segment
from voice.speaking import NothingToSay, Speaker, script, script_of, speaker

TEXT = "Paga S/ 33.00 en Págalo.pe.\n- Lleva tu DNI.\n¿Dudas? Llama al 1800."


class Outside:
    """An engine that sends text away; it fails when told so and remembers what it was given."""

    name = "outside"
    languages: frozenset[Language] = frozenset({"es"})
    sends_text_away = True

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.given: list[str] = []

    def speak(self, segments: Sequence[Segment], speed: float) -> Pcm:
        self.given.append(segments[0].text)
        if self.broken and len(self.given) > 1:
            raise EngineUnavailable("wait")
        return Pcm(bytes(2 * 22050), 22050)


def test_the_first_engine_that_can_speaks_all_of_it(espeak: EspeakEngine) -> None:
    outside = Outside()
    speech = Speaker([outside, espeak]).speak(script(TEXT, "es"), public=True)
    assert speech.engine == "outside"
    assert len(outside.given) == 4


def test_when_one_fails_in_the_middle_the_next_begins_anew(espeak: EspeakEngine) -> None:
    speech = Speaker([Outside(broken=True), espeak]).speak(script(TEXT, "es"), public=True)
    assert speech.engine == espeak.name
    assert len(speech.marks) == 4


def test_what_is_not_public_is_never_sent_away(espeak: EspeakEngine) -> None:
    outside = Outside()
    speech = Speaker([outside, espeak]).speak(script("Me llamo Ana.", "es"), public=False)
    assert speech.engine == espeak.name
    assert outside.given == []


def test_quechua_goes_to_the_engine_that_has_it(espeak: EspeakEngine) -> None:
    outside = Outside()
    speech = Speaker([outside, espeak]).speak(script("DNIykita qawachiy.", "qu"), public=True)
    assert (speech.engine, outside.given) == (espeak.name, [])


def test_when_nobody_can_the_reason_is_said() -> None:
    with pytest.raises(EngineUnavailable, match="wait"):
        Speaker([Outside(broken=True)]).speak(script(TEXT, "es"), public=True)
    with pytest.raises(LanguageNotSpoken, match="eSpeak NG"):
        Speaker([Outside()]).speak(script("Allinllachu, taytay.", "qu"), public=True)


def test_each_sentence_is_marked_where_it_stands_and_when_it_begins(espeak: EspeakEngine) -> None:
    speech = Speaker([espeak]).speak(script(TEXT, "es"), public=True)
    assert [TEXT[mark.start : mark.end] for mark in speech.marks] == [
        "Paga S/ 33.00 en Págalo.pe.",
        "Lleva tu DNI.",
        "¿Dudas?",
        "Llama al 1800.",
    ]
    begins = [mark.seconds for mark in speech.marks]
    assert begins[0] == 0
    assert begins == sorted(set(begins))
    assert begins[-1] < speech.seconds
    assert seconds(speech.mp3) == pytest.approx(speech.seconds, abs=0.15)


def test_the_key_is_known_before_the_speech_is_made(espeak: EspeakEngine) -> None:
    first, again, slower = script(TEXT, "es"), script(TEXT, "es"), script(TEXT, "es", speed=0.8)
    assert first.key(espeak) == again.key(espeak) != slower.key(espeak)
    assert first.key(espeak) != first.key(Outside())
    assert script("1800", "es").key(espeak) != script("1800", "qu").key(espeak)


@pytest.mark.parametrize("nothing", ["", " \n", "…", "\x00"])
def test_a_text_without_words_is_refused(nothing: str) -> None:
    with pytest.raises(NothingToSay, match="give it words"):
        script(nothing, "es")


def test_a_text_too_long_for_one_recording_is_refused_as_nothing_to_say() -> None:
    with pytest.raises(NothingToSay, match="split it at 20000"):
        script_of([("Lleva tu DNI. " * 1500, "es")])


def test_each_part_is_read_in_its_own_language_and_marked_in_the_whole(espeak: EspeakEngine) -> None:
    prepared = script_of([("Kaymi willakuy.", "qu"), ("Lleva 2 fotos.", "es")])
    assert [prepared.text[s.start : s.end] for s in prepared.sentences] == [
        "Kaymi willakuy.",
        "Lleva 2 fotos.",
    ]
    assert [{seg.language for seg in s.segments} for s in prepared.sentences] == [{"qu"}, {"es"}]
    assert script_of([(TEXT, "es")]).key(espeak) == script(TEXT, "es").key(espeak)


def test_limits_say_what_is_allowed() -> None:
    with pytest.raises(ValueError, match="split it at 20000"):
        script("a" * 20_001, "es")
    with pytest.raises(ValueError, match=r"0\.5 to 2\.0"):
        script("hola", "es", speed=3)


def test_google_comes_first_only_where_it_is_enabled() -> None:
    assert [type(engine) for engine in speaker(google=True).engines] == [GoogleEngine, EspeakEngine]
    assert [type(engine) for engine in speaker(google=False).engines] == [EspeakEngine]
