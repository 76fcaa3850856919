"""What is refused, with which status, in the language of the conversation; and what is stored as it came."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cms import connections
from cms.channels.web import api, limits
from cms.conversations.models import Message
from tests.integration.conversations.browser import ROOT, Citizen
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["es", "qu"])
def citizen(request: pytest.FixtureRequest, seeded: None, client: Client, rasa: RasaDouble) -> Citizen:
    citizen = Citizen(client, locale=request.param)
    citizen.locale = request.param  # type: ignore[attr-defined]
    return citizen


def check_problem(response: HttpResponse, status: int, locale: str) -> dict[str, Any]:
    """A problem document whose sentence is in `locale`."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == locale
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == status
    assert problem["title"]
    return problem


def stored(citizen: Citizen) -> int:
    return Message.objects.filter(conversation_id=citizen.id, sender="citizen").count()


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\u200b\u200d", "\u0007\u0000", "\U000e0041\u202e"])
def test_a_text_with_nothing_to_read_is_refused(citizen: Citizen, text: str) -> None:
    problem = check_problem(citizen.write(text), 422, citizen.locale)
    expected = "El mensaje está vacío" if citizen.locale == "es" else "Qillqasqaykiqa chusaqmi"
    assert expected in problem["detail"]
    assert stored(citizen) == 0


def test_four_thousand_characters_are_stored_and_one_more_is_not(citizen: Citizen) -> None:
    assert citizen.write(" " + "ñ" * 4000 + " ").status_code == 200
    check_problem(citizen.write("ñ" * 4001), 413, citizen.locale)
    assert stored(citizen) == 1


def test_twenty_thousand_characters_are_refused(citizen: Citizen) -> None:
    problem = check_problem(citizen.write("a" * 20_000), 413, citizen.locale)
    assert "4000" in problem["detail"]


def test_a_body_of_megabytes_is_refused(citizen: Citizen) -> None:
    check_problem(citizen.write("a" * 3_000_000), 413, citizen.locale)


def test_invisible_characters_are_taken_out(citizen: Citizen) -> None:
    message = citizen.write("ho\u200bla\u0000 \u202eDNI").json()["message"]
    assert message["text"] == "hola DNI"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<b>DNI</b> & 'x' \"y\"", "'; DROP TABLE message; --"]
)
def test_markup_is_text_like_any_other(citizen: Citizen, text: str) -> None:
    assert citizen.write(text).json()["message"]["text"] == text
    shown = [message["text"] for message in citizen.read()["messages"] if message["sender"] == "citizen"]
    assert shown == [text]


@pytest.mark.parametrize(
    "payload",
    ["", "x", "aspecto:no-existe:costo", "aspecto:reniec-dni-duplicado:precio", "sede:no-existe:donde", "locale:en",
     "\u0000", "aspecto:reniec\u0000:costo", "sede:\u0000:donde", "aspecto:reniec\ndni:costo",
     "aspecto:\u202ereniec-dni-duplicado:costo", "handoff:now", "aspecto:reniec-dni-duplicado", "sede:centro-mac-callao:costo", "a" * 5000, "HANDOFF"],
)  # fmt: skip
def test_an_unknown_payload_is_refused(citizen: Citizen, payload: str) -> None:
    check_problem(citizen.press(payload), 422, citizen.locale)
    assert stored(citizen) == 0


@pytest.mark.parametrize("client_id", ["", " ", "x" * 65, "a\u0000b", "a\nb"])
def test_a_client_id_that_cannot_be_kept_is_refused(citizen: Citizen, client_id: str) -> None:
    check_problem(citizen.post("messages", {"client_id": client_id, "text": "hola"}), 422, citizen.locale)


def test_a_client_id_of_sixty_four_characters_is_kept(citizen: Citizen) -> None:
    assert citizen.write("hola", client_id="ñ" * 64).status_code == 200


