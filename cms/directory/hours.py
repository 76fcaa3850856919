"""When a place is open, by Lima's clock. Unknown hours stay unknown: every function may answer None."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cms.directory.models import Estado, Feriado, Sede, Tramo

LIMA = ZoneInfo("America/Lima")
LOOK_AHEAD_DAYS = 15
# Days with other hours are told for so long before they come, the day itself among them.
TOLD_AHEAD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Opening:
    """An open stretch of one day, both ends aware."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class UnusualDay:
    """A day whose hours are not those of its weekday, and why; `why_qu` is empty where only Spanish says it."""

    day: date
    why: str
    why_qu: str
    openings: tuple[Opening, ...]


def unusual_days(sede: Sede, at: datetime) -> list[UnusualDay]:
    """Those of the week that begins at `at` on which `sede` keeps other hours, or none."""
    today = at.astimezone(LIMA).date()
    last = today + timedelta(days=TOLD_AHEAD_DAYS - 1)
    named = {row.fecha: (row.nombre, row.nombre_qu) for row in holidays_from(today)}
    holidays = set(named)
    named |= {row.fecha: (row.motivo, "") for row in sede.dias_especiales.all() if today <= row.fecha <= last}
    found = []
    for day in sorted(named):
        openings = openings_on(sede, day, holidays)
        if openings is not None and openings != _of_the_week(sede, day):
            found.append(UnusualDay(day, *named[day], tuple(openings)))
    return found


def holidays_from(today: date) -> list[Feriado]:
    """The holidays of the week that begins `today`, in order."""
    last = today + timedelta(days=TOLD_AHEAD_DAYS - 1)
    return list(Feriado.objects.filter(fecha__range=(today, last)).order_by("fecha"))


def openings_on(sede: Sede, day: date, holidays: set[date] | None = None) -> list[Opening] | None:
    """The stretches `sede` is open on `day`, in order; None when its hours are not known, or it has not opened yet.

    A day written as special counts before anything else. A stretch marked `en_feriados` holds on holidays and the
    others do not, as the source writes it.
    """
    if not sede.horario_conocido or sede.estado == Estado.EN_IMPLEMENTACION:
        return None
    special = _special(sede, day)
    if special is not None:
        return special
    holiday = day in (holidays if holidays is not None else holidays_between(day, day))
    return _of_the_week(sede, day, holiday=holiday)


def _of_the_week(sede: Sede, day: date, *, holiday: bool = False) -> list[Opening]:
    """What its weekday says, in order."""
    stretches = [
        row for row in sede.horario.all() if row.en_feriados == holiday and day.isoweekday() in row.dias
    ]
    return sorted((_opening(day, row) for row in stretches), key=lambda opening: opening.opens_at)


def _special(sede: Sede, day: date) -> list[Opening] | None:
    """The hours written for this very day, an empty list where it is closed; None when nothing is written."""
    rows = [row for row in sede.dias_especiales.all() if row.fecha == day]
    if not rows:
        return None
    stretches = [Opening(_at(day, row.abre), _at(day, row.cierra)) for row in rows if row.abre and row.cierra]
    return sorted(stretches, key=lambda opening: opening.opens_at)


def _opening(day: date, row: Tramo) -> Opening:
    return Opening(_at(day, row.abre), _at(day, row.cierra))


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=LIMA)


def holidays_between(first: date, last: date) -> set[date]:
    return set(Feriado.objects.filter(fecha__range=(first, last)).values_list("fecha", flat=True))


def holidays_ahead(at: datetime) -> set[date]:
    """Every holiday that `is_open` and `next_opening` look at: read once, it serves any number of places."""
    today = at.astimezone(LIMA).date()
    return holidays_between(today, today + timedelta(days=LOOK_AHEAD_DAYS))


def is_open(sede: Sede, at: datetime, holidays: set[date] | None = None) -> bool | None:
    """Whether `sede` is open at `at`; None when its hours are not known."""
    openings = openings_on(sede, at.astimezone(LIMA).date(), holidays)
    if openings is None:
        return None
    return any(opening.opens_at <= at < opening.closes_at for opening in openings)


def next_opening(sede: Sede, at: datetime, holidays: set[date] | None = None) -> datetime | None:
    """The next time it opens after `at`, within two weeks; None when hours are not known or there is none."""
    if not sede.horario_conocido:
        return None
    today = at.astimezone(LIMA).date()
    known = holidays if holidays is not None else holidays_ahead(at)
    for ahead in range(LOOK_AHEAD_DAYS):
        for opening in openings_on(sede, today + timedelta(days=ahead), known) or []:
            if opening.opens_at > at:
                return opening.opens_at
    return None
