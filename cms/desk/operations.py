"""What is decided at the desk beyond the conversation itself: how it ended, and whose contact was looked at."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.errors import AlreadyClaimed, NotAnAgent
from cms.conversations.models import Conversation, Handoff, HandoffState
from cms.conversations.operations.agents import close_by_agent


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation ended, in the agent's eyes. `codigo` is the ficha it was about."""

    solved: bool
    codigo: str = ""
    note: str = ""


@transaction.atomic
def close(*, conversation_id: UUID, by: User, outcome: Outcome) -> Conversation:
    """Closes the agent's conversation and records how it ended; raises NotYours."""
    closed = close_by_agent(conversation_id=conversation_id, by=by, note=outcome.note)
    record(
        "conversation.outcome",
        str(conversation_id),
        by=by,
        why=outcome.note,
        solved=outcome.solved,
        codigo=outcome.codigo,
        locale=closed.locale,
    )
    return closed


@transaction.atomic
def reveal_contact(*, handoff_id: int, by: User, why: str) -> str:
    """The contact in full, for calling back; who looked, and why, stays in the audit.

    Raises NotAnAgent, ValueError without a reason, AlreadyClaimed when nobody is to be called any more.
    """
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    if not why.strip():
        raise ValueError("say why the contact is needed")
    pending = Handoff.objects.filter(pk=handoff_id, state=HandoffState.CALLBACK).exclude(contact="").first()
    if pending is None:
        raise AlreadyClaimed(f"callback {handoff_id} is not pending any more")
    record("callback.contact_revealed", str(handoff_id), by=by, why=why.strip())
    return pending.contact
