"""Once, in order, one owner: with real transactions and real threads, on whichever database is in use."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations import answerers, operations, results
from cms.conversations.answerers import Decision, Question
from cms.conversations.errors import AlreadyClaimed
from cms.conversations.lines import locked
from cms.conversations.models import Conversation, Handoff, HandoffState, Message, TurnState
from tests.integration.conversations.conftest import at_once

pytestmark = [pytest.mark.profile, pytest.mark.usefixtures("real_commits", "open_hours")]
AGENTS = 50


def agent(name: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get_or_create(name=str(Role.AGENT))[0])
    return user


def thanks(question: Question) -> Decision:
    return Decision("es", (results.Say(key="thanks"),))


@pytest.fixture
def answered_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[answerers.Answerer], None]:
    return lambda answerer: monkeypatch.setattr(answerers, "_answerers", {"test": (1, answerer)})


def write(conversation: Conversation, client_id: str) -> int:
    posted = operations.post_message(conversation=conversation, client_id=client_id, text=f"soy {client_id}")
    operations.run_turn(message=posted.message)
    return posted.message.seq


def test_many_at_once_are_all_stored_in_one_order(answered_by: Any) -> None:
    answered_by(thanks)
    conversation = operations.start(locale="es").conversation
    seqs = at_once([partial(write, conversation, f"m{n}") for n in range(20)])
    assert all(isinstance(seq, int) for seq in seqs), seqs
    rows = list(Message.objects.filter(conversation=conversation).order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, 42))
    assert len(set(seqs)) == 20
    for row in rows:
        if row.sender == "assistant" and row.in_reply_to:
            assert row.in_reply_to < row.seq
    assert sorted(row.in_reply_to for row in rows if row.in_reply_to) == sorted(seqs)


def test_one_message_sent_twenty_times_is_stored_and_answered_once(answered_by: Any) -> None:
    answered_by(thanks)
    conversation = operations.start(locale="es").conversation
    seqs = at_once([partial(write, conversation, "uno") for _ in range(20)])
    assert set(seqs) == {2}
    assert [row.sender for row in conversation.messages.order_by("seq")] == [
        "assistant",
        "citizen",
        "assistant",
    ]


def test_of_fifty_agents_one_gets_it() -> None:
    agents = [agent(f"agente{n}") for n in range(AGENTS)]
    operations.heartbeat(by=agents[0])
    conversation = operations.start(locale="es").conversation
    operations.ask_for_person(conversation=conversation)
    outcomes = at_once(
        [partial(operations.claim, conversation_id=conversation.pk, by=each) for each in agents]
    )
    won = [outcome for outcome in outcomes if isinstance(outcome, Conversation)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, AlreadyClaimed)]
    assert (len(won), len(lost)) == (1, AGENTS - 1), outcomes
    kept = Conversation.objects.get(pk=conversation.pk)
    assert kept.agent == Handoff.objects.get().claimed_by == won[0].agent
    assert conversation.messages.filter(text__contains="agente").count() == 1


def test_one_agent_claiming_many_at_once_gets_no_more_than_the_seats() -> None:
    carlos = agent("carlos")
    operations.heartbeat(by=carlos)
    User.objects.filter(pk=carlos.pk).update(seats=2)
    conversations = [operations.start(locale="es").conversation for _ in range(8)]
    for conversation in conversations:
        operations.ask_for_person(conversation=conversation)
    at_once([partial(operations.claim, conversation_id=each.pk, by=carlos) for each in conversations])
    assert Conversation.objects.filter(owner="agent").count() == 2


def test_an_answer_that_comes_after_a_person_took_over_is_dropped(answered_by: Any) -> None:
    carlos = agent("carlos")
    operations.heartbeat(by=carlos)
    conversation = operations.start(locale="es").conversation

    def slow(question: Question) -> Decision:
        """While the assistant thinks, the citizen presses the button and an agent comes."""
        assert not connection.in_atomic_block, "a transaction is held while the assistant thinks"
        operations.ask_for_person(conversation=conversation)
        operations.claim(conversation_id=conversation.pk, by=carlos)
        operations.send_as_agent(conversation_id=conversation.pk, by=carlos, text="hola", client_id="1")
        return thanks(question)

    answered_by(slow)
    posted = operations.post_message(conversation=conversation, client_id="a", text="¿hola?")
    assert operations.run_turn(message=posted.message) is False
    senders = list(conversation.messages.order_by("seq").values_list("sender", flat=True))
    assert senders == ["assistant", "citizen", "system", "system", "agent"]
    posted.message.refresh_from_db()
    assert posted.message.turn == TurnState.DROPPED
    operations.hand_to_assistant(conversation_id=conversation.pk, by=carlos)
    assert operations.answer_unanswered() == 0


def test_claiming_and_undoing_at_once_leaves_one_owner() -> None:
    carlos = agent("carlos")
    operations.heartbeat(by=carlos)
    for _ in range(5):
        conversation = operations.start(locale="es").conversation
        operations.ask_for_person(conversation=conversation)
        at_once(
            [
                partial(operations.claim, conversation_id=conversation.pk, by=carlos),
                partial(operations.cancel_request, conversation=conversation),
            ]
        )
        kept = Conversation.objects.get(pk=conversation.pk)
        state = Handoff.objects.get(conversation=conversation).state
        assert (kept.owner, state) in {("agent", "active"), ("assistant", "cancelled")}
        if kept.owner == "agent":
            operations.close_by_agent(conversation_id=kept.pk, by=carlos)


def test_asking_for_a_person_many_times_at_once_is_one_request() -> None:
    operations.heartbeat(by=agent("carlos"))
    conversation = operations.start(locale="es").conversation
    at_once([partial(operations.ask_for_person, conversation=conversation) for _ in range(10)])
    assert Handoff.objects.count() == 1
    assert Conversation.objects.get(pk=conversation.pk).epoch == 1


def test_who_notes_a_call_and_who_takes_it_do_not_wait_in_a_circle() -> None:
    """Whoever changes a request holds its conversation first."""
    carlos = agent("carlos")
    conversation = operations.start(locale="es").conversation
    operations.ask_for_person(conversation=conversation)
    Handoff.objects.update(state=HandoffState.CALLBACK)
    handoff, outcomes = Handoff.objects.get(), list[object]()

    def note() -> None:
        outcomes.extend(
            at_once([partial(operations.note_attempt, handoff_id=handoff.pk, by=carlos, note="no contesta")])
        )

    noting = threading.Thread(target=note)
    with transaction.atomic():
        locked(conversation.pk)
        noting.start()
        noting.join(timeout=1)
        taken = {"state": HandoffState.ACTIVE, "claimed_by": carlos, "claimed_at": timezone.now()}
        Handoff.objects.filter(pk=handoff.pk).update(**taken)
    noting.join(timeout=30)
    assert [type(outcome) for outcome in outcomes] == [AlreadyClaimed]
