import pytest

from assistant.components.language import decide


@pytest.mark.parametrize(
    "text",
    ["¿Cuánto cuesta sacar el pasaporte?", "quiero renovar mi licencia de conducir", "a qué hora atienden"],
)
def test_plain_spanish_is_spanish_wherever_the_conversation_was(text):
    for before in ("es", "qu", None):
        assert decide(text, {"locale": before})["locale"] == "es"


@pytest.mark.parametrize(
    "text",
    [
        "¿Haykataq pasaportepa chanin?",
        "imakunatan necesitani DNI orqonaypaq",
        "maypitaq breveteyta renovasaq",
    ],
)
def test_plain_quechua_is_quechua_wherever_the_conversation_was(text):
    for before in ("es", "qu", None):
        decision = decide(text, {"locale": before})
        assert decision["locale"] == "qu"
        assert decision["score"] > 0


@pytest.mark.parametrize("text", ["DNI", "pasaporte", "Pampachiri", "ok", "123", "?"])
def test_words_of_both_languages_never_switch_the_conversation(text):
    for before in ("es", "qu"):
        assert decide(text, {"locale": before})["locale"] == before


def test_the_language_chosen_wins_but_the_words_are_still_read_as_what_they_are():
    decision = decide("¿Cuánto cuesta sacar el pasaporte?", {"locale": "qu", "locale_chosen": True})
    assert decision["locale"] == "qu"
    assert decision["reading"] == "es"
