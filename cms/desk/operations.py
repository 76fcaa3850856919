"""What is decided at the desk beyond the conversation itself: how it ended, whose contact was looked at, what agents are told."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.errors import AlreadyClaimed, NotAnAgent
from cms.conversations.models import Conversation, Handoff, HandoffState
from cms.conversations.operations.agents import close_by_agent, return_to_queue
from cms.conversations.operations.originals import agents_text
from cms.conversations.personal import mask_of_agent
from cms.desk.models import Instruction, Medium, Outcome, RatingReview, Topic

# Up to here a rating is looked at by somebody.
WORST_RATINGS = 2
# So long a call that was logged can be taken back by who logged it.
UNDO_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attention ended, in the agent's eyes. `codigo` is the ficha it was about, `entidad` whose business it is."""

    solved: bool
    codigo: str = ""
    note: str = ""
    topic: Topic = Topic.INFORMATION
    entidad: str = ""


@transaction.atomic
def close(*, conversation_id: UUID, by: User, ending: Ending) -> Conversation:
    """Closes the agent's conversation and records how it ended; raises NotYours."""
    closed = close_by_agent(conversation_id=conversation_id, by=by, note=ending.note)
    _keep(ending, by, Medium.CHAT, closed.locale, closed)
    record(
        "conversation.outcome",
        str(conversation_id),
        by=by,
        solved=ending.solved,
        topic=ending.topic,
        codigo=ending.codigo,
        entidad=ending.entidad,
        locale=closed.locale,
    )
    return closed


@transaction.atomic
def log_call(*, by: User, locale: str, ending: Ending, client_id: str = "") -> Outcome:
    """Keeps that somebody called and how it ended, once per `client_id` of a form. Raises NotAnAgent."""
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    try:
        with transaction.atomic():
            kept = _keep(ending, by, Medium.CALL, locale, None, client_id=client_id or None)
    except IntegrityError:
        return Outcome.objects.get(client_id=client_id, by=by)
    record("call.logged", str(kept.pk), by=by, solved=ending.solved, topic=ending.topic, codigo=ending.codigo)
    return kept


@transaction.atomic
def undo_call(*, pk: int, by: User) -> bool:
    """Takes a call back that was logged by mistake a moment ago; returns whether there was one. The audit keeps it."""
    since = timezone.now() - timedelta(seconds=UNDO_SECONDS)
    fresh = Outcome.objects.filter(pk=pk, by=by, medium=Medium.CALL, at__gt=since)
    undone, _rows = fresh.delete()
    if undone:
        record("call.undone", str(pk), by=by)
    return bool(undone)


def _keep(
    ending: Ending,
    by: User,
    medium: Medium,
    locale: str,
    conversation: Conversation | None,
    *,
    client_id: str | None = None,
) -> Outcome:
    return Outcome.objects.create(
        medium=medium,
        conversation=conversation,
        by=by,
        at=timezone.now(),
        locale=locale,
        topic=ending.topic,
        entidad=ending.entidad,
        codigo=ending.codigo,
        solved=ending.solved,
        client_id=client_id,
        # What is noted of a conversation stands with the conversation, and goes with it.
        note=mask_of_agent(ending.note).text if conversation is None else "",
    )


@transaction.atomic
def pass_to_language(*, conversation_id: UUID, by: User, locale: str, note: str) -> Conversation:
    """Back to the old place in the queue, for who speaks `locale`. Raises NotYours."""
    current = return_to_queue(conversation_id=conversation_id, by=by, note=note)
    Handoff.objects.filter(conversation=current, state=HandoffState.WAITING).update(locale=locale)
    record("conversation.passed_to_language", str(conversation_id), by=by, locale=locale)
    return current


@transaction.atomic
def reveal_contact(*, handoff_id: int, by: User, why: str) -> str:
    """The contact in full, for calling back; who looked, and why, stays in the audit.

    For whoever may call back, and for the agent who has the conversation. Raises NotAnAgent, ValueError without a
    reason, AlreadyClaimed when it is not for this person to see (any more).
    """
    if not has_role(by, Role.AGENT, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is neither agent nor supervisor")
    if not why.strip():
        raise ValueError("say why the contact is needed")
    asked = Handoff.objects.filter(pk=handoff_id).exclude(contact="")
    callback = asked.filter(state=HandoffState.CALLBACK)
    own = asked.filter(state=HandoffState.ACTIVE, conversation__agent=by)
    found = (callback | own).first()
    if found is None:
        raise AlreadyClaimed(f"callback {handoff_id} is not pending any more")
    reason = agents_text(found.conversation_id, why.strip())
    record("callback.contact_revealed", str(handoff_id), by=by, why=reason)
    return found.contact


@transaction.atomic
def instruct(*, codigo: str, by: User, text: str) -> Instruction:
    """Tells all agents something about a ficha that citizens are not shown. Raises NotAnAgent."""
    _check_supervisor(by)
    told = Instruction.objects.create(codigo=codigo, by=by, text=text)
    record("instruction.given", codigo, by=by, instruction=told.pk, text=text)
    return told


@transaction.atomic
def end_instruction(*, pk: int, by: User) -> None:
    """Takes an instruction back; one that was taken back before stays so. Raises NotAnAgent."""
    _check_supervisor(by)
    standing = Instruction.objects.filter(pk=pk, ended_at=None)
    codigo = standing.values_list("codigo", flat=True).first()
    if standing.update(ended_at=timezone.now(), ended_by=by):
        record("instruction.ended", codigo or "", by=by, instruction=pk)


@transaction.atomic
def finish_review(*, conversation_id: UUID, by: User, done: str) -> None:
    """Closes the task a bad rating made, with what was done. Raises NotAnAgent, ValueError, AlreadyClaimed."""
    _check_supervisor(by)
    if not done.strip():
        raise ValueError("say what was done")
    rated = Conversation.objects.filter(pk=conversation_id, rating__lte=WORST_RATINGS).first()
    if rated is None or rated.rated_at is None:
        raise AlreadyClaimed(f"{conversation_id} has no bad rating")
    _made, fresh = RatingReview.objects.get_or_create(
        conversation=rated, rated_at=rated.rated_at, defaults={"by": by, "done": done.strip()}
    )
    if not fresh:
        raise AlreadyClaimed(f"the rating of {conversation_id} was reviewed before")
    said = agents_text(conversation_id, done.strip())
    record("rating.reviewed", str(conversation_id), by=by, why=said, rating=rated.rating)


def _check_supervisor(by: User) -> None:
    if not has_role(by, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is no supervisor")
