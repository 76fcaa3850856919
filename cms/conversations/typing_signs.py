"""Who is typing, for a few seconds. Kept in the cache only: it is no part of the conversation."""

from uuid import UUID

from cms import kept
from cms.conversations.models import Sender

SHOWN_SECONDS = 6


def show_typing(conversation_id: UUID | str, sender: Sender) -> None:
    """`sender` (citizen or agent) is typing; forgotten by itself after some seconds."""
    kept.put(_key(conversation_id, sender), 1, SHOWN_SECONDS)


def is_typing(conversation_id: UUID | str, sender: Sender) -> bool:
    return kept.get(_key(conversation_id, sender)) is not None


def _key(conversation_id: UUID | str, sender: Sender) -> str:
    return f"typing:{conversation_id}:{sender}"
