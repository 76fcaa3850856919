"""Who of us may read a conversation. The agent in charge, and whoever may take it now; a supervisor with a reason.

Each opening is in the audit. What is read along after that (new lines, events) is let through by `may_follow`.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.errors import ConversationNotFound, MayNotRead, ReasonNeeded
from cms.conversations.models import Conversation, Handoff, Owner, Reading, Sender
from cms.conversations.operations.handoffs import open_handoff
from cms.conversations.operations.originals import agents_text
from cms.conversations.taking import may_take

# A reason holds so long; who reads on after that gives one again.
READING_MINUTES = 30


@transaction.atomic
def open_to_read(*, conversation_id: UUID | str, by: User, why: str = "") -> Conversation:
    """The conversation, for whoever may read it now; recorded. Raises ConversationNotFound, MayNotRead, ReasonNeeded.

    A supervisor's `why` gives leave for half an hour.
    """
    found = Conversation.objects.select_related("agent").filter(pk=conversation_id).first()
    if found is None:
        raise ConversationNotFound(str(conversation_id))
    if is_in_charge(found, by) or _may_take(found, by):
        record("conversation.read", str(found.pk), by=by, owner=found.owner, epoch=found.epoch)
        return found
    if not has_role(by, Role.SUPERVISOR):
        raise MayNotRead(f"{by} neither has conversation {found.pk} nor may take it")
    reason = _reason(found, by, why)
    record("conversation.read", str(found.pk), by=by, why=reason, owner=found.owner, epoch=found.epoch)
    return found


def _reason(found: Conversation, by: User, why: str) -> str:
    if said := why.strip():
        covered = agents_text(found.pk, said)
        until = timezone.now() + timedelta(minutes=READING_MINUTES)
        Reading.objects.create(conversation=found, by=by, at=timezone.now(), until=until, why=covered)
        return covered
    leave = _leave(found, by)
    if leave is None:
        raise ReasonNeeded(f"say why you read conversation {found.pk}")
    return leave.why


def may_follow(conversation: Conversation, by: User) -> bool:
    """Whether `by` may read on in a conversation that was opened before."""
    return (
        is_in_charge(conversation, by)
        or _may_take(conversation, by)
        or (has_role(by, Role.SUPERVISOR) and _leave(conversation, by) is not None)
    )


def is_in_charge(conversation: Conversation, by: User) -> bool:
    return conversation.owner == Owner.AGENT and conversation.agent_id == by.pk


def _may_take(conversation: Conversation, by: User) -> bool:
    handoff: Handoff | None = open_handoff(conversation)
    if handoff is None or conversation.owner == Owner.AGENT:
        return False
    return may_take(handoff, by, timezone.now())


def _leave(conversation: Conversation, by: User) -> Reading | None:
    given = Reading.objects.filter(conversation=conversation, by=by, until__gt=timezone.now())
    return given.order_by("-at").first()


def mark_read(*, conversation: Conversation, side: Sender, seq: int) -> None:
    """How far `side` (citizen or agent) has read; it only ever goes on. Raises ValueError for another side."""
    if side not in (Sender.CITIZEN, Sender.AGENT):
        raise ValueError("only a citizen or an agent reads")
    name = "read_by_citizen" if side == Sender.CITIZEN else "read_by_agent"
    last = min(seq, conversation.last_seq)
    Conversation.objects.filter(pk=conversation.pk, **{f"{name}__lt": last}).update(**{name: last})
