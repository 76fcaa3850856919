"""Reading conversations: with the citizen's token, or as an agent."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db.models import QuerySet

from cms.accounts.tokens import matches
from cms.conversations.errors import ConversationNotFound
from cms.conversations.models import Conversation, Handoff, HandoffState, Message, Owner, Sender, TurnState
from cms.tramites.queries import public_tramites

LINES_BEFORE = 12
LONGEST_BEFORE = 500  # characters of an earlier text: what is looked for in it is said early


def conversation_of(conversation_id: str | UUID, token: str) -> Conversation:
    """The conversation, for whoever holds its token; raises ConversationNotFound for any other reason alike."""
    try:
        key = conversation_id if isinstance(conversation_id, UUID) else UUID(conversation_id)
    except ValueError as error:
        raise ConversationNotFound(str(conversation_id)) from error
    found = Conversation.objects.filter(pk=key).first()
    # Compared even when nothing was found, so that time does not tell the two apart.
    if not matches(token, found.token_digest if found else "") or found is None:
        raise ConversationNotFound(str(conversation_id))
    return found


def messages_after(conversation: Conversation, seq: int = 0) -> QuerySet[Message]:
    return Message.objects.filter(conversation_id=conversation.pk, seq__gt=seq).order_by("seq")


def is_being_answered(conversation: Conversation) -> bool:
    """Whether the assistant still owes a reply."""
    return conversation.owner == Owner.ASSISTANT and bool(being_answered([conversation.pk]))


def being_answered(conversation_ids: Collection[UUID]) -> set[UUID]:
    """In which of them a message still waits for its reply, whoever has the conversation."""
    due = Message.objects.filter(conversation_id__in=conversation_ids, turn=TurnState.DUE)
    return set(due.values_list("conversation_id", flat=True))


def last_answers(conversation: Conversation) -> list[dict[str, Any]]:
    """What the last reply that answered anything told, in order: several where several things were asked."""
    answered = Message.objects.filter(
        conversation_id=conversation.pk, sender=Sender.ASSISTANT, answer__isnull=False
    )
    last = answered.order_by("-seq").first()
    if last is None:
        return []
    same = answered.filter(in_reply_to=last.in_reply_to) if last.in_reply_to else answered.filter(pk=last.pk)
    return [message.answer for message in same.order_by("seq") if message.answer]


@dataclass(frozen=True, slots=True)
class Before:
    """What a question is read with: the citizen's last `texts`, the newest last, and the tramites last `offered`.

    `unanswered`: nothing was answered since they were offered. `told`: codigos of what was answered about, the newest first.
    """

    texts: tuple[str, ...] = ()
    offered: tuple[dict[str, Any], ...] = ()
    unanswered: bool = False
    told: tuple[str, ...] = ()


def said_before(message: Message) -> Before:
    """What was said just before `message`, as far as it may still be meant."""
    lines = list(
        Message.objects.filter(conversation_id=message.conversation_id, seq__lt=message.seq).order_by("-seq")[
            :LINES_BEFORE
        ]
    )
    texts = [line.text[:LONGEST_BEFORE] for line in lines if line.sender == Sender.CITIZEN and line.text]
    answers = (line.answer or {} for line in lines)
    told = tuple(dict.fromkeys(answer["codigo"] for answer in answers if answer.get("codigo")))
    unanswered = True
    for line in lines:
        if line.sender == Sender.ASSISTANT and line.answer is None and (asked := _tramites_asked(line)):
            return Before(tuple(reversed(texts)), asked, unanswered, told)
        unanswered = unanswered and line.answer is None
    return Before(tuple(reversed(texts)), told=told)


def _tramites_asked(line: Message) -> tuple[dict[str, Any], ...]:
    """The different tramites among the choices of a line that answers nothing."""
    found = {
        choice["codigo"]: {"codigo": choice["codigo"], "aspecto": choice.get("aspecto")}
        for choice in line.choices
        if choice.get("codigo")
    }
    return tuple(found.values()) if len(found) > 1 else ()


def waiting() -> QuerySet[Handoff]:
    """The queue, in the fair order: who asked first is first."""
    return _with_conversation(HandoffState.WAITING)


def callbacks() -> QuerySet[Handoff]:
    """Citizens to be called back, those who asked first, first."""
    return _with_conversation(HandoffState.CALLBACK)


def _with_conversation(state: HandoffState) -> QuerySet[Handoff]:
    return Handoff.objects.filter(state=state).select_related("conversation").order_by("requested_at", "id")


def most_asked(limit: int) -> list[str]:
    """Codigos of public tramites, in the order the institution names them as most asked for."""
    named = _named_most_asked()
    public = set(public_tramites().filter(codigo__in=named).values_list("codigo", flat=True))
    return [codigo for codigo in named if codigo in public][:limit]


@lru_cache(maxsize=1)
def _named_most_asked() -> tuple[str, ...]:
    path = settings.CONTENT_DIR / "demanda" / "mas_pedidos.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))["codigos"])
