"""The small parts: payloads, contacts, the table of aspect words, the order of answerers, tokens."""

import pytest

from cms.accounts import tokens
from cms.conversations import answerers, aspect_words, results
from cms.conversations.answerers import Decision, NoAnswer, Question
from cms.conversations.contacts import read_contact
from cms.conversations.errors import InvalidContact, UnknownPayload
from cms.conversations.payloads import Payload, of_aspecto, of_locale, of_sede, read_payload
from cms.integrations.rasa.errors import RasaResting
from cms.tramites.schema import Aspecto

QUESTION = Question("1", "hola", "es", locale_chosen=False)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        (of_aspecto("sis-gratuito", "costo"), Payload("aspecto", "sis-gratuito", "costo")),
        (of_sede("centro-mac-piura", "horario"), Payload("sede", "centro-mac-piura", "horario")),
        (of_locale("qu"), Payload("locale", "qu")),
        ("handoff", Payload("handoff")),
        ("undo_handoff", Payload("undo_handoff")),
        ("ninguno", Payload("ninguno")),
    ],
)
def test_what_is_issued_is_read_back(text: str, payload: Payload) -> None:
    assert read_payload(text) == payload


@pytest.mark.parametrize("odd", ["\0", "\n", "\x1b", "\u202e", "\u200b"])
@pytest.mark.parametrize(
    "payload", ["aspecto:sis{}gratuito:costo", "sede:{}centro-mac-piura:horario", "handoff{}"]
)
def test_characters_one_cannot_see_are_refused_before_the_database_is_asked(payload: str, odd: str) -> None:
    with pytest.raises(UnknownPayload):
        read_payload(payload.format(odd))


@pytest.mark.parametrize(
    "text", ["", "aspecto", "aspecto::costo", "aspecto:a:b:costo", "sede:a:costo", "locale:", "Handoff"]
)
def test_nothing_else_is_understood(text: str) -> None:
    with pytest.raises(UnknownPayload):
        read_payload(text)


@pytest.mark.parametrize(
    ("text", "kind", "value", "masked"),
    [
        ("987 654 321", "phone", "987654321", "*** *** 321"),
        ("+51 987-654-321", "phone", "+51987654321", "*** *** 321"),
        ("(01) 456.7890", "phone", "014567890", "*** *** 890"),
        ("+591 71234567", "phone", "+59171234567", "*** *** 567"),
        (" ana@example.org ", "mail", "ana@example.org", "a***@example.org"),
    ],
)
def test_a_contact_is_read_and_masked(text: str, kind: str, value: str, masked: str) -> None:
    contact = read_contact(text)
    assert (contact.kind, contact.value, contact.masked) == (kind, value, masked)


@pytest.mark.parametrize(
    "text", ["", "123", "hola", "mi número es 987654321", "a@b", "20131312955x", "+5198", "9876543210123456"]
)
def test_what_reaches_nobody_is_no_contact(text: str) -> None:
    with pytest.raises(InvalidContact):
        read_contact(text)


@pytest.mark.parametrize(
    ("text", "aspecto"),
    [
        ("¿Cuánto cuesta?", "costo"), ("¿cuanto demora?", "plazo"), ("requisitos", "requisitos"),
        ("¿Qué necesito para el DNI?", "requisitos"), ("¿dónde queda?", "donde"), ("¿A qué hora atienden?", "horario"),
        ("¿Haykataq chanin?", "costo"), ("¿Imakunatam necesitani?", "requisitos"), ("¿Maypitaq?", "donde"),
        ("¿Hayka unaytaq suyasaq?", "plazo"), ("DNI", None), ("", None),
    ],
)  # fmt: skip
def test_aspects_are_guessed_in_both_languages(text: str, aspecto: str | None) -> None:
    assert aspect_words.guess(text) == aspecto


def test_every_aspect_of_the_table_exists() -> None:
    assert {aspecto for aspecto, _words in aspect_words.WORDS} <= set(Aspecto)


@pytest.mark.parametrize(
    "text", ["quiero hablar con una persona", "pásame con un asesor", "Runawanmi rimayta munani"]
)
def test_wanting_a_person_is_noticed(text: str) -> None:
    assert aspect_words.asks_for_person(text)


@pytest.mark.parametrize("text", ["¿puede ir otra persona por mí?", "¿cuánto cuesta?", "runa"])
def test_a_word_alone_is_no_wish_for_a_person(text: str) -> None:
    assert not aspect_words.asks_for_person(text)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answerers, "_answerers", {})


def says(key: str) -> answerers.Answerer:
    return lambda question: Decision("es", (results.Say(key=key),))  # type: ignore[arg-type]


def fails(question: Question) -> Decision:
    raise ValueError("broken")


def test_the_first_in_order_is_asked_first(nobody: None) -> None:
    answerers.register("late", says("thanks"), order=2)
    answerers.register("early", says("greeting"), order=1)
    decision = answerers.decide(QUESTION)
    assert decision.results == (results.Say(key="greeting"),)
    assert decision.fault == ""


def test_the_next_is_asked_when_one_fails_and_the_fault_is_told(nobody: None) -> None:
    answerers.register("broken", fails, order=1)
    answerers.register("other", says("thanks"), order=2)
    decision = answerers.decide(QUESTION)
    assert decision.results == (results.Say(key="thanks"),)
    assert decision.fault == "broken: ValueError"


def test_when_all_fail_nobody_pretends_to_know(nobody: None) -> None:
    answerers.register("broken", fails, order=1)
    with pytest.raises(NoAnswer, match="ValueError"):
        answerers.decide(QUESTION)


@pytest.mark.django_db
def test_a_fault_of_ours_is_logged_with_its_place_and_without_the_words(
    nobody: None, caplog: pytest.LogCaptureFixture
) -> None:
    def repeats_what_it_was_asked(question: Question) -> Decision:
        raise ValueError(f"what is {question.text!r}?")

    def rests(question: Question) -> Decision:
        raise RasaResting("left alone")

    asked = Question("1", "mi DNI es 45678912", "es", locale_chosen=False)
    answerers.register("assistant", rests, order=1)
    answerers.register("search", repeats_what_it_was_asked, order=2)
    with pytest.raises(NoAnswer):
        answerers.decide(asked)
    resting, broken = caplog.records
    assert resting.exc_info is None
    assert "RasaResting" in resting.getMessage()
    assert "in repeats_what_it_was_asked" in caplog.text
    assert "ValueError" in broken.getMessage()
    assert "45678912" not in caplog.text


def test_a_long_fault_fits_its_place(nobody: None) -> None:
    for place in range(20):
        answerers.register(f"the answerer number {place}", fails, order=place)
    answerers.register("other", says("thanks"), order=20)
    assert len(answerers.decide(QUESTION).fault) == answerers.MOST_FAULT


def test_a_name_is_registered_once(nobody: None) -> None:
    answerers.register("one", fails, order=1)
    answerers.register("one", fails, order=1)
    with pytest.raises(ValueError, match="already registered"):
        answerers.register("one", says("thanks"), order=1)


def test_a_token_fits_its_own_digest_only() -> None:
    token, other = tokens.new_token(), tokens.new_token()
    assert tokens.matches(token, tokens.digest(token))
    assert not tokens.matches(other, tokens.digest(token))
    assert not tokens.matches(token, "")
    assert len(token) >= 43
