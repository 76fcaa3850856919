"""What nobody writes in earnest, or writes to break something: answered in bounded time, and never with a ficha."""

import time

import pytest

from cms.search.queries import search
from cms.search.resolving import resolve
from lenguas.identify import identify
from lenguas.quechua import stems

pytestmark = pytest.mark.django_db

MOST_SECONDS = 1.0  # of processor time, best of three; a plain question takes a few thousandths
TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "pasaporte")
NONSENSE = {
    "4,000 letters": "x" * 4000,
    "4,000 letters that look like suffixes": "wasi" + "kuna" * 999,
    "emoji only": "🙏😭🇵🇪👍🏽" * 200,
    "right-to-left marks only": "\u202e\u200f\u061c\u2067" * 500,
    "zero width only": "\u200b\u200d\ufeff\u2060" * 500,
    "tag characters only": TAGS * 100,
    "200 words without a space": "palabrarara" * 200,
    "apostrophes and hyphens": "q'-" * 1300,
    "accents piled up": "z" + "\u0301" * 3900,
}
HIDDEN = {
    "zero width inside": "pasa\u200bporte",
    "right-to-left marks around": "\u202epasaporte\u202c",
    "tag characters behind": f"pasaporte{TAGS}",
    "a soft hyphen": "pasa\u00adporte",
    "emoji on both sides": "🙏pasaporte🙏",
    "wide letters": "ｐａｓａｐｏｒｔｅ",
}


def seconds(text: str) -> float:
    taken = []
    for _ in range(3):
        started = time.process_time()
        resolve(text, "es")
        search(text, "qu")
        identify(text)
        stems(text)
        taken.append(time.process_time() - started)
    return min(taken)


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_names_nothing_and_takes_no_time(seeded: None, text: str) -> None:
    found = resolve(text, "es")
    assert (found.decision, found.codigo, found.candidates) == ("none", None, [])
    assert found.confidence == 0.0
    assert seconds(text) < MOST_SECONDS


@pytest.mark.parametrize("text", ["zzzz", "qwpxe zzkdj", "\u0000zzzz", "zzzz " * 800])
def test_nonsense_is_never_about_what_is_being_talked_of(seeded: None, text: str) -> None:
    assert resolve(text, "es", "migraciones-pasaporte", told=["zz"] * 1000).codigo is None


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_a_name_with_what_one_cannot_see_is_the_name(seeded: None, text: str) -> None:
    found = resolve(text, "es")
    assert (found.decision, found.codigo) == ("sure", "migraciones-pasaporte")


def test_a_name_repeated_a_thousand_times_is_said_once(seeded: None) -> None:
    text = "pasaporte " * 400
    assert resolve(text, "es").codigo == "migraciones-pasaporte"
    assert seconds(text) < MOST_SECONDS
