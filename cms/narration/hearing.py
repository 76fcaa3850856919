"""The recording somebody hears: a person's where there is one of this text, else the best voice's."""

from typing import Any

from cms.narration.keeping import Audio
from cms.narration.making import ready
from cms.narration.recordings import person_for
from cms.narration.told import Line, script_for


def heard(codigo: str, part: str, locale: str, lines: tuple[Line, ...]) -> Audio:
    """Of a part of a public ficha, told in `lines`. Raises Busy, and the SpeechError of a voice that fails."""
    return person_for(codigo, part, locale, lines) or ready(script_for(lines))


def for_player(audio: Audio) -> dict[str, Any]:
    """What a player needs to know before it plays."""
    return {
        "seconds": audio.seconds,
        "bytes": len(audio.mp3),
        "voice": audio.engine.partition(":")[0],
        "sentences": [[timed.seconds, timed.text] for timed in audio.sentences],
    }
