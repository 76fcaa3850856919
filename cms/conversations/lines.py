"""Adding lines to a conversation: the one place where a message gets its number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.conversations.errors import ConversationNotFound, Superseded
from cms.conversations.models import Conversation, Message, Sender, TurnState

# The longest text anybody may send, after trimming.
MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that has no number yet."""

    sender: Sender
    text: str
    locale: str
    in_reply_to: int | None = None
    by: User | None = None
    client_id: str | None = None
    payload: str = ""
    answer: dict[str, Any] | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)
    turn: TurnState = TurnState.NONE
    fault: str = ""


def locked(conversation_id: UUID | str) -> Conversation:
    """The conversation, nobody else writing to it until the transaction ends.

    PostgreSQL locks the row; on SQLite the transaction holds the one write lock since it began.
    Raises ConversationNotFound.
    """
    found = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
    if found is None:
        raise ConversationNotFound(str(conversation_id))
    return found


@transaction.atomic(savepoint=False)
def append(conversation: Conversation, drafts: Sequence[Draft], **changes: Any) -> list[Message]:
    """Adds `drafts` at the end and makes `changes`, all or nothing; returns the messages in order.

    Only while the conversation is as it was read: same hands, same epoch, same last line. Otherwise raises
    Superseded. A change of `owner` counts the epoch up. `conversation` is brought up to date.
    """
    now = timezone.now()
    first = conversation.last_seq + 1
    new = {**changes, "last_seq": conversation.last_seq + len(drafts), "last_activity_at": now}
    if "owner" in changes:
        new["epoch"] = conversation.epoch + 1
    stands = Conversation.objects.filter(
        pk=conversation.pk,
        epoch=conversation.epoch,
        owner=conversation.owner,
        last_seq=conversation.last_seq,
    )
    if not stands.update(**new):
        raise Superseded(str(conversation.pk))
    for name, value in new.items():
        setattr(conversation, name, value)
    rows = [_row(conversation, first + place, draft, now) for place, draft in enumerate(drafts)]
    return Message.objects.bulk_create(rows)


def _row(conversation: Conversation, seq: int, draft: Draft, at: Any) -> Message:
    return Message(
        conversation=conversation,
        seq=seq,
        in_reply_to=draft.in_reply_to,
        sender=draft.sender,
        by=draft.by,
        client_id=draft.client_id,
        locale=draft.locale,
        text=draft.text,
        payload=draft.payload,
        answer=draft.answer,
        choices=draft.choices,
        at=at,
        turn=draft.turn,
        fault=draft.fault,
    )


def hand_over(owner: str, *, agent: User | None = None) -> dict[str, Any]:
    """The changes that give a conversation to somebody else, for `append`."""
    return {"owner": owner, "agent": agent, "closed_at": None}


def drop_unanswered(conversation: Conversation) -> None:
    """What the assistant has not answered yet is for the person who takes over."""
    due = Message.objects.filter(conversation=conversation, turn=TurnState.DUE)
    due.update(turn=TurnState.DROPPED)
