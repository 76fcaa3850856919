"""The assistant slow, dead or talking nonsense: the citizen is answered all the same, and in time."""

import time
from typing import Any

import pytest

from cms.conversations import answerers
from cms.conversations.models import Message
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db
QUESTION = "¿qué necesito para el duplicado del DNI?"


@pytest.fixture(params=["dead", "failing", "garbage", "empty", "slow", "drip"])
def broken(request: pytest.FixtureRequest, rasa: RasaDouble, settings: Any) -> str:
    settings.ASSISTANT_TURN_SECONDS = 0.5
    if request.param == "dead":
        settings.RASA_URL = "http://127.0.0.1:9"
    rasa.manner = request.param
    rasa.slow_seconds = 2.0
    return str(request.param)


def test_the_search_answers_within_the_time_of_a_turn(ana: Citizen, broken: str) -> None:
    began = time.monotonic()
    [reply] = ana.says(QUESTION)
    assert time.monotonic() - began < 1.9
    assert reply["answer"]["codigo"] == "reniec-dni-duplicado"
    assert reply["answer"]["aspecto"] == "requisitos"
    assert reply["choices"][0]["payload"] == "handoff"
    assert Message.objects.get(conversation_id=ana.id, seq=reply["seq"]).fault


def test_a_dead_assistant_costs_nothing_after_a_few_tries(
    ana: Citizen, rasa: RasaDouble, settings: Any
) -> None:
    settings.ASSISTANT_TURN_SECONDS = 0.3
    rasa.manner, rasa.slow_seconds = "slow", 1.0
    ana.says(QUESTION)  # what only the first question costs
    waiting = min(_seconds(ana) for _ in range(2))
    calls = rasa.calls
    assert min(_seconds(ana) for _ in range(5)) < waiting - settings.ASSISTANT_TURN_SECONDS / 2
    assert rasa.calls == calls


def _seconds(ana: Citizen) -> float:
    """How long a question takes to be answered."""
    began = time.monotonic()
    ana.says(QUESTION)
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("text", "payload"),
    [("quiero hablar con una persona", "undo_handoff"), ("runawan rimayta munani", "undo_handoff")],
)
def test_a_person_is_reached_in_words_without_the_assistant(ana: Citizen, text: str, payload: str) -> None:
    [reply] = ana.says(text)
    assert reply["handoff"]["requested"] is True
    assert payload in [choice["payload"] for choice in reply["choices"]]


def test_what_is_not_known_is_said_and_the_person_offered(ana: Citizen) -> None:
    [reply] = ana.says("zzyzx qwerty plugh")
    assert reply["answer"] is None
    assert reply["choices"][0]["payload"] == "handoff"


def test_the_context_holds_without_the_assistant(ana: Citizen) -> None:
    ana.says(QUESTION)
    [reply] = ana.says("¿cuánto cuesta?")
    assert reply["answer"]["codigo"] == "reniec-dni-duplicado"
    assert reply["answer"]["aspecto"] == "costo"


def test_quechua_is_answered_in_quechua_without_the_assistant(ana: Citizen) -> None:
    [reply] = ana.says("¿Haykataq DNI duplicadopa chanin?")
    assert reply["locale"] == "qu"
    assert reply["answer"]["aspecto"] == "costo"


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(question: answerers.Question) -> answerers.Decision:
        raise RuntimeError("the index is gone")

    monkeypatch.setattr(answerers, "_answerers", {"broken": (1, broken)})


def test_when_nothing_works_an_honest_sentence_offers_a_person(ana: Citizen, nobody_answers: None) -> None:
    [reply] = ana.says(QUESTION)
    assert "1800" in reply["text"]
    assert reply["choices"][0]["payload"] == "handoff"
    assert reply["handoff"]["phone"] == "1800"
    assert "RuntimeError" in Message.objects.get(conversation_id=ana.id, seq=reply["seq"]).fault


def test_no_word_of_the_citizen_reaches_the_log(
    ana: Citizen, nobody_answers: None, caplog: pytest.LogCaptureFixture
) -> None:
    ana.says("mi DNI es 45678912")
    assert "45678912" not in caplog.text


def test_an_answer_about_a_ficha_that_is_gone_says_so(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [{"type": "answer", "codigo": "no-existe", "aspecto": "costo"}]
    [reply] = ana.says("¿cuánto cuesta?")
    assert reply["answer"] is None
    assert reply["choices"][0]["payload"] == "handoff"
