"""What a supervisor does with a conversation that is waiting or in somebody's hands: take it over, or give it to somebody."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.errors import AlreadyClaimed, NotAnAgent
from cms.conversations.lines import Draft, append, drop_unanswered, hand_over, locked
from cms.conversations.models import Conversation, Handoff, HandoffState, Owner, Presence, Sender
from cms.conversations.operations.agents import (
    _check_seats,
    _joined_key,
    _leave_note,
    _mark_claimed,
    public_name,
)
from cms.conversations.phrases import say
from cms.conversations.signs_of_life import come_to_be, is_present


def show_supervisor(*, by: User) -> None:
    """A sign of life of a supervisor's desk, so that what was taken over stays. It never counts for new conversations."""
    if not has_role(by, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is no supervisor")
    Presence.objects.update_or_create(user=by, defaults={"heartbeat_at": timezone.now(), "available": False})


@transaction.atomic
def reassign(*, conversation_id: UUID | str, by: User, to: User, why: str) -> Conversation:
    """Gives the conversation to `to`: an agent who is there, or the supervisor who asks. The citizen is told.

    Raises NotAnAgent, ValueError without a reason, ConversationNotFound, AlreadyClaimed when nobody waits in it and
    nobody has it, NoSeats.
    """
    if not has_role(by, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is no supervisor")
    if not why.strip():
        raise ValueError("say why")
    if to != by and not (has_role(to, Role.AGENT) and is_present(to.pk, timezone.now())):
        raise NotAnAgent(f"{to} is not there: choose an agent who is present")
    current = locked(conversation_id)
    handoff = Handoff.objects.filter(
        conversation=current, state__in=(HandoffState.WAITING, HandoffState.ACTIVE)
    ).first()
    if handoff is None or current.owner not in (Owner.QUEUE, Owner.AGENT) or current.agent_id == to.pk:
        raise AlreadyClaimed(f"conversation {conversation_id} is not to be given away")
    if to != by:
        _check_seats(to)
    else:
        come_to_be(by, available=has_role(by, Role.AGENT))
    before = current.agent_id
    _give(current, handoff, to, by)
    note = _leave_note(current, by, why)
    record(
        "conversation.reassigned",
        str(current.pk),
        by=by,
        to=to.get_username(),
        agent=before,
        note=note.pk if note else None,
    )
    return current


def _give(current: Conversation, handoff: Handoff, to: User, by: User) -> None:
    waited = handoff.state == HandoffState.WAITING
    if waited:
        _mark_claimed(handoff, to, timezone.now())
        drop_unanswered(current)
    else:
        Handoff.objects.filter(pk=handoff.pk).update(claimed_by=to, taken_at=timezone.now())
    Handoff.objects.filter(pk=handoff.pk).update(passed_by=by if to != by else None)
    key = _joined_key(handoff, to, timezone.now()) if waited else "agent_changed"
    told = Draft(Sender.SYSTEM, say(key, current.locale, name=public_name(to)), current.locale)
    append(current, [told], **hand_over(Owner.AGENT, agent=to))
