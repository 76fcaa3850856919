"""What the voices make of prepared text, read from eSpeak NG's own transcript in the phonetic alphabet."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from voice.engines.espeak import VOICES
from voice.pieces import Language
from voice.speakable import prepare

# text, language, what must be heard, what must not
HEARD: list[tuple[str, Language, str, str]] = [
    ("RENIEC", "es", "renjˈek", "s"),
    ("DNI", "es", "de ˈene ˈi", "dni"),
    ("S/ 25.00", "es", "eɪntisˈinko sˈoles", "βaɾa"),
    ("8:30", "es", "mˈeðja", "tɾˈeɪnta"),
    ("18 %", "es", "poɾ sjˈɛnto", "%"),
    ("RENIECpa", "qu", "renjˈekpa", "ts"),
    ("SUNATman", "qu", "sunˈatman", "aː"),
    ("DNIyki", "qu", "dˈe ˈene ˈijki", "aː"),
    ("ch'isi", "qu", "tʃˈisi", "aː"),
    ("sunqu", "qu", "sˈonqo", "u"),
    ("qillqa", "qu", "qˈeʎqa", "i"),
    ("códigowan", "qu", "kodiɡˈowan", "ts"),
    ("17", "qu", "qantʃisnˈijoq", "hˈuk"),
    ("Banco de la Nación", "qu", "bˈanko ðe la nasjˈon", "ts"),
    ("licenciaykita", "qu", "lisensjajkˈita", "ts"),
    ("arí", "qu", "aɾˈi", "ˈari"),
]


@pytest.fixture(scope="module")
def heard() -> dict[str, str]:
    segments = [(text, prepare(text, language)[0].segments) for text, language, _, _ in HEARD]
    asked = [(said, VOICES[voice]) for _, each in segments for said, voice in each]
    command = (sys.executable, str(Path(__file__).parent / "transcribe.py"))
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60
    )
    transcripts = iter(json.loads(done.stdout))
    return {text: " ".join(next(transcripts) for _ in each) for text, each in segments}


@pytest.mark.parametrize(("text", "language", "wanted", "unwanted"), HEARD, ids=[each[0] for each in HEARD])
def test_the_voice_says_it_right(
    text: str, language: Language, wanted: str, unwanted: str, heard: dict[str, str]
) -> None:
    without_minor_stress = heard[text].replace("ˌ", "")
    assert wanted in without_minor_stress
    assert unwanted not in without_minor_stress
