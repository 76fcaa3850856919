"""Reading the audit: by person, by what it happened to, by kind, between two days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cms.audit.models import Entry

LIMA = ZoneInfo("America/Lima")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty chooses nothing. Both days count whole, in Lima."""

    who: str = ""
    subject: str = ""
    what: str = ""
    since: date | None = None
    until: date | None = None


def entries(wanted: Wanted) -> QuerySet[Entry]:
    """The newest first."""
    found = Entry.objects.all()
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


def kinds() -> list[str]:
    """Every kind of event there is a record of."""
    return list(Entry.objects.order_by("what").values_list("what", flat=True).distinct())


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LIMA)
