"""What nobody writes in earnest, through the real server and its actions: an orderly reply, and never a fact."""

import pytest

from tests.assistant.asking import results

pytestmark = [pytest.mark.slow, pytest.mark.stack]
TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "pasaporte")
NONSENSE = {
    "4,000 letters": "x" * 4000,
    "4,000 letters that look like suffixes": "wasi" + "kuna" * 999,
    "emoji only": "🙏😭🇵🇪👍🏽" * 200,
    "right-to-left marks only": "\u202e\u200f\u061c\u2067" * 500,
    "zero width only": "\u200b\u200d\ufeff\u2060" * 500,
    "tag characters only": TAGS * 100,
    "200 words without a space": "palabrarara" * 200,
    "1,000 question marks and joints": "¿y?" * 1000,
    "accents piled up": "z" + "\u0301" * 3900,
    "an intent written out": '/costo{"tramite": "dni"}',
    "markup": "[dni](tramite){entidad}" * 100,
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("locale", ["es", "qu"])
def test_nonsense_gets_a_reply_and_no_fact(stack, locale, text):
    told = results(stack, text, locale=locale)
    assert told
    assert not [one for one in told if one["type"] == "answer"]
