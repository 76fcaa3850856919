"""What agents do: be there, claim, write, hand over, close."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.availability import ABSENT_AFTER_SECONDS
from cms.conversations.errors import AlreadyClaimed, NoSeats, NotAnAgent, NotYours, OtherLanguage, OtherText
from cms.conversations.lines import Draft, append, drop_unanswered, hand_over, locked
from cms.conversations.models import (
    UNCLAIMED_STATES,
    Conversation,
    Handoff,
    HandoffState,
    Message,
    Note,
    Owner,
    Presence,
    Sender,
)
from cms.conversations.phrases import say
from lenguas.normalise import clean

# For so long a Quechua-speaking citizen is kept for agents who speak it; then better somebody than nobody.
QUECHUA_KEPT_SECONDS = 180


def heartbeat(*, by: User, available: bool = True) -> Presence:
    """Says that the agent's desk is open; the desk calls it every 20 seconds. Raises NotAnAgent."""
    if not has_role(by, Role.AGENT):
        raise NotAnAgent(f"{by} is not in the group {Role.AGENT}")
    now = timezone.now()
    presence, _ = Presence.objects.update_or_create(
        user=by, defaults={"heartbeat_at": now, "available": available}
    )
    return presence


def leave(*, by: User) -> int:
    """The agent signs out: present no more, conversations back to the queue. Returns how many."""
    Presence.objects.filter(user=by).delete()
    return requeue_absent()


@transaction.atomic
def claim(*, conversation_id: UUID | str, by: User) -> Conversation:
    """Gives a waiting conversation (or a pending callback) to the agent; of many who try at once one succeeds.

    Raises NotAnAgent, ConversationNotFound, AlreadyClaimed, NoSeats, OtherLanguage.
    """
    if not has_role(by, Role.AGENT):
        raise NotAnAgent(f"{by} is not in the group {Role.AGENT}")
    current = locked(conversation_id)
    handoff = Handoff.objects.filter(conversation=current, state__in=UNCLAIMED_STATES).first()
    if handoff is None or current.owner == Owner.AGENT:
        raise AlreadyClaimed(f"conversation {conversation_id} is not waiting any more")
    now = timezone.now()
    _check_language(handoff, by, now)
    _check_seats(by)
    _mark_claimed(handoff, by, now)
    drop_unanswered(current)
    key = "agent_joined" if handoff.locale in by.languages else "agent_joined_spanish"
    joined = Draft(Sender.SYSTEM, say(key, current.locale, name=public_name(by)), current.locale)
    append(current, [joined], **hand_over(Owner.AGENT, agent=by))
    record("conversation.claimed", str(current.pk), by=by, handoff=handoff.pk)
    return current


def public_name(agent: User) -> str:
    """What citizens see: the first name, or the name of the account where there is none."""
    return agent.first_name or agent.get_username()


def _check_language(handoff: Handoff, by: User, now: datetime) -> None:
    kept_until = handoff.requested_at + timedelta(seconds=QUECHUA_KEPT_SECONDS)
    if handoff.state == HandoffState.WAITING and handoff.locale not in by.languages and now < kept_until:
        raise OtherLanguage(f"kept for an agent who speaks {handoff.locale} until {kept_until:%H:%M:%S}")


def _check_seats(by: User) -> None:
    # The agent's own row is the lock: two claims of one agent at once are counted one after the other.
    seats = User.objects.select_for_update(no_key=True).get(pk=by.pk).seats
    if Conversation.objects.filter(owner=Owner.AGENT, agent=by).count() >= seats:
        raise NoSeats(f"{by} already has {seats} conversations")


def _mark_claimed(handoff: Handoff, by: User, now: datetime) -> None:
    """Conditional, so that a request undone or claimed in between is not taken."""
    changes: dict[str, Any] = {"state": HandoffState.ACTIVE, "claimed_at": now, "claimed_by": by}
    if handoff.picked_up_seconds is None and handoff.state == HandoffState.WAITING:
        changes["picked_up_seconds"] = max(int((now - handoff.requested_at).total_seconds()), 0)
    if not Handoff.objects.filter(pk=handoff.pk, state__in=UNCLAIMED_STATES).update(**changes):
        raise AlreadyClaimed(f"request {handoff.pk} is not waiting any more")


def _own(conversation_id: UUID | str, by: User) -> Conversation:
    current = locked(conversation_id)
    if current.owner != Owner.AGENT or current.agent_id != by.pk:
        raise NotYours(f"conversation {conversation_id} is not yours: claim it first")
    return current


def send_as_agent(*, conversation_id: UUID | str, by: User, text: str, client_id: str) -> Message:
    """Writes to the citizen, once per `client_id`; a repeat returns the message that stands.

    Raises NotYours, OtherText, and ValueError when nothing readable is left of the text.
    """
    said = clean(text).strip()
    if not said:
        raise ValueError("write something before sending")
    kept_id = f"agent:{client_id}"[:80]
    try:
        return _send(conversation_id, by, said, kept_id)
    except IntegrityError:
        return _sent_before(conversation_id, by, said, kept_id)


def _sent_before(conversation_id: UUID | str, by: User, text: str, client_id: str) -> Message:
    found = Message.objects.get(conversation_id=conversation_id, client_id=client_id)
    if found.text != text or found.by_id != by.pk:
        raise OtherText(f"{client_id} names another message")
    return found


@transaction.atomic
def _send(conversation_id: UUID | str, by: User, text: str, client_id: str) -> Message:
    current = _own(conversation_id, by)
    draft = Draft(Sender.AGENT, text, current.locale, _last_of_citizen(current), by, client_id)
    return append(current, [draft])[0]


