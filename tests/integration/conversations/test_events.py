"""The stream: what was missed, what comes, resumed where it broke off."""

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient, Client

from cms.accounts.models import User
from cms.channels.web import events
from cms.conversations import operations
from cms.conversations.models import Conversation, Sender
from cms.conversations.typing_signs import show_typing
from tests.integration.conversations.browser import ROOT, Citizen

pytestmark = [pytest.mark.profile, pytest.mark.usefixtures("real_commits")]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(events, "LASTS_SECONDS", 0.6)


@pytest.fixture
def bea(real_commits: None, client: Client) -> Citizen:
    return Citizen(client, locale="es")


def parsed(content: bytes) -> list[dict[str, Any]]:
    """The events of a stream, comments and the retry line left out."""
    found = []
    for block in content.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and line[0] != ":")
        if "event" in fields:
            found.append(
                {"event": fields["event"], "id": fields.get("id"), "data": json.loads(fields["data"])}
            )
    return found


async def listen(citizen: Citizen, meanwhile: Any = None, **headers: str) -> list[dict[str, Any]]:
    address = f"{ROOT}/{citizen.id}/events"
    response = await AsyncClient().get(address, headers={**citizen.headers, **headers})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/event-stream"
    assert "no-cache" in response["Cache-Control"]
    assert "Content-Encoding" not in response
    content = b""
    async for chunk in response.streaming_content:
        content += chunk
        if meanwhile:
            await asyncio.to_thread(meanwhile)
            meanwhile = None
    await sync_to_async(connections.close_all)()
    return parsed(content)


def heard(citizen: Citizen, meanwhile: Any = None, **headers: str) -> list[dict[str, Any]]:
    return asyncio.run(listen(citizen, meanwhile, **headers))


def closing(work: Any) -> Any:
    """`work` in a thread of its own, its connection given back."""

    def run() -> None:
        from django.db import connection

        try:
            work()
        finally:
            connection.close()

    return run


def test_it_begins_with_all_there_is_and_how_things_stand(bea: Citizen) -> None:
    stream = heard(bea)
    assert [event["event"] for event in stream] == ["message", "state"]
    assert stream[0]["id"] == "1"
    assert stream[0]["data"]["text"] == bea.greeting[0]["text"]
    assert stream[1]["data"]["owner"] == "assistant"
    assert stream[1]["data"]["handoff"]["phone"] == "1800"


def test_what_comes_later_comes(bea: Citizen) -> None:
    stream = heard(bea, closing(lambda: bea.post("handoff")))
    messages = [event for event in stream if event["event"] == "message"]
    assert [event["id"] for event in messages] == ["1", "2"]
    assert messages[1]["data"]["handoff"]["requested"] is True
    states = [event["data"]["handoff"]["requested"] for event in stream if event["event"] == "state"]
    assert states[-1] is True


def test_it_resumes_after_the_last_event(bea: Citizen) -> None:
    bea.post("handoff")
    stream = heard(bea, **{"Last-Event-ID": "1"})
    assert [event["id"] for event in stream if event["event"] == "message"] == ["2"]


def test_nothing_comes_twice(bea: Citizen) -> None:
    stream = heard(bea, closing(lambda: [bea.post("handoff"), bea.post("handoff")]))
    seqs = [event["id"] for event in stream if event["event"] == "message"]
    assert seqs == sorted(set(seqs), key=int) == ["1", "2", "3"]


def test_an_agent_typing_is_shown_and_forgotten(
    bea: Citizen, carlos: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from tests.integration.conversations.conftest import WORKING_MORNING

    monkeypatch.setattr(timezone, "now", lambda: WORKING_MORNING)
    operations.heartbeat(by=carlos)
    bea.post("handoff")
    operations.claim(conversation_id=bea.id, by=carlos)
    monkeypatch.setattr("cms.conversations.typing_signs.SHOWN_SECONDS", 1)
    monkeypatch.setattr(events, "LASTS_SECONDS", 1.8)
    show_typing(bea.id, Sender.AGENT)
    typing = [event["data"]["sender"] for event in heard(bea) if event["event"] == "typing"]
    assert typing == ["agent", None]


def test_the_assistant_at_work_is_shown(bea: Citizen) -> None:
    conversation = Conversation.objects.get(pk=bea.id)
    operations.post_message(conversation=conversation, client_id="a", text="hola")
    assert {"sender": "assistant"} in [event["data"] for event in heard(bea) if event["event"] == "typing"]


def test_a_quiet_stream_says_that_it_lives(bea: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.1)

    async def raw() -> bytes:
        response = await AsyncClient().get(f"{ROOT}/{bea.id}/events", headers=bea.headers)
        content = b"".join([chunk async for chunk in response.streaming_content])
        await sync_to_async(connections.close_all)()
        return content

    content = asyncio.run(raw())
    assert b": still here" in content
    assert content.startswith(b"retry: ")


@pytest.mark.parametrize("last", ["x", "-1", "9" * 40, "²"])
def test_a_strange_last_event_id_breaks_nothing(bea: Citizen, last: str) -> None:
    assert heard(bea, **{"Last-Event-ID": last})


def test_too_many_streams_are_asked_to_come_back(bea: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_STREAMS", 0)

    async def asked() -> Any:
        response = await AsyncClient().get(f"{ROOT}/{bea.id}/events", headers=bea.headers)
        await sync_to_async(connections.close_all)()
        return response

    response = asyncio.run(asked())
    assert response.status_code == 429
    assert response["Retry-After"] == "5"


def test_a_stream_that_ended_leaves_its_place(bea: Citizen) -> None:
    heard(bea)
    assert not events._open_streams
