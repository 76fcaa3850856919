"""The findings of a ficha as things are today: the day in Lima, the UIT on record, the hours on record, what is public."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from cms.directory.hours import LIMA
from cms.directory.models import Tramo
from cms.tramites.models.uit import Uit
from cms.tramites.preflight.findings import Finding
from cms.tramites.preflight.registry import check
from cms.tramites.queries import TramiteNotFound, published
from cms.tramites.schema import Ficha

# The UIT of a year is fixed in the last weeks of the year before; from here on it is looked for.
NEXT_UIT_FROM_MONTH = 11


def today() -> date:
    return datetime.now(LIMA).date()


def uit_table() -> dict[int, Decimal]:
    return dict(Uit.objects.values_list("anio", "monto"))


def missing_uit_year(on: date | None = None) -> int | None:
    """The first year whose UIT is needed and is not on record: this year's, and from November the next one's."""
    day, known = on or today(), uit_table()
    needed = [day.year, *([day.year + 1] if day.month >= NEXT_UIT_FROM_MONTH else [])]
    return next((year for year in needed if year not in known), None)


def findings_of(ficha: Ficha) -> list[Finding]:
    """All that the rules find today in `ficha`, beside what is public of it."""
    return found_beside(ficha, public_ficha(ficha.codigo))


def found_beside(ficha: Ficha, before: Ficha | None) -> list[Finding]:
    """All that the rules find today in `ficha` as a change of `before`."""
    return check(
        ficha, today=today(), uit=uit_table(), before=before, jornadas=shortest_days(ficha.hechos.sedes)
    )


def public_ficha(codigo: str) -> Ficha | None:
    try:
        return published(codigo).ficha
    except TramiteNotFound:
        return None


def shortest_days(sedes: Iterable[str]) -> dict[str, float]:
    """For the sedes whose hours are known: the longest stretch of the shortest day from Monday to Friday, in hours."""
    stretches: dict[tuple[str, int], float] = {}
    for row in Tramo.objects.filter(sede__codigo__in=list(sedes), sede__horario_conocido=True).select_related(
        "sede"
    ):
        for weekday in row.dias:
            if weekday <= 5:
                place = (row.sede.codigo, weekday)
                stretches[place] = max(stretches.get(place, 0.0), _hours(row.abre, row.cierra))
    shortest: dict[str, float] = {}
    for (sede, _weekday), hours in stretches.items():
        shortest[sede] = min(shortest.get(sede, hours), hours)
    return shortest


def _hours(opens: time, closes: time) -> float:
    return (closes.hour * 60 + closes.minute - opens.hour * 60 - opens.minute) / 60
