"""What agents do: be there, claim, write, hand over, close."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.availability import ABSENT_AFTER_SECONDS, is_attended_hour, is_somebody_free
from cms.conversations.errors import (
    AlreadyClaimed,
    MayNotRead,
    NoSeats,
    NotAnAgent,
    NotAvailable,
    NotYours,
    OtherText,
)
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
    Shift,
)
from cms.conversations.one_by_one import one_by_one
from cms.conversations.operations.handoffs import QUECHUA_KEPT_SECONDS, give_up_waiting
from cms.conversations.operations.originals import agents_text
from cms.conversations.operations.reading import may_follow
from cms.conversations.phrases import say
from cms.conversations.signs_of_life import come_to_be, is_present, show_life
from cms.conversations.taking import check_kept
from cms.conversations.uptime import heard_since
from lenguas.normalise import clean

# Whoever takes a conversation writes within so long; else the citizen waits again, in the old place.
FIRST_REPLY_SECONDS = 300

__all__ = ["QUECHUA_KEPT_SECONDS"]


@transaction.atomic
def heartbeat(*, by: User, available: bool | None = None) -> Presence:
    """Says that the agent's desk is open; the desk calls it every 20 seconds. Raises NotAnAgent.

    `available` changes between there and on a break; without it the agent's state stays as it is.
    """
    _check_agent(by)
    now = timezone.now()
    presence, _ = Presence.objects.update_or_create(user=by, defaults={"heartbeat_at": now})
    if available is None or available == presence.available:
        return presence
    return _to_shift(presence, Shift.AVAILABLE if available else Shift.BREAK)


@transaction.atomic
def set_shift(*, by: User, shift: Shift) -> Presence:
    """Available, on a break, or ending the shift: then what is open is finished and nothing new comes.

    Conversations the agent has stay with the agent. Raises NotAnAgent.
    """
    presence = heartbeat(by=by)
    if presence.shift != shift:
        record("agent.shift", by.get_username(), by=by, shift=str(shift), before=presence.shift)
    return _to_shift(presence, shift)


def _to_shift(presence: Presence, shift: Shift) -> Presence:
    presence.shift, presence.available = shift, shift == Shift.AVAILABLE
    presence.save(update_fields=["shift", "available"])
    return presence


def _check_agent(by: User) -> None:
    if not has_role(by, Role.AGENT):
        raise NotAnAgent(f"{by} is not in the group {Role.AGENT}")


def leave(*, by: User) -> int:
    """The agent signs out: present no more, conversations back to the queue. Returns how many."""
    Presence.objects.filter(user=by).delete()
    return requeue_absent()


@transaction.atomic
def claim(*, conversation_id: UUID | str, by: User) -> Conversation:
    """Gives a waiting conversation (or a pending callback) to the agent; of many who try at once one succeeds.

    Raises NotAnAgent, NotAvailable, ConversationNotFound, AlreadyClaimed, NoSeats, OtherLanguage.
    """
    _check_agent(by)
    if Presence.objects.filter(user=by, shift=Shift.ENDING).exists():
        raise NotAvailable(f"{by} is ending the shift: be available again first")
    current = locked(conversation_id)
    handoff = Handoff.objects.filter(conversation=current, state__in=UNCLAIMED_STATES).first()
    if handoff is None or current.owner == Owner.AGENT:
        raise AlreadyClaimed(f"conversation {conversation_id} is not waiting any more")
    now = timezone.now()
    check_kept(handoff, by, now)
    _check_seats(by)
    _mark_claimed(handoff, by, now)
    # Else the worker, which finds nobody there, would give it to the next one at once.
    come_to_be(by)
    drop_unanswered(current)
    key = _joined_key(handoff, by, now)
    joined = Draft(Sender.SYSTEM, say(key, current.locale, name=public_name(by)), current.locale)
    append(current, [joined], **hand_over(Owner.AGENT, agent=by))
    record("conversation.claimed", str(current.pk), by=by, handoff=handoff.pk)
    return current


def public_name(agent: User) -> str:
    """What citizens see: the first name, or the name of the account where there is none."""
    return agent.first_name or agent.get_username()


def _joined_key(handoff: Handoff, by: User, now: datetime) -> str:
    """That nobody who speaks the language was free is said where it is so."""
    if handoff.locale in by.languages:
        return "agent_joined"
    free = is_somebody_free(handoff.locale, now)
    return "agent_joined_without_quechua" if free else "agent_joined_spanish"


def _check_seats(by: User) -> None:
    # The agent's own row is the lock: two claims of one agent at once are counted one after the other.
    seats = User.objects.select_for_update(no_key=True).get(pk=by.pk).seats
    if Conversation.objects.filter(owner=Owner.AGENT, agent=by).count() >= seats:
        raise NoSeats(f"{by} already has {seats} conversations")


def _mark_claimed(handoff: Handoff, by: User, now: datetime) -> None:
    """Conditional, so that a request undone or claimed in between is not taken."""
    changes: dict[str, Any] = {
        "state": HandoffState.ACTIVE,
        "claimed_at": now,
        "claimed_by": by,
        "taken_at": now,
        "passed_by": None,
        "unattended_since": None,
    }
    if handoff.picked_up_seconds is None and handoff.state == HandoffState.WAITING:
        changes["picked_up_seconds"] = max(int((now - handoff.requested_at).total_seconds()), 0)
        changes["picked_up_at"] = now
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
    written = clean(text).strip()
    if not written:
        raise ValueError("write something before sending")
    said = agents_text(conversation_id, written)
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
    show_life(by)
    draft = Draft(Sender.AGENT, text, current.locale, _last_of_citizen(current), by, client_id)
    return append(current, [draft])[0]


def _last_of_citizen(conversation: Conversation) -> int | None:
    asked = Message.objects.filter(conversation=conversation, sender=Sender.CITIZEN)
    return asked.order_by("-seq").values_list("seq", flat=True).first()


@transaction.atomic
def add_note(*, conversation_id: UUID | str, by: User, text: str) -> Note:
    """Leaves a note for other agents; the citizen never sees it. Raises NotAnAgent, MayNotRead."""
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    current = locked(conversation_id)
    if not may_follow(current, by):
        raise MayNotRead(f"{by} may not read conversation {conversation_id}")
    return Note.objects.create(conversation=current, by=by, text=agents_text(current.pk, clean(text).strip()))


@transaction.atomic
def transfer(*, conversation_id: UUID | str, by: User, to: User, note: str = "") -> Conversation:
    """Hands the conversation to another agent who is there. Raises NotYours, NotAnAgent, NoSeats."""
    current = _own(conversation_id, by)
    if not has_role(to, Role.AGENT) or not is_present(to.pk, timezone.now()):
        raise NotAnAgent(f"{to} is not there: choose an agent who is present")
    _check_seats(to)
    _leave_note(current, by, note)
    Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE).update(
        claimed_by=to, taken_at=timezone.now(), passed_by=by
    )
    changed = Draft(Sender.SYSTEM, say("agent_changed", current.locale, name=public_name(to)), current.locale)
    append(current, [changed], **hand_over(Owner.AGENT, agent=to))
    record("conversation.transferred", str(current.pk), by=by, to=to.get_username(), noted=bool(note.strip()))
    return current


@transaction.atomic
def return_to_queue(*, conversation_id: UUID | str, by: User, note: str = "") -> Conversation:
    """Gives the conversation back; it returns to its old place. Raises NotYours."""
    current = _own(conversation_id, by)
    _leave_note(current, by, note)
    _back_to_queue(current, "requeued")
    record("conversation.requeued", str(current.pk), by=by, noted=bool(note.strip()))
    return current


@transaction.atomic
def hand_to_assistant(*, conversation_id: UUID | str, by: User, note: str = "") -> Conversation:
    """Ends the agent's part; the assistant goes on with the citizen. Raises NotYours."""
    current = _own(conversation_id, by)
    _leave_note(current, by, note)
    _keep_promise_to_call(current)
    _end_handoff(current, by)
    append(current, [_notice(current, "handed_back")], **hand_over(Owner.ASSISTANT))
    record("conversation.handed_back", str(current.pk), by=by, noted=bool(note.strip()))
    return current


