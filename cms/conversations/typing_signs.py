"""Who is typing, for a few seconds. Kept in the cache only: it is no part of the conversation."""

from uuid import UUID

from django.core.cache import cache

from cms.conversations.models import Sender

SHOWN_SECONDS = 6


def show_typing(conversation_id: UUID | str, sender: Sender) -> None:
    """`sender` (citizen or agent) is typing; forgotten by itself after some seconds."""
    cache.set(_key(conversation_id, sender), 1, SHOWN_SECONDS)


def is_typing(conversation_id: UUID | str, sender: Sender) -> bool:
    return cache.get(_key(conversation_id, sender)) is not None


def _key(conversation_id: UUID | str, sender: Sender) -> str:
    return f"typing:{conversation_id}:{sender}"