def _last_of_citizen(conversation: Conversation) -> int | None:
    asked = Message.objects.filter(conversation=conversation, sender=Sender.CITIZEN)
    return asked.order_by("-seq").values_list("seq", flat=True).first()


@transaction.atomic
def add_note(*, conversation_id: UUID | str, by: User, text: str) -> Note:
    """Leaves a note for other agents; the citizen never sees it. Raises NotAnAgent."""
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    return Note.objects.create(conversation=locked(conversation_id), by=by, text=clean(text).strip())


@transaction.atomic
def transfer(*, conversation_id: UUID | str, by: User, to: User, note: str = "") -> Conversation:
    """Hands the conversation to another agent who is there. Raises NotYours, NotAnAgent, NoSeats."""
    current = _own(conversation_id, by)
    if not has_role(to, Role.AGENT) or not _is_present(to, timezone.now()):
        raise NotAnAgent(f"{to} is not there: choose an agent who is present")
    _check_seats(to)
    _leave_note(current, by, note)
    Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE).update(claimed_by=to)
    changed = Draft(Sender.SYSTEM, say("agent_changed", current.locale, name=public_name(to)), current.locale)
    append(current, [changed], **hand_over(Owner.AGENT, agent=to))
    record("conversation.transferred", str(current.pk), by=by, why=note, to=to.get_username())
    return current


@transaction.atomic
def return_to_queue(*, conversation_id: UUID | str, by: User, note: str = "") -> Conversation:
    """Gives the conversation back; it returns to its old place. Raises NotYours."""
    current = _own(conversation_id, by)
    _leave_note(current, by, note)
    _back_to_queue(current, "requeued")
    record("conversation.requeued", str(current.pk), by=by, why=note)
    return current


@transaction.atomic
def hand_to_assistant(*, conversation_id: UUID | str, by: User, note: str = "") -> Conversation:
    """Ends the agent's part; the assistant goes on with the citizen. Raises NotYours."""
    current = _own(conversation_id, by)
    _leave_note(current, by, note)
    _keep_promise_to_call(current)
    _end_handoff(current, by)
    append(current, [_notice(current, "handed_back")], **hand_over(Owner.ASSISTANT))
    record("conversation.handed_back", str(current.pk), by=by, why=note)
    return current


@transaction.atomic
def close_by_agent(*, conversation_id: UUID | str, by: User, note: str = "") -> Conversation:
    """Raises NotYours. The citizen may still rate it, and writing again reopens it with the assistant."""
    current = _own(conversation_id, by)
    _leave_note(current, by, note)
    _end_handoff(current, by)
    closing = {**hand_over(Owner.CLOSED), "closed_at": timezone.now()}
    append(current, [_notice(current, "closed_by_agent")], **closing)
    record("conversation.closed", str(current.pk), by=by, why=note)
    return current


@transaction.atomic
def finish_callback(*, handoff_id: int, by: User, note: str) -> Handoff:
    """Marks a callback as made, with what came of it. Raises NotAnAgent, AlreadyClaimed."""
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    pending = Handoff.objects.filter(pk=handoff_id, state=HandoffState.CALLBACK)
    done = {"state": HandoffState.DONE, "ended_at": timezone.now(), "ended_by": by, "callback_note": note}
    if not pending.update(**done):
        raise AlreadyClaimed(f"callback {handoff_id} is not pending any more")
    record("callback.finished", str(handoff_id), by=by, why=note)
    return Handoff.objects.get(pk=handoff_id)


def requeue_absent(*, now: datetime | None = None) -> int:
    """Conversations of agents not seen for a minute return to their old place; returns how many."""
    now = now or timezone.now()
    seen = Presence.objects.filter(heartbeat_at__gt=now - timedelta(seconds=ABSENT_AFTER_SECONDS))
    held = Conversation.objects.filter(owner=Owner.AGENT).exclude(agent__in=seen.values("user"))
    return sum(_requeue(pk, agent) for pk, agent in list(held.values_list("pk", "agent_id")))


@transaction.atomic
def _requeue(conversation_id: UUID | str, agent_id: int | None) -> bool:
    current = locked(conversation_id)
    if current.owner != Owner.AGENT or current.agent_id != agent_id:
        return False
    _back_to_queue(current, "agent_lost")
    record("conversation.agent_lost", str(current.pk), agent=agent_id)
    return True


def _back_to_queue(current: Conversation, notice: str) -> None:
    active = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE)
    active.update(state=HandoffState.WAITING, claimed_at=None, claimed_by=None)
    append(current, [_notice(current, notice)], **hand_over(Owner.QUEUE))


def _keep_promise_to_call(current: Conversation) -> None:
    """Somebody who left a phone number was promised a call: writing to them meanwhile does not keep that promise."""
    promised = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE).exclude(contact="")
    promised.exclude(case_number=None).exclude(case_number="").update(
        state=HandoffState.CALLBACK, claimed_at=None, claimed_by=None
    )


def _end_handoff(current: Conversation, by: User) -> None:
    active = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE)
    active.update(state=HandoffState.DONE, ended_at=timezone.now(), ended_by=by)


def _notice(current: Conversation, key: str) -> Draft:
    return Draft(Sender.SYSTEM, say(key, current.locale), current.locale)


def _leave_note(current: Conversation, by: User, note: str) -> None:
    if text := clean(note).strip():
        Note.objects.create(conversation=current, by=by, text=text)


def _is_present(agent: User, now: datetime) -> bool:
    seen_since = now - timedelta(seconds=ABSENT_AFTER_SECONDS)
    return Presence.objects.filter(user=agent, heartbeat_at__gt=seen_since).exists()
