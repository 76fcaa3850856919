"""Terms: how long the entity may take, and how days are counted."""

import re
from collections.abc import Iterator

from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Problem, rule
from cms.tramites.schema import Aspecto, Calificacion, Plazo, Tipo, Unidad

PLAZO = Aspecto.PLAZO
EVALUATED = (Calificacion.SILENCIO_POSITIVO, Calificacion.SILENCIO_NEGATIVO)
LAW = re.compile(r"^\s*(ley\b|d\.?\s*leg|decreto legislativo)", re.IGNORECASE)
# How many working days the unit is, near enough to tell thirty from more than thirty.
WORKING_DAYS = {
    Unidad.MINUTOS: 1 / 480, Unidad.HORAS: 1 / 24, Unidad.DIAS_HABILES: 1.0, Unidad.DIAS_CALENDARIO: 5 / 7,
    Unidad.MESES: 21.0, Unidad.ANIOS: 250.0,
}  # fmt: skip


def cites_a_law(case: Case) -> bool:
    return any(LAW.match(norm.norma) for norm in case.hechos.base_legal)


def working_days(row: Plazo) -> float:
    if row.unidad is None or row.valor is None:
        return 0.0
    return (row.valor_max or row.valor) * WORKING_DAYS[row.unidad]


@rule("plazo-30-dias", Level.AVISO, "Ley 27444, artículos 35 y 142")
def no_more_than_thirty_working_days(case: Case) -> Iterator[Problem]:
    if case.hechos.calificacion not in EVALUATED or cites_a_law(case):
        return
    for row in case.plazos:
        if working_days(row) > 30:
            yield Problem(
                PLAZO,
                "El plazo pasa de 30 días hábiles: solo una ley o un decreto legislativo puede dar más. Cítalo en la "
                "base legal, o corrige el plazo.",
                row.clave,
                "valor",
                hecho=f"{row.valor} {row.valor_max} {row.unidad}",
            )


@rule("plazo-automatica", Level.AVISO, "Ley 27444, artículo 31.2")
def an_automatic_approval_is_handed_over_in_five_days(case: Case) -> Iterator[Problem]:
    if case.hechos.calificacion is not Calificacion.AUTOMATICA:
        return
    for row in case.plazos:
        if working_days(row) > 5:
            yield Problem(
                PLAZO,
                "En una aprobación automática el documento se entrega en 5 días hábiles como máximo, salvo que una ley "
                "especial anterior diga otra cosa. Corrige el plazo o cita esa ley.",
                row.clave,
                "valor",
                hecho=f"{row.valor} {row.valor_max} {row.unidad}",
            )


@rule("plazo-dias-calendario", Level.AVISO, "Ley 27444, artículos 134 y 139")
def calendar_days_need_a_norm(case: Case) -> Iterator[Problem]:
    for row in case.plazos:
        if row.unidad is Unidad.DIAS_CALENDARIO and not case.hechos.base_legal:
            yield Problem(
                PLAZO,
                "Los plazos se cuentan en días hábiles si ninguna norma dice lo contrario. Cita en la base legal la "
                "norma que pone días calendario, o cambia la unidad.",
                row.clave,
                "unidad",
                hecho=f"{row.valor} {row.valor_max}",
            )


@rule("plazo-como-se-cuenta", Level.INFORMACION, "Ley 27444, artículos 133 y 134")
def how_working_days_are_counted(case: Case) -> Iterator[Problem]:
    for row in case.plazos:
        if row.unidad is Unidad.DIAS_HABILES:
            yield Problem(
                PLAZO,
                "Los días hábiles se cuentan desde el día hábil siguiente, sin sábados, domingos ni feriados.",
                row.clave,
                "unidad",
            )
            return


@rule("observaciones-una-vez", Level.INFORMACION, "Ley 27444, artículo 125")
def observed_only_once(case: Case) -> Iterator[Problem]:
    if case.hechos.requisitos and case.hechos.tipo in (Tipo.PROCEDIMIENTO, Tipo.EXCLUSIVO):
        yield Problem(
            Aspecto.REQUISITOS,
            "Si falta algo, la mesa de partes lo observa una sola vez y da 2 días hábiles para completarlo.",
        )


@rule("jornada-de-8-horas", Level.AVISO, "Ley 27444, artículo 138")
def places_attend_eight_hours(case: Case) -> Iterator[Problem]:
    for sede in case.hechos.sedes:
        hours = case.jornadas.get(sede)
        if hours is not None and hours < 8:
            yield Problem(
                Aspecto.HORARIO,
                f"La sede «{sede}» atiende menos de 8 horas seguidas algún día de la semana. Comprueba su horario en "
                "el directorio.",
                sede,
                hecho=f"{hours:g}",
            )
