"""When the web was there to hear from anybody: nobody is absent for having been silent while it was not.

Each web process writes down every few seconds that it is up. The time it was not (a restart, a lost database, a
machine that slept) is left out wherever silence is measured.
"""

import logging
import time
from datetime import datetime, timedelta
from threading import Thread

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from cms.conversations.faults import without_words
from cms.conversations.models import Presence, Uptime

logger = logging.getLogger(__name__)
BEAT_SECONDS = 10
# Another process wrote it down a moment ago.
FRESH_SECONDS = 5
# So long without a word and the web was down.
DOWN_AFTER_SECONDS = 25
# Up for less than this it was not up: agents' desks had no time to say that they are there.
TOO_SHORT_SECONDS = 60
ONLY = 1


def start() -> None:
    """Begins to write down that this process is up, for as long as it is."""
    Thread(target=_write_down_for_ever, name="uptime", daemon=True).start()


def _write_down_for_ever() -> None:
    while True:
        try:
            write_down()
        except Exception as error:  # no database: that is what being down means here
            extra = {"event": "uptime_failed"}
            logger.warning("Writing down the uptime failed.", exc_info=without_words(error), extra=extra)
            _renew_pool()
        finally:
            connection.close()
        time.sleep(BEAT_SECONDS)


def _renew_pool() -> None:
    """Where there is a pool, what is dead in it is replaced before somebody's request meets it."""
    try:
        connection.close()
        if pool := getattr(connection, "pool", None):
            pool.check()
    except Exception as error:  # the next beat tries again; the thread must outlive any database
        extra = {"event": "pool_check_failed"}
        logger.warning("Checking the pool failed.", exc_info=without_words(error), extra=extra)


def write_down() -> None:
    """The web is up now."""
    now = timezone.now()
    fresh = {"up_since": now, "seen_at": now, "down_at": now}
    known, is_first = Uptime.objects.get_or_create(pk=ONLY, defaults=fresh)
    if is_first or now < known.seen_at + timedelta(seconds=FRESH_SECONDS):
        return
    changes = {"seen_at": now}
    if now - known.seen_at > timedelta(seconds=DOWN_AFTER_SECONDS):
        was_up = known.seen_at - known.up_since >= timedelta(seconds=TOO_SHORT_SECONDS)
        changes |= {"up_since": now, "down_at": known.seen_at if was_up else known.down_at}
    # Conditional: of several processes that come up together, one says when that was.
    Uptime.objects.filter(pk=ONLY, seen_at=known.seen_at).update(**changes)


def heard_since(at: datetime, seconds: int) -> datetime:
    """Whoever was heard of last before this has been silent for `seconds` of the time the web was up."""
    span = timedelta(seconds=seconds)
    known = Uptime.objects.filter(pk=ONLY).first()
    if known is None:
        return at - span
    until = at
    if at - known.seen_at > timedelta(seconds=DOWN_AFTER_SECONDS):
        until = max(known.seen_at, _last_heard(at) or known.seen_at)
    up_for = max(until - known.up_since, timedelta())
    return until - span if up_for >= span else known.down_at - (span - up_for)


def _last_heard(at: datetime) -> datetime | None:
    """Whoever is heard proves that the web is up, whatever is written down."""
    last: datetime | None = Presence.objects.filter(heartbeat_at__lte=at).aggregate(last=Max("heartbeat_at"))[
        "last"
    ]
    return last