@transaction.atomic
def close_by_agent(*, conversation_id: UUID | str, by: User, note: str = "") -> Conversation:
    """Raises NotYours. The citizen may still rate it, and writing again reopens it with the assistant."""
    current = _own(conversation_id, by)
    _leave_note(current, by, note)
    _end_handoff(current, by)
    closing = {**hand_over(Owner.CLOSED), "closed_at": timezone.now()}
    append(current, [_notice(current, "closed_by_agent")], **closing)
    record("conversation.closed", str(current.pk), by=by, noted=bool(note.strip()))
    return current


@transaction.atomic
def finish_callback(*, handoff_id: int, by: User, note: str) -> Handoff:
    """Marks a callback as made, with what came of it. Raises NotAnAgent, AlreadyClaimed, ValueError without a note."""
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    pending = Handoff.objects.filter(pk=handoff_id, state=HandoffState.CALLBACK)
    if not note.strip():
        raise ValueError("say what was done")
    about = pending.values_list("conversation_id", flat=True).first()
    text = agents_text(about, clean(note).strip()) if about else ""
    done = {"state": HandoffState.DONE, "ended_at": timezone.now(), "ended_by": by, "callback_note": text}
    if not pending.update(**done):
        raise AlreadyClaimed(f"callback {handoff_id} is not pending any more")
    record("callback.finished", str(handoff_id), by=by, noted=True)
    return Handoff.objects.get(pk=handoff_id)


