"""With the cache down everything still works: nothing is counted and nothing is remembered."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cms import kept
from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation, Sender
from cms.conversations.typing_signs import is_typing, show_typing
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db


class Broken:
    """A cache whose server is gone."""

    def __init__(self) -> None:
        self.tried = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.tried += 1
        raise ConnectionRefusedError("nobody listens there")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    gone = Broken()
    for name in ("get", "set", "add", "incr", "delete"):
        monkeypatch.setattr(type(cache._connections[cache._alias]), name, gone)  # type: ignore[attr-defined]
    monkeypatch.setattr(kept, "_rests_until", 0.0)
    yield gone
    monkeypatch.undo()


def test_a_citizen_talks_and_asks_for_a_person(
    carlos_present: User, client: Client, broken: Broken, rasa: RasaDouble, seeded: None
) -> None:
    ana = Citizen(client, locale="es")
    assert ana.says("hola")
    asked = ana.post("handoff")
    assert asked.status_code == 200
    assert asked.json()["handoff"]["state"] == "queue"
    operations.claim(conversation_id=ana.id, by=carlos_present)
    assert ana.read()["owner"] == "agent"
    assert broken.tried


def test_the_chat_page_is_shown_and_takes_a_message(
    client: Client, broken: Broken, rasa: RasaDouble, seeded: None
) -> None:
    assert client.get("/es/chat/").status_code == 200
    assert client.post("/es/chat/", {"text": "hola", "client_id": "a"}).status_code == 302
    assert Conversation.objects.get().messages.filter(text="hola").exists()
    assert broken.tried


def test_agents_sign_in_and_type(client: Client, carlos: User, broken: Broken, ana: Citizen) -> None:
    wrong = client.post("/desk/entrar/", {"username": "carlos", "password": "no"})
    assert wrong.status_code == 200
    right = client.post("/desk/entrar/", {"username": "carlos", "password": "una clave de prueba"})
    assert right.status_code == 302
    show_typing(ana.id, Sender.AGENT)
    assert not is_typing(ana.id, Sender.AGENT)


def test_a_cache_that_fails_is_left_alone_and_told_once(
    broken: Broken, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [kept.get("a"), kept.add("a", 1, 10), kept.count("a", 10)] == [None, True, 0]
    kept.put("a", 1, 10)
    assert broken.tried == 1
    assert [record.name for record in caplog.records] == ["cms.kept"]
    monkeypatch.setattr(kept, "_rests_until", 0.0)
    kept.get("a")
    assert broken.tried == 2


def test_what_is_kept_is_found_and_counted() -> None:
    assert kept.get("b") is None
    kept.put("b", (1, "x"), 10)
    assert kept.get("b") == (1, "x")
    assert (kept.add("b", 2, 10), kept.add("c", 2, 10)) == (False, True)
    assert [kept.count("d", 10) for _time in range(3)] == [1, 2, 3]
