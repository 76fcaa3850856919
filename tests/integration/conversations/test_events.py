"""The stream: what was missed, what comes, resumed where it broke off."""

import asyncio
import json
import threading
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient, Client

from cms.accounts.models import User
from cms.channels.web import events, news, watching
from cms.conversations import operations
from cms.conversations.availability import standing
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


def heard_while(citizen: Citizen, work: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What a stream of two seconds tells while, after the first look, `work` is done beside it."""
    monkeypatch.setattr(events, "LASTS_SECONDS", 2.0)
    beside = threading.Timer(0.7, closing(work))
    beside.start()
    try:
        return heard(citizen)
    finally:
        beside.join()


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
    stream = heard(bea, closing(lambda: [bea.post("handoff"), bea.post("rating", {"score": 5})]))
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


def test_each_side_is_told_how_far_the_other_has_read(bea: Citizen) -> None:
    last = bea.last()["seq"]
    kept = Conversation.objects.get(pk=bea.id)
    stream = heard(bea, closing(lambda: operations.mark_read(conversation=kept, side=Sender.AGENT, seq=99)))
    marks = [event["data"] for event in stream if event["event"] == "read"]
    assert marks == [{"citizen": 0, "agent": last}]
    assert bea.post("read", {"seq": 1}).json() == {"citizen": 1, "agent": last}
    assert bea.post("read", {"seq": 0}).json()["citizen"] == 1, "it only goes on"


def test_one_address_does_not_take_the_streams_of_all_others(bea: Citizen) -> None:
    async def crowd() -> tuple[bool, bool]:
        streams = [
            events.stream(UUID(int=number), 0, address="10.0.0.9") for number in range(events.MOST_OF_ADDRESS)
        ]
        for each in streams:
            await anext(each)
        found = events.is_full("10.0.0.9"), events.is_full("10.0.0.8")
        for each in streams:
            await each.aclose()
        await sync_to_async(connections.close_all)()
        return found

    assert asyncio.run(crowd()) == (True, False)


def test_one_stream_too_many_ends_the_oldest(bea: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_OF_ONE", 2)

    async def crowd() -> list[bytes]:
        await sync_to_async(connections.close_all)()
        parts = []
        streams = [events.stream(UUID(bea.id), 0) for _ in range(3)]
        for each in streams:
            parts.append(await anext(each))
        rest = [part async for part in streams[0]]
        for each in streams[1:]:
            await each.aclose()
        return rest

    assert asyncio.run(crowd()) == [f"retry: {events.CROWDED_RETRY_MS}\n\n".encode()]


def test_the_desk_follows_as_long_as_the_agent_may(bea: Citizen, open_hours: object) -> None:
    from django.contrib.auth.models import Group

    from cms.accounts.roles import Role

    carlos = User.objects.create_user("carlos")
    carlos.groups.add(Group.objects.get_or_create(name=str(Role.AGENT))[0])
    operations.heartbeat(by=carlos)
    bea.post("handoff")
    operations.claim(conversation_id=bea.id, by=carlos)
    show_typing(bea.id, Sender.CITIZEN)

    async def follow() -> list[dict[str, Any]]:
        content = b""
        first = True
        async for chunk in events.stream(UUID(bea.id), 1, carlos):
            content += chunk
            if b"typing" in content and first:
                first = False
                done = closing(lambda: operations.close_by_agent(conversation_id=bea.id, by=carlos))
                await asyncio.to_thread(done)
        await sync_to_async(connections.close_all)()
        return parsed(content)

    stream = asyncio.run(follow())
    assert [event["id"] for event in stream if event["event"] == "message"][:2] == ["2", "3"]
    assert {"sender": "citizen"} in [event["data"] for event in stream if event["event"] == "typing"]
    assert stream[-1]["event"] == "gone"


def test_a_stream_with_nothing_to_tell_does_not_ask(
    bea: Citizen, monkeypatch: pytest.MonkeyPatch, open_hours: object
) -> None:
    looks: list[int] = []
    look = watching.news_of
    monkeypatch.setattr(watching, "news_of", lambda due, known: (looks.append(len(due)), look(due, known))[1])
    assert [event["event"] for event in heard(bea)] == ["message", "state"]
    # At the beginning; about thirty times it was not needed.
    assert sum(looks) <= 2


def test_one_conversation_that_cannot_be_told_keeps_nothing_from_the_others(
    bea: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Citizen(Client(), locale="es")
    offer = news.handoff_offer

    def broken(conversation: Conversation, known: Any) -> Any:
        if str(conversation.pk) == bea.id:
            raise ValueError("it cannot be told")
        return offer(conversation, known)

    monkeypatch.setattr(news, "handoff_offer", broken)

    async def both() -> list[list[dict[str, Any]]]:
        return await asyncio.gather(listen(bea), listen(other))

    assert [len(stream) for stream in asyncio.run(both())] == [0, 2]


def test_many_streams_are_told_with_the_queries_of_one(
    bea: Citizen, django_assert_num_queries: Any, open_hours: object
) -> None:
    citizens = [bea, *(Citizen(Client(), locale="es") for _ in range(4))]
    seen = [news.Seen(UUID(citizen.id), 0) for citizen in citizens]
    standings = {locale: standing(locale) for locale in ("es", "qu")}
    with django_assert_num_queries(4):
        told = news.news_of(seen, standings)
    assert len(told) == len(citizens)


def test_who_comes_to_be_there_is_told_without_anything_said(
    bea: Citizen, carlos: User, open_hours: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "STANDINGS_EVERY_LOOKS", 2)
    stream = heard_while(bea, partial(operations.heartbeat, by=carlos), monkeypatch)
    states = [event["data"]["handoff"]["state"] for event in stream if event["event"] == "state"]
    assert states == ["callback", "now"]


def test_a_place_in_the_queue_moves_up_without_anything_said(
    bea: Citizen, carlos: User, open_hours: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "STATE_EVERY_POLLS", 2)
    operations.heartbeat(by=carlos)
    first = operations.start(locale="es").conversation
    operations.ask_for_person(conversation=first)
    bea.post("handoff")
    claim = partial(operations.claim, conversation_id=first.pk, by=carlos)
    stream = heard_while(bea, claim, monkeypatch)
    places = [event["data"]["handoff"]["position"] for event in stream if event["event"] == "state"]
    assert places == [2, 1]
