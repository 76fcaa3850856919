"""Reading the audit: by person, by what it happened to, by kind, between two days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from cms.audit.models import Entry

# What was done with citizens: not for those whose work is the fichas.
OF_CITIZENS = ("conversation.", "callback.", "call.", "rating.", "remark.")
LIMA = ZoneInfo("America/Lima")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty chooses nothing. Both days count whole, in Lima."""

    who: str = ""
    subject: str = ""
    what: str = ""
    since: date | None = None
    until: date | None = None


def entries(wanted: Wanted, *, of_citizens: bool) -> QuerySet[Entry]:
    """The newest first; what was done with citizens only where `of_citizens`."""
    found = _visible(of_citizens=of_citizens)
    if wanted.who:
        found = found.filter(by_name__icontains=wanted.who)
    if wanted.subject:
        found = found.filter(subject__icontains=wanted.subject)
    if wanted.what:
        found = found.filter(what=wanted.what)
    if wanted.since:
        found = found.filter(at__gte=_start(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_start(wanted.until + timedelta(days=1)))
    return found


def kinds(*, of_citizens: bool) -> list[str]:
    """Every kind of event there is a record of."""
    found = _visible(of_citizens=of_citizens)
    return list(found.order_by("what").values_list("what", flat=True).distinct())


def _visible(*, of_citizens: bool) -> QuerySet[Entry]:
    if of_citizens:
        return Entry.objects.all()
    theirs = reduce(or_, (Q(what__startswith=prefix) for prefix in OF_CITIZENS))
    return Entry.objects.exclude(theirs)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LIMA)
