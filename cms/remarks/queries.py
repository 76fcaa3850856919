"""What the desk shows of remarks: those to be answered and how old they are, one with its story, and the figures of a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Count, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations.contacts import Contact
from cms.conversations.models import ContactKind
from cms.directory.hours import LIMA
from cms.remarks import places
from cms.remarks.models import OPEN_STATES, Kind, Letter, Remark, State

MOST_SHOWN = 200
# So many days before the last one a remark is coloured.
SOON_DAYS = 2

Step = Literal["calm", "late", "very-late"]
# What a list can be narrowed to; the first is what is shown unasked.
SHOWN: dict[str, str] = {
    "pending": "sin responder",
    "new": "nuevos",
    "mine": "a mi cargo",
    "answered": "respondidos",
    "unsent": "respondidos sin poder enviarse",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One remark in a list. `days`: since it came in, until it was answered."""

    remark: Remark
    about: str
    days: int
    step: Step

    @property
    def age(self) -> str:
        return "hoy" if self.days == 0 else f"{self.days} día{'s' if self.days > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Figures:
    """One kind, today and altogether. `overdue`: past the last day its citizen was told."""

    name: str
    received: int
    answered: int
    pending: int
    overdue: int


def listed(*, shown: str, kind: str, by: User, at: datetime | None = None) -> list[Row]:
    """Those to be answered oldest first; the answered ones newest first."""
    found = Remark.objects.select_related("owner")
    if kind in Kind.values:
        found = found.filter(kind=kind)
    return rows(_narrowed(found, shown, by)[:MOST_SHOWN], at)


def _narrowed(found: QuerySet[Remark], shown: str, by: User) -> QuerySet[Remark]:
    if shown == "new":
        return found.filter(state=State.NEW)
    if shown == "mine":
        return found.filter(state=State.TAKEN, owner=by)
    if shown == "answered":
        return found.filter(state=State.ANSWERED).order_by("-answered_at")
    if shown == "unsent":
        return found.filter(letter=Letter.FAILED)
    return found.filter(state__in=OPEN_STATES)


def rows(found: Iterable[Remark], at: datetime | None = None) -> list[Row]:
    at = at or timezone.now()
    remarks = list(found)
    names = places.names({remark.about for remark in remarks})
    return [_row(remark, names.get(remark.about, ""), at) for remark in remarks]


def _row(remark: Remark, about: str, at: datetime) -> Row:
    days = (_day(remark.answered_at or at) - _day(remark.received_at)).days
    return Row(remark, about, days, step_of(remark, _day(at)))


def _day(moment: datetime) -> date:
    return moment.astimezone(LIMA).date()


def step_of(remark: Remark, today: date) -> Step:
    """How the time that is left is coloured, and said; one without a period is never late."""
    if remark.due_on is None or remark.state == State.ANSWERED:
        return "calm"
    if today > remark.due_on:
        return "very-late"
    return "late" if today + timedelta(days=SOON_DAYS) >= remark.due_on else "calm"


def pending_count() -> int:
    return Remark.objects.filter(state__in=OPEN_STATES).count()


def story(remark: Remark) -> QuerySet[Entry]:
    """What was done with it, oldest first, without who only read it."""
    return Entry.objects.filter(subject=remark.number).exclude(what="remark.read").order_by("pk")


def masked_contact(remark: Remark) -> str:
    """Enough to tell whether it is a phone or a mail address; empty where none is kept."""
    return Contact(ContactKind(remark.contact_kind), remark.contact).masked if remark.contact else ""


def figures(at: datetime | None = None) -> list[Figures]:
    """One row for each kind, whether there is any or not."""
    at = at or timezone.now()
    start = datetime.combine(_day(at), datetime.min.time(), tzinfo=LIMA)
    received = _by_kind(Remark.objects.filter(received_at__gte=start))
    answered = _by_kind(Remark.objects.filter(answered_at__gte=start))
    pending = Remark.objects.filter(state__in=OPEN_STATES)
    waiting, overdue = _by_kind(pending), _by_kind(pending.filter(due_on__lt=_day(at)))
    return [
        Figures(name, received[kind], answered[kind], waiting[kind], overdue[kind])
        for kind, name in Kind.choices
    ]


def _by_kind(found: QuerySet[Remark]) -> Counter[str]:
    counted = found.order_by().values("kind").annotate(number=Count("pk"))
    return Counter(dict(counted.values_list("kind", "number")))


def hours(at: datetime | None = None) -> list[tuple[int, int]]:
    """(hour in Lima, how many came in then) of today; hours without any are left out."""
    at = at or timezone.now()
    start = datetime.combine(_day(at), datetime.min.time(), tzinfo=LIMA)
    moments = Remark.objects.filter(received_at__gte=start).values_list("received_at", flat=True)
    return sorted(Counter(moment.astimezone(LIMA).hour for moment in moments).items())
