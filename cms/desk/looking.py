"""Who has a conversation open at the desk, for some seconds. Kept in the cache only: it is no part of the record."""

from uuid import UUID

from django.utils import timezone

from cms import kept
from cms.accounts.models import User
from cms.conversations.operations.agents import public_name

SHOWN_SECONDS = 12
MOST_LOOKING = 10


def look(conversation_id: UUID | str, by: User) -> list[str]:
    """Says that `by` looks at it; returns the public names of the others who do, in the order they came.

    Two who look in the same instant may miss each other once: the next look tells.
    """
    now = timezone.now().timestamp()
    seen: dict[int, tuple[str, float]] = kept.get(_key(conversation_id)) or {}
    fresh = {who: row for who, row in seen.items() if now - row[1] < SHOWN_SECONDS}
    fresh[by.pk] = (public_name(by), now)
    kept.put(_key(conversation_id), dict(list(fresh.items())[-MOST_LOOKING:]), SHOWN_SECONDS)
    return [name for who, (name, _at) in fresh.items() if who != by.pk]


def _key(conversation_id: UUID | str) -> str:
    return f"looking:{conversation_id}"
