"""The door to the assistant, against a server that behaves as it does, and as it should not."""

import time
from collections.abc import Iterator

import pytest

from cms.integrations.rasa.client import RasaClient
from cms.integrations.rasa.errors import (
    RasaError,
    RasaGarbled,
    RasaRefused,
    RasaResting,
    RasaTimeout,
    RasaUnreachable,
)
from cms.integrations.rasa.schemas import Answer, Metadata, Subject, TurnRequest
from tests.integration.conversations.rasa_double import RasaDouble

REQUEST = TurnRequest(
    sender="5b0c7d9c-6a55-4b9e-8f0a-0d3f4c1f6a11",
    message="¿cuánto cuesta?",
    metadata=Metadata(
        locale="es",
        locale_chosen=False,
        codigo="reniec-dni-duplicado",
        aspecto=None,
        sede=None,
        options=[Subject(codigo="sis-gratuito", aspecto="costo"), Subject(sede="centro-mac-piura")],
        misses=1,
    ),
)


@pytest.fixture
def double() -> Iterator[RasaDouble]:
    double = RasaDouble("secret")
    double.start()
    yield double
    double.stop()


@pytest.fixture
def client(double: RasaDouble) -> Iterator[RasaClient]:
    client = RasaClient(double.url, "secret", 0.5)
    yield client
    client.close()


def test_the_whole_context_arrives(double: RasaDouble, client: RasaClient) -> None:
    client.ask(REQUEST)
    [heard] = double.heard
    assert (heard.sender, heard.text) == (REQUEST.sender, REQUEST.message)
    assert heard.metadata["codigo"] == "reniec-dni-duplicado"
    assert heard.metadata["options"] == [
        {"codigo": "sis-gratuito", "sede": None, "aspecto": "costo"},
        {"codigo": None, "sede": "centro-mac-piura", "aspecto": None},
    ]
    assert heard.metadata["misses"] == 1


def test_decisions_come_back_typed(double: RasaDouble, client: RasaClient) -> None:
    double.results = lambda incoming: [{"type": "answer", "codigo": "sis-gratuito", "aspecto": "costo"}]
    response = client.ask(REQUEST)
    assert response.results == [Answer(codigo="sis-gratuito", aspecto="costo")]
    assert response.locale == "es"


@pytest.mark.parametrize(
    "result",
    [
        {"type": "answer", "aspecto": "costo"},
        {"type": "answer", "codigo": "a", "sede": "b", "aspecto": "costo"},
        {"type": "answer", "codigo": "a"},
        {"type": "answer", "codigo": "../etc", "aspecto": "costo"},
        {"type": "say", "key": "whatever"},
        {"type": "say"},
        {"type": "text", "text": "El DNI cuesta 30 soles"},
        {"type": "handoff", "reason": "bored"},
        {"type": "locale", "locale": "en"},
        {"type": "choices", "reason": "which_tramite", "options": [{"codigo": "a"}] * 5},
        "costo",
    ],
)
def test_what_was_not_agreed_is_refused(double: RasaDouble, client: RasaClient, result: object) -> None:
    double.results = lambda incoming: [result]  # type: ignore[list-item]
    with pytest.raises(RasaGarbled):
        client.ask(REQUEST)


@pytest.mark.parametrize(
    ("manner", "error"),
    [("garbage", RasaGarbled), ("empty", RasaGarbled), ("failing", RasaRefused), ("slow", RasaTimeout),
     ("drip", RasaError)],
)  # fmt: skip
def test_each_fault_is_known_within_the_time_of_a_turn(
    double: RasaDouble, client: RasaClient, manner: str, error: type[RasaError]
) -> None:
    double.manner, double.slow_seconds = manner, 2.0
    began = time.monotonic()
    with pytest.raises(error):
        client.ask(REQUEST)
    assert time.monotonic() - began < 1.6  # the double would take two seconds


def test_a_wrong_secret_is_refused(double: RasaDouble) -> None:
    client = RasaClient(double.url, "another", 0.5)
    with pytest.raises(RasaRefused, match="401"):
        client.ask(REQUEST)
    client.close()


def test_nobody_there_is_known_at_once() -> None:
    client = RasaClient("http://127.0.0.1:9", "secret", 4.0)
    began = time.monotonic()
    with pytest.raises(RasaUnreachable):
        client.ask(REQUEST)
    assert time.monotonic() - began < 2.0  # of the four it could have waited
    client.close()


def test_after_three_faults_it_is_not_asked_for_a_while(double: RasaDouble, client: RasaClient) -> None:
    double.manner = "failing"
    for _ in range(3):
        with pytest.raises(RasaRefused):
            client.ask(REQUEST)
    with pytest.raises(RasaResting):
        client.ask(REQUEST)
    assert double.calls == 3


def test_no_error_repeats_what_was_received(double: RasaDouble, client: RasaClient) -> None:
    double.results = lambda incoming: [{"type": "say", "key": incoming.text}]
    with pytest.raises(RasaGarbled) as caught:
        client.ask(REQUEST)
    assert REQUEST.message not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_longest_code_of_a_ficha_is_no_garbage(double: RasaDouble, client: RasaClient) -> None:
    codigo = "-".join(["a" * 19] * 10)
    double.results = lambda incoming: [{"type": "answer", "codigo": codigo, "aspecto": "costo"}]
    assert client.ask(REQUEST).results == [Answer(codigo=codigo, aspecto="costo")]