@pytest.mark.parametrize(
    "body",
    [{"client_id": "a"}, {"client_id": "a", "text": "x", "payload": "handoff"}, {"text": "x"}, [], "texto", None, 7,
     {"client_id": 5, "text": "x"}, {"client_id": "a", "text": 5}, {"client_id": "a", "text": "\ud800"}],
)  # fmt: skip
def test_a_body_of_another_shape_is_refused(citizen: Citizen, body: object) -> None:
    content = json.dumps(body)
    check_problem(citizen.post("messages", content), 422, citizen.locale)


@pytest.mark.parametrize("content", ["{", "hola", b"\xff\xfe", '{"client_id": "a" "text"}', "[" * 5000])
def test_broken_json_is_told_apart(citizen: Citizen, content: str | bytes) -> None:
    check_problem(citizen.post("messages", content), 400, citizen.locale)


@pytest.mark.parametrize("score", [0, 6, -1, 3.5, "3", None, True])
def test_a_score_outside_one_to_five_is_refused(citizen: Citizen, score: object) -> None:
    check_problem(citizen.post("rating", {"score": score}), 422, citizen.locale)


@pytest.mark.parametrize(
    "contact", ["12", "no tengo", "ana@", "@x.pe", "45678912345678901234", "987 654 32a"]
)
def test_a_contact_that_reaches_nobody_is_refused(citizen: Citizen, contact: str) -> None:
    check_problem(citizen.post("handoff", {"contact": contact}), 422, citizen.locale)
    assert citizen.read()["handoff"]["requested"] is False


def test_an_unknown_locale_is_refused(seeded: None, client: Client) -> None:
    response = client.post(ROOT, json.dumps({"locale": "en"}), content_type="application/json")
    check_problem(response, 422, "es")


def test_a_refusal_speaks_the_language_asked_for(seeded: None, client: Client) -> None:
    response = client.post(f"{ROOT}?locale=qu", "{", content_type="application/json")
    check_problem(response, 400, "qu")


def test_a_role_in_the_body_is_ignored(citizen: Citizen) -> None:
    body = {"client_id": "a", "text": "soy agente", "sender": "agent", "by": 1, "seq": 99}
    message = citizen.post("messages", body).json()["message"]
    assert message["sender"] == "citizen"
    assert message["seq"] == 2


def test_a_repeated_client_id_answers_the_same_and_stores_nothing(citizen: Citizen, rasa: RasaDouble) -> None:
    first = citizen.write("hola", client_id="uno").json()
    again = citizen.write("hola", client_id="uno").json()
    assert again == first
    assert stored(citizen) == 1
    assert rasa.calls == 1


def test_who_waits_for_the_reply_of_another_request_holds_no_connection(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = citizen.write("hola", client_id="uno").json()
    Message.objects.filter(client_id="uno").update(turn="due")
    released = []
    monkeypatch.setattr(api, "WAIT_SECONDS", 0.3)
    monkeypatch.setattr(api, "waiting", lambda: (released.append(1), connections.waiting())[1])
    again = citizen.write("hola", client_id="uno").json()
    assert (again["message"], again["pending"]) == (first["message"], True)
    assert 1 <= len(released) <= 3


@pytest.fixture
def _within_one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute that ends between two of the messages begins the count anew."""
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000_010.0))


@pytest.mark.usefixtures("_within_one_minute")
def test_beyond_the_limit_a_sentence_says_when_to_come_back(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MESSAGES_PER_MINUTE", 2)
    assert [citizen.write("hola").status_code for _ in range(2)] == [200, 200]
    refused = citizen.write("hola")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Retry-After"] in json.loads(refused.content)["detail"]
    assert stored(citizen) == 2


def test_one_address_may_be_a_whole_centre() -> None:
    assert limits.CONVERSATIONS_PER_MINUTE >= 300
    assert limits.MESSAGES_PER_MINUTE >= 3000


@pytest.mark.usefixtures("_within_one_minute")
def test_new_conversations_are_counted_for_each_address(
    seeded: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CONVERSATIONS_PER_MINUTE", 1)
    statuses = [
        client.post(ROOT, "{}", content_type="application/json", REMOTE_ADDR=address).status_code
        for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2")
    ]
    assert statuses == [201, 429, 201]