@transaction.atomic
def note_attempt(*, handoff_id: int, by: User, note: str) -> Handoff:
    """A call nobody answered: it is counted, noted for the next who tries, and stays to be done.

    Raises NotAnAgent, AlreadyClaimed.
    """
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    pending = Handoff.objects.filter(pk=handoff_id, state=HandoffState.CALLBACK)
    about = pending.values_list("conversation_id", flat=True).first()
    # As all do who change a request: the conversation first, or two would wait for each other.
    current = locked(about) if about else None
    if current is None or not pending.update(attempts=F("attempts") + 1):
        raise AlreadyClaimed(f"callback {handoff_id} is not pending any more")
    _leave_note(current, by, note)
    record("callback.tried", str(handoff_id), by=by, noted=bool(note.strip()))
    return Handoff.objects.select_related("conversation").get(pk=handoff_id)


def requeue_absent(*, now: datetime | None = None) -> int:
    """Conversations of agents not heard of for a minute, the web being up, return to their old place; returns how many."""
    now = now or timezone.now()
    seen = Presence.objects.filter(heartbeat_at__gt=heard_since(now, ABSENT_AFTER_SECONDS))
    held = Conversation.objects.filter(owner=Owner.AGENT).exclude(agent__in=seen.values("user"))
    lost = list(held.values_list("pk", "agent_id"))
    return one_by_one(lambda row: _requeue(*row, "agent_lost", now), lost, job="requeue_absent")


def requeue_unanswered(*, now: datetime | None = None) -> int:
    """Conversations somebody took and wrote nothing in return to their old place; returns how many."""
    now = now or timezone.now()
    before = heard_since(now, FIRST_REPLY_SECONDS)
    taken = Handoff.objects.filter(
        state=HandoffState.ACTIVE, taken_at__lt=before, conversation__owner=Owner.AGENT
    )
    replies = Message.objects.filter(
        conversation=OuterRef("conversation"), sender=Sender.AGENT, at__gte=OuterRef("taken_at")
    )
    silent = taken.exclude(Exists(replies)).values_list("conversation_id", "conversation__agent_id")
    return one_by_one(lambda row: _requeue(*row, "agent_silent", now), list(silent), job="requeue_unanswered")


@transaction.atomic
def _requeue(conversation_id: UUID | str, agent_id: int | None, notice: str, now: datetime) -> bool:
    current = locked(conversation_id)
    if current.owner != Owner.AGENT or current.agent_id != agent_id:
        return False
    if notice == "agent_lost" and agent_id is not None and is_present(agent_id, now):
        return False  # back since the look
    _back_to_queue(current, notice)
    seen = Presence.objects.filter(user=agent_id or 0).values_list("heartbeat_at", flat=True).first()
    seconds = int((now - seen).total_seconds()) if seen else None
    record(f"conversation.{notice}", str(current.pk), agent=agent_id, seconds=seconds)
    return True


def _back_to_queue(current: Conversation, notice: str) -> None:
    """The old place; after closing time, when nobody will come, a promised call."""
    active = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE).first()
    if active is not None and not is_attended_hour(timezone.now()):
        give_up_waiting(current, active)
        return
    if active is not None:
        active.state = HandoffState.WAITING
        active.claimed_at = active.claimed_by = active.taken_at = None
        active.save(update_fields=["state", "claimed_at", "claimed_by", "taken_at"])
    append(current, [_notice(current, notice)], **hand_over(Owner.QUEUE))


def _keep_promise_to_call(current: Conversation) -> None:
    """Somebody who left a phone number was promised a call: writing to them meanwhile does not keep that promise."""
    promised = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE).exclude(contact="")
    promised.exclude(case_number=None).exclude(case_number="").update(
        state=HandoffState.CALLBACK, claimed_at=None, claimed_by=None, taken_at=None
    )


def _end_handoff(current: Conversation, by: User) -> None:
    active = Handoff.objects.filter(conversation=current, state=HandoffState.ACTIVE)
    active.update(state=HandoffState.DONE, ended_at=timezone.now(), ended_by=by)


def _notice(current: Conversation, key: str) -> Draft:
    return Draft(Sender.SYSTEM, say(key, current.locale), current.locale)


def _leave_note(current: Conversation, by: User, note: str) -> Note | None:
    """Kept with the conversation alone: the audit, which outlives it, knows only that something was noted."""
    if text := clean(note).strip():
        return Note.objects.create(conversation=current, by=by, text=agents_text(current.pk, text))
    return None
