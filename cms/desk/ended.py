"""What an agent had and the citizen ended or deleted: kept as an attention, with what the conversation itself tells."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.audit.operations import record
from cms.conversations.ended import Ended
from cms.conversations.errors import NotYours
from cms.conversations.models import Handoff, Reason
from cms.desk.models import Medium, Outcome, Topic
from cms.desk.naming import entity_of
from cms.desk.queries import ficha_names

# For so long the agent is told beside everything else.
TOLD_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Lately:
    """An attention the citizen ended; `conversation_id` None where they deleted it."""

    conversation_id: UUID | None
    at: datetime
    ficha: str


def topic_of(handoff: Handoff | None) -> Topic:
    """What the attention was about, as far as the way it came here tells."""
    by_reason = {Reason.OWN_CASE: Topic.OWN_CASE, Reason.UPSET: Topic.COMPLAINT}
    return by_reason.get(Reason(handoff.reason), Topic.INFORMATION) if handoff else Topic.INFORMATION


def keep(ended: Ended) -> None:
    """Whether it was solved only the agent can say, and nobody asked them yet."""
    codigo = ended.conversation.codigo or (ended.handoff.codigo if ended.handoff else "")
    kept = Outcome.objects.create(
        medium=Medium.CHAT,
        conversation=None if ended.erased else ended.conversation,
        by=ended.agent,
        at=timezone.now(),
        locale=ended.conversation.locale,
        topic=topic_of(ended.handoff),
        entidad=entity_of(codigo),
        codigo=codigo,
        solved=None,
    )
    if ended.erased:
        return
    record(
        "conversation.ended_by_citizen",
        str(ended.conversation.pk),
        agent=ended.agent.pk,
        topic=kept.topic,
        codigo=codigo,
        entidad=kept.entidad,
    )


def lately(agent: User) -> list[Lately]:
    """What citizens have just taken out of this agent's hands, until the agent has said how it ended."""
    since = timezone.now() - timedelta(seconds=TOLD_SECONDS)
    rows = list(Outcome.objects.filter(by=agent, medium=Medium.CHAT, solved=None, at__gt=since))
    names = ficha_names({row.codigo for row in rows})
    return [Lately(row.conversation_id, row.at, names.get(row.codigo, "")) for row in rows]


def unsaid(conversation_id: UUID, agent: User) -> Outcome | None:
    """The attention of this agent that the citizen ended, as long as nobody said whether it was solved."""
    return Outcome.objects.filter(conversation_id=conversation_id, by=agent, solved=None).first()


@transaction.atomic
def say_solved(*, conversation_id: UUID, by: User, solved: bool) -> None:
    """What only the agent knows of an attention the citizen ended; said once. Raises NotYours."""
    if not Outcome.objects.filter(conversation_id=conversation_id, by=by, solved=None).update(solved=solved):
        raise NotYours(f"{by} has no attention to speak of in conversation {conversation_id}")
    record("conversation.outcome", str(conversation_id), by=by, solved=solved)


def erased_at(conversation_id: UUID) -> datetime | None:
    """When its citizen deleted it; None for one that nobody deleted, or that never was."""
    erased = Entry.objects.filter(subject=str(conversation_id), what="conversation.erased_by_citizen")
    return erased.values_list("at", flat=True).first()
