"""Announcing a change and doing what follows from it."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from cms.publishing.models import Change, ChangeKind, OutboxRow, RowState
from cms.publishing.registry import followers

logger = logging.getLogger(__name__)

LEASE_SECONDS = 120
MAX_TRIES = 8
KEPT_DAYS = 30
FEED_LOCK = 1800_001  # any number of our own: it names the one queue of those who announce


class Postponed(Exception):
    """Raised by a follower that has not finished and goes on later: no failure, and no try is counted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"goes on in {seconds} s")
        self.seconds = seconds


@transaction.atomic
def announce(*, topic: str, key: str, revision: int, kind: ChangeKind) -> Change:
    """Writes the change and one row per follower in the caller's transaction, and wakes the worker after it."""
    _take_a_number()
    change = Change.objects.create(topic=topic, key=key, revision=revision, kind=kind)
    OutboxRow.objects.bulk_create([OutboxRow(change=change, follower=name) for name in followers()])
    # robust: a broker that is down must not undo or fail a publication; the sweeper finds the rows.
    transaction.on_commit(wake, robust=True)
    return change


def _take_a_number() -> None:
    """Lets changes commit in the order of their ids.

    PostgreSQL hands out ids before the commit: a reader of the feed that has seen 6 would never look for a 5 that
    commits after it. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FEED_LOCK])


def wake() -> None:
    """Tells a worker that there is something to do; the sweeper finds it anyway."""
    from cms.publishing.tasks import work_outbox  # the task imports this module

    work_outbox.delay()


def work_due(*, limit: int = 200) -> int:
    """Does the rows that are due, oldest first; returns how many it took. Safe to run in many processes."""
    done = 0
    for row in OutboxRow.objects.due().select_related("change")[:limit]:
        if _claim(row):
            _do(row)
            done += 1
    return done


def _claim(row: OutboxRow) -> bool:
    """Compare-and-set, because SQLite knows no SKIP LOCKED: only one process gets the row."""
    now = timezone.now()
    claimed = (
        OutboxRow.objects.due()
        .filter(pk=row.pk, tries=row.tries)
        .order_by()
        .update(
            state=RowState.RUNNING, tries=row.tries + 1, lease_until=now + timedelta(seconds=LEASE_SECONDS)
        )
    )
    row.tries += claimed
    return claimed == 1


def _do(row: OutboxRow) -> None:
    handler = followers().get(row.follower)
    try:
        if handler is None:
            raise LookupError(f"no follower named {row.follower!r} is registered in this process")
        handler(row.change)
    except Postponed as later:
        OutboxRow.objects.filter(pk=row.pk).update(
            state=RowState.WAITING,
            tries=max(row.tries - 1, 0),
            next_try_at=timezone.now() + timedelta(seconds=later.seconds),
        )
    except Exception as error:  # the edge of the worker: whatever a follower raises is recorded and retried
        logger.exception("A follower failed.", extra={"event": "follower_failed", "follower": row.follower})
        _record_failure(row, error)
    else:
        OutboxRow.objects.filter(pk=row.pk).update(state=RowState.DONE, error="", done_at=timezone.now())


def _record_failure(row: OutboxRow, error: Exception) -> None:
    final = row.tries >= MAX_TRIES
    OutboxRow.objects.filter(pk=row.pk).update(
        state=RowState.FAILED if final else RowState.WAITING,
        error=f"{type(error).__name__}: {error}"[:2000],
        next_try_at=timezone.now() + timedelta(seconds=min(2**row.tries, 600)),
    )


def prune() -> int:
    """Removes rows done longer than KEPT_DAYS ago; the changes themselves are the public history and stay."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    removed, _by_model = OutboxRow.objects.filter(state=RowState.DONE, done_at__lt=before).delete()
    return removed
