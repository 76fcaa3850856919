"""Who is typing, for a few seconds. Kept in the cache only: it is no part of the conversation."""

from collections.abc import Iterable
from uuid import UUID

from cms import kept
from cms.conversations.models import Sender

SHOWN_SECONDS = 6


def show_typing(conversation_id: UUID | str, sender: Sender) -> None:
    """`sender` (citizen or agent) is typing; forgotten by itself after some seconds."""
    kept.put(_key(conversation_id, sender), 1, SHOWN_SECONDS)


def is_typing(conversation_id: UUID | str, sender: Sender) -> bool:
    return kept.get(_key(conversation_id, sender)) is not None


def who_types(conversation_ids: Iterable[UUID]) -> dict[UUID, tuple[bool, bool]]:
    """Of each conversation whether its agent and whether its citizen is typing; the cache is asked once for all."""
    keys = {pk: (_key(pk, Sender.AGENT), _key(pk, Sender.CITIZEN)) for pk in conversation_ids}
    known = kept.get_many([key for pair in keys.values() for key in pair])
    return {pk: (agent in known, citizen in known) for pk, (agent, citizen) in keys.items()}


def _key(conversation_id: UUID | str, sender: Sender) -> str:
    return f"typing:{conversation_id}:{sender}"
