"""1: two agents press claim in the same moment. 2: a person replies while the assistant's answer is being computed."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations import answerers, operations, results
from cms.conversations.answerers import Decision, Question
from cms.conversations.errors import AlreadyClaimed
from cms.conversations.models import Conversation, Handoff, TurnState
from tests.integration.conversations.conftest import at_once

pytestmark = [pytest.mark.profile, pytest.mark.usefixtures("real_commits", "open_hours")]
RUNS = 20
AGENTS = 50


def agents(count: int) -> list[User]:
    group = Group.objects.get_or_create(name=str(Role.AGENT))[0]
    found = [User.objects.create_user(f"agente{n}", seats=RUNS) for n in range(count)]
    group.user_set.set(found)
    return found


def waiting() -> Conversation:
    conversation = operations.start(locale="es").conversation
    operations.ask_for_person(conversation=conversation)
    return conversation


def test_01_of_fifty_agents_at_once_one_wins_and_the_others_are_told_twenty_times() -> None:
    everybody = agents(AGENTS)
    for _run in range(RUNS):
        operations.heartbeat(by=everybody[0])
        conversation = waiting()
        claim = partial(operations.claim, conversation_id=conversation.pk)
        outcomes = at_once([partial(claim, by=each) for each in everybody])
        won = [outcome for outcome in outcomes if isinstance(outcome, Conversation)]
        lost = [outcome for outcome in outcomes if isinstance(outcome, AlreadyClaimed)]
        assert (len(won), len(lost)) == (1, AGENTS - 1), outcomes
        kept = Conversation.objects.get(pk=conversation.pk)
        assert kept.agent == won[0].agent == Handoff.objects.get(conversation=conversation).claimed_by
        assert kept.messages.filter(sender="system", text__contains="agente").count() == 1
        operations.close_by_agent(conversation_id=conversation.pk, by=won[0].agent)


def test_01_who_comes_second_is_told_who_was_first() -> None:
    first, second = agents(2)
    operations.heartbeat(by=first)
    conversation = waiting()
    operations.claim(conversation_id=conversation.pk, by=first)
    desk = Client()
    desk.force_login(second)
    refused = desk.post(f"/desk/conversaciones/{conversation.pk}/tomar/")
    assert refused.status_code == 409
    assert "La tomó agente0 antes que tú" in refused.content.decode()


@pytest.fixture
def answered_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[answerers.Answerer], None]:
    return lambda answerer: monkeypatch.setattr(answerers, "_answerers", {"test": (1, answerer)})


@pytest.mark.parametrize("write", [True, False])
def test_02_the_assistants_late_answer_never_comes_after_a_person(answered_by: Any, write: bool) -> None:
    [carlos] = agents(1)
    operations.heartbeat(by=carlos)
    conversation = operations.start(locale="es").conversation

    def slow(question: Question) -> Decision:
        assert not connection.in_atomic_block, "a transaction is held while the assistant thinks"
        operations.ask_for_person(conversation=conversation)
        operations.claim(conversation_id=conversation.pk, by=carlos)
        if write:
            operations.send_as_agent(conversation_id=conversation.pk, by=carlos, text="hola", client_id="1")
        return Decision("es", (results.Say(key="thanks"),))

    answered_by(slow)
    posted = operations.post_message(conversation=conversation, client_id="a", text="¿hola?")
    assert operations.run_turn(message=posted.message) is False
    senders = list(conversation.messages.order_by("seq").values_list("sender", flat=True))
    assert senders == ["assistant", "citizen", "system", "system", *(["agent"] if write else [])]
    posted.message.refresh_from_db()
    assert posted.message.turn == TurnState.DROPPED
