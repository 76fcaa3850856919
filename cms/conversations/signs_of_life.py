"""Agents are there as long as anything comes from their desk: a beat, a look, a line, a claim.

Beats alone would not do: one that a busy server answers late, or never, would take the conversations of somebody
who is writing in them at that moment.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from cms.accounts.models import User
from cms.conversations.availability import ABSENT_AFTER_SECONDS
from cms.conversations.models import Presence
from cms.conversations.uptime import heard_since

# A sign so fresh needs no newer one: most requests of a desk write nothing here.
FRESH_SECONDS = 10


def show_life(by: User) -> None:
    """`by` has just done something at the desk. Who is not there (no desk, no agent) does not come to be by this."""
    now = timezone.now()
    stale = Presence.objects.filter(user=by, heartbeat_at__lt=now - timedelta(seconds=FRESH_SECONDS))
    # Asked first: on SQLite an update that changes nothing waits for the write lock like any other.
    if stale.exists():
        stale.update(heartbeat_at=now)


def come_to_be(by: User, *, available: bool = True) -> None:
    """As `show_life`, also for somebody whose desk has not said anything yet."""
    new = {"heartbeat_at": timezone.now(), "available": available}
    Presence.objects.get_or_create(user=by, defaults=new)
    show_life(by)


def is_present(agent_id: int, now: datetime) -> bool:
    since = heard_since(now, ABSENT_AFTER_SECONDS)
    return Presence.objects.filter(user_id=agent_id, heartbeat_at__gt=since).exists()
