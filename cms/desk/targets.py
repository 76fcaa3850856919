"""What Aló MAC set itself for those who ask for a person, beside what was measured today."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from cms.conversations.models import Handoff, HandoffState, Message, Sender
from cms.desk import queries
from cms.desk.supervision import bounds
from cms.directory.hours import LIMA
from cms.directory.metas import Metas, metas


@dataclass(frozen=True, slots=True)
class Row:
    """One target. `met` is None where nothing was measured, or nothing was set."""

    what: str
    target: str
    measured: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Against:
    targets: Metas
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Measured:
    """Of those who asked in one day and had to wait. `answers`: seconds to the first answer, in order.

    `abandoned`: nobody took them, and they wait no more. `alarms`: waits as long as the alarm, those that go on too.
    """

    asked: int
    answers: list[int]
    abandoned: int
    alarms: int


def today(day: date | None = None, at: datetime | None = None) -> Against:
    at = at or timezone.now()
    found, target = measured(day or at.astimezone(LIMA).date(), at), metas()
    return Against(
        target, [_first_answer(found, target), _abandonment(found, target), _alarms(found, target)]
    )


def measured(day: date, at: datetime) -> Measured:
    """Who undid the request before a call was promised has waited too; who asked while it was closed has not."""
    rows = list(_waited(day))
    answers = sorted(_seconds(row.requested_at, row.answered_at) for row in rows if row.answered_at)
    untaken = [row for row in rows if row.picked_up_seconds is None]
    waits = [row.picked_up_seconds for row in rows if row.picked_up_seconds is not None]
    going_on = [_seconds(row.requested_at, at) for row in untaken if row.state == HandoffState.WAITING]
    ended = [row for row in untaken if row.state != HandoffState.WAITING]
    given_up = [_seconds(row.requested_at, row.dropped_at or row.ended_at or at) for row in ended]
    alarm = metas().alarma
    over = sum(seconds >= alarm for seconds in [*waits, *going_on, *given_up])
    return Measured(len(rows), answers, len(ended), over)


def _waited(day: date) -> QuerySet[Any]:
    """Requests, each with `answered_at`: when an agent first wrote to whoever made it."""
    start, end = bounds(day)
    lines = Message.objects.filter(
        conversation=OuterRef("conversation"), sender=Sender.AGENT, at__gte=OuterRef("requested_at")
    )
    first = lines.order_by().values("conversation").annotate(first=Min("at")).values("first")
    asked = Handoff.objects.filter(requested_at__gte=start, requested_at__lt=end)
    waited = asked.filter(picked_up_seconds__isnull=False) | asked.filter(dropped_at__isnull=False)
    waited |= asked.filter(state=HandoffState.WAITING)
    waited |= asked.filter(state=HandoffState.CANCELLED, case_number=None)
    return waited.annotate(answered_at=Subquery(first))


def _seconds(since: datetime, until: datetime) -> int:
    return max(int((until - since).total_seconds()), 0)


def _first_answer(found: Measured, target: Metas) -> Row:
    what, wanted = "Primera respuesta", f"hasta {queries.clock(target.respuesta)}"
    if not found.answers:
        return Row(what, wanted, "todavía ninguna", None)
    half = found.answers[(len(found.answers) - 1) // 2]
    nine = found.answers[(len(found.answers) * 9 + 9) // 10 - 1]
    within = sum(seconds <= target.respuesta for seconds in found.answers) * 100 // len(found.answers)
    said = f"la mitad en {queries.clock(half)}, 9 de 10 en {queries.clock(nine)}; {within} % dentro"
    return Row(what, wanted, said, nine <= target.respuesta)


def _abandonment(found: Measured, target: Metas) -> Row:
    wanted = "sin meta" if target.abandono is None else f"hasta {target.abandono} %"
    if not found.asked:
        return Row("Se fueron o pasaron a llamada sin que nadie las tomara", wanted, "nadie esperó", None)
    percent = found.abandoned * 100 / found.asked
    met = None if target.abandono is None else percent <= target.abandono
    said = f"{found.abandoned} de {found.asked} ({percent:.0f} %)"
    return Row("Se fueron o pasaron a llamada sin que nadie las tomara", wanted, said, met)


def _alarms(found: Measured, target: Metas) -> Row:
    wanted = f"ninguna de {queries.clock(target.alarma)} o más"
    if not found.asked:
        return Row("Esperas con alarma", wanted, "nadie esperó", None)
    return Row("Esperas con alarma", wanted, f"{found.alarms} de {found.asked}", found.alarms == 0)
