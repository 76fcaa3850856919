"""What is unlike other days about this one, for whoever is at the desk: closed already, closing early, a holiday."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cms import kept
from cms.conversations.availability import is_attended_hour, next_opening_of_alo_mac
from cms.conversations.operations.handoffs import day_and_hour
from cms.directory.hours import LIMA, openings_on
from cms.directory.models import DiaEspecial, Feriado
from cms.directory.queries import alo_mac

KEPT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Hours:
    """`opens`: when it attends again, as it is said. `closes_early`: the hour, on a day with hours of its own; `why`."""

    closed: bool
    opens: str = ""
    closes_early: str = ""
    why: str = ""
    holiday: str = ""


def hours_today(at: datetime | None = None) -> Hours:
    """Looked at with each look of each desk, so it is kept for some seconds."""
    at = at or timezone.now()
    key = f"desk:hours:{at:%Y%m%d%H%M}"
    known: Hours | None = kept.get(key)
    if known is None:
        known = _read(at)
        kept.put(key, known, KEPT_SECONDS)
    return known


def _read(at: datetime) -> Hours:
    day = at.astimezone(LIMA).date()
    holiday = Feriado.objects.filter(fecha=day).values_list("nombre", flat=True).first() or ""
    if not is_attended_hour(at):
        opens_at = next_opening_of_alo_mac(at)
        return Hours(closed=True, opens=day_and_hour(opens_at, "es") if opens_at else "", holiday=holiday)
    closes, why = _closes_early(day)
    return Hours(closed=False, closes_early=closes, why=why, holiday=holiday)


def _closes_early(day: date) -> tuple[str, str]:
    """The last hour of a day that was given its own hours, and for what; empty on any other day."""
    sede = alo_mac()
    special = DiaEspecial.objects.filter(sede=sede, fecha=day).first()
    openings = openings_on(sede, day) if sede and special else None
    if not openings or special is None:
        return "", ""
    return f"{openings[-1].closes_at:%H:%M}", special.motivo
