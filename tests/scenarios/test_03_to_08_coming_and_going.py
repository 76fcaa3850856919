"""Agents and citizens who go away and come back.

3: the agent closes and the citizen writes again. 4: a laptop sleeps for two hours with three chats. 5: a colleague answers
while I was away. 6: a telephone in the background during a reply. 7: stored, but the client saw an error. 8: the last
agent leaves while a person is still offered.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import Client

from cms.accounts.models import User
from cms.channels.web import events
from cms.conversations import operations, queries
from cms.conversations.errors import NotYours
from cms.conversations.models import Conversation, Handoff, Message
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import WORKING_MORNING
from tests.integration.conversations.rasa_double import RasaDouble
from tests.integration.conversations.test_events import parsed

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
Desk = Callable[[User], Client]


def attended(client: Client, agent: User) -> Citizen:
    citizen = Citizen(client, locale="es")
    citizen.post("handoff")
    operations.claim(conversation_id=citizen.id, by=agent)
    return citizen


def test_03_who_writes_after_the_agent_closed_is_answered_by_the_assistant_and_may_ask_again(
    carlos_present: User, seeded: None, client: Client, rasa: RasaDouble
) -> None:
    ana = attended(client, carlos_present)
    operations.close_by_agent(conversation_id=ana.id, by=carlos_present)
    assert "te responderá el asistente" in ana.last()["text"]
    [reply] = ana.says("una cosa más")
    assert (reply["sender"], ana.read()["owner"]) == ("assistant", "assistant")
    assert reply["handoff"]["requested"] is False
    with pytest.raises(NotYours):
        operations.send_as_agent(conversation_id=ana.id, by=carlos_present, text="sigo", client_id="9")
    ana.post("handoff")
    assert Handoff.objects.filter(conversation_id=ana.id).count() == 2
    assert ana.read()["handoff"]["state"] == "queue"


def test_04_a_laptop_that_sleeps_two_hours_gives_its_three_chats_back_in_their_old_places(
    carlos_present: User, quilla: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    citizens = []
    for place in range(3):
        set_clock(WORKING_MORNING + timedelta(seconds=place))
        citizens.append(attended(client, carlos_present))
    set_clock(WORKING_MORNING + timedelta(seconds=50))
    late = Citizen(client, locale="es")
    late.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=70))
    operations.heartbeat(by=quilla)
    assert operations.requeue_absent() == 3
    assert [str(row.conversation_id) for row in queries.waiting()] == [
        *(each.id for each in citizens),
        late.id,
    ]
    set_clock(WORKING_MORNING + timedelta(hours=2))
    operations.heartbeat(by=quilla)
    operations.claim(conversation_id=citizens[0].id, by=quilla)
    # The laptop wakes, with the page of two hours ago still on its screen.
    operations.heartbeat(by=carlos_present)
    with pytest.raises(NotYours):
        operations.send_as_agent(
            conversation_id=citizens[0].id, by=carlos_present, text="ya vuelvo", client_id="1"
        )
    assert Conversation.objects.get(pk=citizens[0].id).agent == quilla
    assert not Message.objects.filter(sender="agent").exists()


def test_05_who_comes_back_is_shown_what_a_colleague_wrote_before_anything_can_be_sent(
    carlos_present: User, quilla_present: User, seeded: None, client: Client, desk_of: Desk
) -> None:
    ana = attended(client, carlos_present)
    desk = desk_of(carlos_present)
    epoch = Conversation.objects.get(pk=ana.id).epoch
    operations.transfer(conversation_id=ana.id, by=carlos_present, to=quilla_present)
    operations.send_as_agent(conversation_id=ana.id, by=quilla_present, text="ya lo vi", client_id="1")
    operations.transfer(conversation_id=ana.id, by=quilla_present, to=carlos_present)
    stale = desk.get(f"/desk/conversaciones/{ana.id}/mensajes/?after=3&epoch={epoch}")
    assert stale.headers["HX-Refresh"] == "true"
    assert "ya lo vi" in desk.get(f"/desk/conversaciones/{ana.id}/").content.decode()
    operations.transfer(conversation_id=ana.id, by=carlos_present, to=quilla_present)
    refused = desk.post(
        f"/desk/conversaciones/{ana.id}/responder/", {"text": "mi respuesta", "client_id": "2"}
    )
    assert refused.status_code == 409
    assert "mi respuesta" in refused.content.decode(), "what was written is given back"


@pytest.mark.profile
def test_06_a_telephone_that_was_in_the_background_misses_nothing_and_sees_nothing_twice(
    real_commits: None, open_hours: datetime, carlos: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(events, "LASTS_SECONDS", 0.3)
    operations.heartbeat(by=carlos)
    ana = attended(client, carlos)

    def reply(number: int) -> None:
        text = f"respuesta {number}"
        operations.send_as_agent(conversation_id=ana.id, by=carlos, text=text, client_id=str(number))

    async def seen(after: int) -> list[dict[str, Any]]:
        content = b"".join([part async for part in events.stream(UUID(ana.id), after)])
        await sync_to_async(connections.close_all)()
        return [event for event in parsed(content) if event["event"] == "message"]

    reply(1)
    before = asyncio.run(seen(0))
    for number in (2, 3, 4):
        reply(number)
    after = asyncio.run(seen(int(before[-1]["id"])))
    said = [event["data"]["text"] for event in [*before, *after] if event["data"]["sender"] == "agent"]
    assert said == [f"respuesta {number}" for number in (1, 2, 3, 4)]
    assert [event["data"]["seq"] for event in [*before, *after]] == [m["seq"] for m in ana.read()["messages"]]


def test_07_what_was_stored_though_the_client_saw_an_error_is_there_once_after_three_tries(
    ana: Citizen, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the line broke after the commit")

    ana.client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("cms.channels.web.api.served", broken)
        assert ana.write("¿cuánto cuesta?", client_id="uno").status_code == 500
    answers = [ana.write("¿cuánto cuesta?", client_id="uno").json() for _try in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert Message.objects.filter(conversation_id=ana.id, sender="citizen").count() == 1
    assert [m["in_reply_to"] for m in ana.read()["messages"]].count(2) == len(answers[0]["messages"]) == 1


def test_08_the_offer_is_checked_again_at_the_click(
    carlos_present: User, seeded: None, client: Client, ana: Citizen
) -> None:
    client.post("/es/chat/", {"text": "hola", "client_id": "a"})
    assert ana.read()["handoff"]["state"] == "now"
    operations.leave(by=carlos_present)
    asked = ana.post("handoff").json()
    assert (asked["handoff"]["state"], asked["handoff"]["requested"]) == ("callback", True)
    assert asked["handoff"]["case_number"] in asked["message"]["text"]
    assert "Déjanos tu teléfono" in asked["message"]["text"]
    page = client.post("/es/chat/", {"payload": "handoff", "client_id": "b"}, follow=True).content.decode()
    assert "MAC-2026-" in page
    assert 'name="contact"' in page
    assert json.dumps(asked).count("Te paso con una persona") == 0
