"""How long a wait takes, learnt from the waits that were measured with about as many people ahead."""

from datetime import datetime, timedelta

from cms import kept
from cms.conversations.models import Handoff

KEPT_SECONDS = 30
# Fewer pick-ups than this say nothing about the next one.
FEWEST_PICK_UPS = 5
PICK_UPS_USED = 50
PICK_UPS_READ = 400
PICK_UPS_FROM_DAYS = 30

# (people ahead when it was asked, seconds until the pick-up)
Measured = list[tuple[int, int]]


def waits(locale: str, at: datetime, ahead: int) -> tuple[int | None, int | None]:
    """Seconds half, and nine in ten, of the latest like pick-ups took; None when too few were measured."""
    alike = [seconds for before, seconds in _measured(locale, at) if _is_alike(before, ahead)]
    seconds = sorted(alike[:PICK_UPS_USED])
    if len(seconds) < FEWEST_PICK_UPS:
        return None, None
    return seconds[(len(seconds) - 1) // 2], seconds[(len(seconds) * 9 + 9) // 10 - 1]


def _is_alike(before: int, ahead: int) -> bool:
    """From half to twice as many people; who had nobody ahead says nothing about who has somebody."""
    return ahead <= before * 2 and before <= ahead * 2


def _measured(locale: str, at: datetime) -> Measured:
    """The latest pick-ups, the newest first."""
    key = f"pick-ups:{locale}:{at:%Y%m%d%H}"
    known: Measured | None = kept.get(key)
    if known is None:
        known = _count_ahead(_pick_ups(locale, at))
        kept.put(key, known, KEPT_SECONDS)
    return known


def _pick_ups(locale: str, at: datetime) -> list[tuple[datetime, datetime, int]]:
    since = at - timedelta(days=PICK_UPS_FROM_DAYS)
    rows = Handoff.objects.filter(locale=locale, picked_up_seconds__isnull=False, picked_up_at__gt=since)
    latest = rows.order_by("-picked_up_at").values_list("requested_at", "picked_up_at", "picked_up_seconds")
    return [
        (asked, taken, seconds)
        for asked, taken, seconds in latest[:PICK_UPS_READ]
        if taken and seconds is not None
    ]


def _count_ahead(pick_ups: list[tuple[datetime, datetime, int]]) -> Measured:
    """Who had asked before, and was taken after somebody asked, was ahead of that person.

    Who gave up waiting is not counted: a wait then looks like one with fewer ahead, and is told longer, not shorter.
    """
    return [
        (sum(other < asked < other_taken for other, other_taken, _ in pick_ups), seconds)
        for asked, _taken, seconds in pick_ups
    ]
