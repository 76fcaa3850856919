"""Reading conversations: with the citizen's token, or as an agent."""

from functools import lru_cache
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db.models import QuerySet

from cms.conversations.errors import ConversationNotFound
from cms.conversations.models import Conversation, Handoff, HandoffState, Message, Owner, Sender, TurnState
from cms.conversations.tokens import matches
from cms.tramites.queries import public_tramites


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
    due = Message.objects.filter(conversation_id=conversation.pk, turn=TurnState.DUE)
    return conversation.owner == Owner.ASSISTANT and due.exists()


def last_answer(conversation: Conversation) -> dict[str, Any] | None:
    """The `answer` of the last message that had one."""
    answered = Message.objects.filter(
        conversation_id=conversation.pk, sender=Sender.ASSISTANT, answer__isnull=False
    )
    found: dict[str, Any] | None = answered.order_by("-seq").values_list("answer", flat=True).first()
    return found


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
