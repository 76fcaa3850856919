"""Who is there: everything an agent does counts, and nobody who is there loses a conversation."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.errors import AlreadyClaimed
from cms.conversations.lines import locked
from cms.conversations.models import Conversation, Presence
from cms.conversations.operations import agents
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import WORKING_MORNING, at_once

SetClock = Callable[[datetime], None]


def later(seconds: int) -> datetime:
    return WORKING_MORNING + timedelta(seconds=seconds)


@pytest.fixture
def held(ana: Citizen, carlos_present: User) -> Conversation:
    """Taken by somebody whose last beat is of the same moment."""
    ana.post("handoff")
    return operations.claim(conversation_id=ana.id, by=carlos_present)


@pytest.mark.django_db
def test_whoever_writes_is_there_though_no_beat_comes(
    held: Conversation, carlos: User, set_clock: SetClock
) -> None:
    set_clock(later(50))
    operations.send_as_agent(conversation_id=held.pk, by=carlos, text="Un momento.", client_id="1")
    set_clock(later(100))
    assert operations.requeue_absent() == 0
    set_clock(later(111))
    assert operations.requeue_absent() == 1


@pytest.mark.django_db
def test_whoever_reads_at_the_desk_is_there_though_no_beat_comes(
    held: Conversation, carlos: User, set_clock: SetClock
) -> None:
    desk = Client()
    desk.force_login(carlos)
    set_clock(later(50))
    assert desk.get("/desk/").status_code == 200
    set_clock(later(100))
    assert operations.requeue_absent() == 0


@pytest.mark.django_db
def test_whoever_takes_a_conversation_is_there_from_then_on(
    ana: Citizen, carlos_present: User, quilla: User, set_clock: SetClock
) -> None:
    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=quilla)
    assert operations.requeue_absent() == 0
    set_clock(later(59))
    assert operations.requeue_absent() == 0
    set_clock(later(61))
    assert operations.requeue_absent() == 1


@pytest.mark.django_db
def test_whoever_comes_back_while_the_worker_looks_keeps_the_conversation(
    held: Conversation, carlos: User, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(later(61))

    def back_just_now(conversation_id: Any) -> Conversation:
        operations.heartbeat(by=carlos)
        return locked(conversation_id)

    monkeypatch.setattr(agents, "locked", back_just_now)
    assert operations.requeue_absent() == 0
    held.refresh_from_db()
    assert held.agent == carlos


@pytest.mark.django_db
def test_a_look_at_the_desk_makes_nobody_an_agent_who_is_there(open_hours: datetime, carlos: User) -> None:
    desk = Client()
    desk.force_login(carlos)
    desk.get("/desk/")
    assert not Presence.objects.filter(user=carlos).exists()


@pytest.mark.profile
@pytest.mark.usefixtures("real_commits", "open_hours")
def test_one_wins_though_the_worker_looks_for_the_absent_in_the_middle_of_it(
    carlos: User, quilla: User
) -> None:
    operations.heartbeat(by=carlos)
    for _run in range(5):
        conversation = operations.start(locale="es").conversation
        operations.ask_for_person(conversation=conversation)
        claims = [
            partial(operations.claim, conversation_id=conversation.pk, by=each)
            for each in [quilla, carlos] * 4
        ]
        outcomes = at_once([work for each in claims for work in (each, operations.requeue_absent)])
        won = [outcome for outcome in outcomes if isinstance(outcome, Conversation)]
        lost = [outcome for outcome in outcomes if isinstance(outcome, AlreadyClaimed)]
        assert (len(won), len(lost)) == (1, len(claims) - 1), outcomes
        assert Conversation.objects.get(pk=conversation.pk).agent == won[0].agent
        operations.close_by_citizen(conversation=conversation)
        Presence.objects.filter(user=quilla).delete()
