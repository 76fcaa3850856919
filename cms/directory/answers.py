"""What is known of a place: where it is, when it opens, how to ask. Unknown is said to be unknown."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from cms.directory.hours import (
    LIMA,
    UnusualDay,
    holidays_ahead,
    is_open,
    next_opening,
    openings_on,
    unusual_days,
)
from cms.directory.models import Estado, Sede
from cms.directory.weekdays import weekday, weekdays
from cms.ui.blocks import Bloque, Respuesta, plain
from cms.ui.formats import partial_date
from lenguas.dates import date_text

EVERY_DAY = 7
PLACE_ASPECTS = ("donde", "horario", "contacto")


def answer_sede(sede: Sede, aspecto: str, locale: str, at: datetime) -> Respuesta:
    """One of `PLACE_ASPECTS` of `sede`, as of the moment `at`; raises KeyError for another aspect."""
    with translation.override(locale):
        tell = {"donde": _where, "horario": _hours, "contacto": _contact}[aspecto]
        told = tell(sede, at)
        known = bool(told)
        blocks = tuple((told or [Bloque("aviso", _unknown())]) + _confirmed(sede, locale))
    return Respuesta(
        aspecto=aspecto,
        locale=locale,
        texto=plain(blocks),
        bloques=blocks,
        confianza="media" if known else "sin_dato",
        url=f"/{locale}/sedes/{sede.codigo}/",
        sede=sede.codigo,
        fuente=sede.fuente,
        fecha=sede.confirmado,
    )


def hours_lines(sede: Sede) -> list[str]:
    """The week in words: `lunes a viernes: 08:30 a 18:30`. Empty when the hours are not known."""
    lines = []
    for row in sede.horario.all():
        days = weekdays(row.dias)
        if row.en_feriados:
            days = _("feriados") + (f" ({days})" if len(row.dias) < EVERY_DAY else "")
        lines.append(f"{days}: {row.abre:%H:%M} – {row.cierra:%H:%M}")
    return lines


def _where(sede: Sede, at: datetime) -> list[Bloque]:
    places = [part for part in (sede.direccion, sede.distrito, sede.region) if part]
    blocks = [Bloque("parrafo", f"{sede.nombre}: {', '.join(places)}.")] if places else []
    if blocks and not sede.direccion:
        blocks.append(
            Bloque("aviso", _("La dirección exacta no la tenemos: pregúntala al 1800 antes de ir."))
        )
    not_open_yet = opening_sentence(sede)
    return [*blocks, Bloque("aviso", not_open_yet)] if not_open_yet else blocks


def opening_sentence(sede: Sede) -> str:
    """That a place had not opened yet, and since when that is known; empty for one that has."""
    if sede.estado != Estado.EN_IMPLEMENTACION:
        return ""
    if not sede.confirmado:
        return _("Todavía no había abierto: llama al 1800 antes de ir.")
    when = partial_date(sede.confirmado, translation.get_language() or "es")
    return _("Todavía no había abierto (%(when)s): llama al 1800 antes de ir.") % {"when": when}


def _hours(sede: Sede, at: datetime) -> list[Bloque]:
    lines = hours_lines(sede)
    if not lines:
        return []
    lines += [_unusual(one) for one in unusual_days(sede, at)]
    sentence = open_sentence(sede, at)
    return [
        Bloque("lista", sede.nombre, items=tuple(lines)),
        *([Bloque("parrafo", sentence)] if sentence else []),
    ]


def _unusual(one: UnusualDay) -> str:
    """`9 de diciembre de 2026, Batalla de Ayacucho: 09:00 – 13:30`."""
    locale = "qu" if translation.get_language() == "qu" else "es"
    why = one.why_qu if locale == "qu" else one.why
    hours = ", ".join(f"{opening.opens_at:%H:%M} – {opening.closes_at:%H:%M}" for opening in one.openings)
    return f"{date_text(one.day, locale)}{f', {why}' if why else ''}: {hours or _('cerrado')}"


def open_sentence(
    sede: Sede,
    at: datetime,
    holidays: set[date] | None = None,
    *,
    shut: Sequence[tuple[datetime, datetime]] = (),
) -> str:
    """Whether it is open by its hours, or when it opens next; empty when the hours are not known.

    `holidays` (of `hours.holidays_ahead`) saves a look into the database for each of many places. `shut`: when it will be
    closed whatever its hours; no opening is promised then.
    """
    known = holidays if holidays is not None else holidays_ahead(at)
    opened = is_open(sede, at, known)
    if opened is None:
        return ""
    if opened:
        today = openings_on(sede, at.astimezone(LIMA).date(), known) or []
        by_its_hours = next(opening.closes_at for opening in today if opening.closes_at > at)
        closing = min([by_its_hours, *(begins.astimezone(LIMA) for begins, _ends in shut if begins > at)])
        return _("Según su horario, ahora está abierto, hasta las {hora}.").format(hora=f"{closing:%H:%M}")
    opening = next_opening(sede, at, known)
    if opening is None or any(begins <= opening < ends for begins, ends in shut):
        return _("Según su horario, ahora está cerrado.")
    return _("Según su horario, ahora está cerrado. Abre {dia} a las {hora}.").format(
        dia=_day_ahead(opening, at), hora=f"{opening:%H:%M}"
    )


def _day_ahead(opening: datetime, at: datetime) -> str:
    days = opening.date() - at.astimezone(LIMA).date()
    if days < timedelta(days=1):
        return _("hoy")
    if days < timedelta(days=2):
        return _("mañana")
    return f"{weekday(opening.isoweekday())} {opening:%d/%m}"


def _contact(sede: Sede, at: datetime) -> list[Bloque]:
    return [
        Bloque("parrafo", _("Para preguntar por {sede}, llama al 1800, Aló MAC.").format(sede=sede.nombre))
    ]


def _unknown() -> str:
    return _("Ese dato de esta sede no lo tenemos. Antes de ir, pregunta al 1800, Aló MAC.")


def _confirmed(sede: Sede, locale: str) -> list[Bloque]:
    if not sede.confirmado:
        return []
    return [
        Bloque(
            "aviso",
            _("Por confirmar: este dato es de {fecha}. Fuente: {fuente}.").format(
                fecha=partial_date(sede.confirmado, locale), fuente=sede.fuente
            ),
        )
    ]
