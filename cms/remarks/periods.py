"""By when a citizen is answered, in working days, as an administrator has written it down; nothing where nobody has."""

from datetime import date, timedelta

from cms.directory.hours import holidays_between
from cms.remarks.models import Kind, Plazos

SATURDAY = 5
# More calendar days than any number of working days up to the longest period takes, holidays and all.
FARTHEST_DAYS = 2


def working_days(kind: str) -> int | None:
    """The period for this kind; None: none is set, and none is said."""
    row = Plazos.objects.first()
    if row is None:
        return None
    return row.reclamo if kind == Kind.RECLAMO else row.otros


def due_on(kind: str, received: date) -> date | None:
    """The last day of the period; the day it came in is not counted."""
    days = working_days(kind)
    return None if days is None else _after(received, days)


def _after(day: date, working: int) -> date:
    holidays = holidays_between(day, day + timedelta(days=FARTHEST_DAYS * working + 30))
    while working:
        day += timedelta(days=1)
        working -= day.weekday() < SATURDAY and day not in holidays
    return day
