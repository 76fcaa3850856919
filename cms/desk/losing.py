"""Why a conversation is no longer an agent's: for who was writing in it, slept, or was in the middle of a sentence."""

from dataclasses import dataclass
from datetime import datetime

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations.models import Conversation, Handoff, HandoffState, Note, Owner
from cms.conversations.operations.agents import FIRST_REPLY_SECONDS, public_name
from cms.desk.queries import clock

LOST = ("conversation.agent_lost", "conversation.agent_silent", "conversation.reassigned")


@dataclass(frozen=True, slots=True)
class Loss:
    """When it went and why; `holder` has it now, since `since`; None where nobody has."""

    at: datetime
    why: str
    holder: User | None
    since: datetime | None


def loss_of(conversation: Conversation, agent: User) -> Loss | None:
    """The last time this agent lost it, as long as the agent has not got it back."""
    if conversation.owner == Owner.AGENT and conversation.agent_id == agent.pk:
        return None
    lost = Entry.objects.filter(subject=str(conversation.pk), what__in=LOST, detail__agent=agent.pk)
    entry = lost.order_by("-pk").first()
    if entry is None:
        return None
    active = Handoff.objects.filter(conversation=conversation, state=HandoffState.ACTIVE).first()
    holder = conversation.agent
    return Loss(entry.at, _why(entry), holder, active.taken_at if active and holder else None)


def _why(entry: Entry) -> str:
    if entry.what == "conversation.agent_silent":
        return f"pasaron {clock(FIRST_REPLY_SECONDS)} desde que la tomaste sin una respuesta"
    if entry.what == "conversation.reassigned":
        by = public_name(entry.by) if entry.by else entry.by_name
        note = Note.objects.filter(pk=entry.detail.get("note")).first()
        return f"la pasó {by}, de supervisión" + (f": «{note.text}»" if note else "")
    seconds = entry.detail.get("seconds")
    return f"estuviste {clock(seconds)} sin conexión" if seconds else "saliste de la mesa"
