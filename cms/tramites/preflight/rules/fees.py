"""Fees: articles 37.1.5, 44 and 45 of Ley 27444, the UIT, and where a figure comes from."""

import re
from collections.abc import Iterator
from decimal import Decimal

from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Problem, rule
from cms.tramites.schema import Aspecto, Confianza, Costo
from cms.ui.formats import money

COSTO = Aspecto.COSTO
TOLERANCE = Decimal("0.05")
MONTHS_UNTIL_OLD = 12


def words_of(case: Case, row: Costo) -> str:
    return f"{row.clave.replace('-', ' ')} {case.es.get(f'costos.{row.clave}', '')}".lower()


def fee_year(case: Case, row: Costo) -> int:
    """The year whose UIT a fee was worked out with: that of its first day, of its source, or this one."""
    if row.desde:
        return row.desde.year
    source = case.hechos.evidence_of(COSTO).fecha
    return int(source[:4]) if source else case.today.year


@rule("costo-una-cosa", Level.ERROR, "Ley 27444, artículo 37.1.5")
def a_fee_says_one_thing(case: Case) -> Iterator[Problem]:
    """Free of charge is said, never left to an empty field or a zero."""
    for row in case.costos:
        charged = row.monto is not None and row.monto > 0
        if (row.monto is not None and row.monto < 0) or sum([charged, row.gratuito, row.por_confirmar]) != 1:
            yield Problem(
                COSTO,
                "Un costo es un monto mayor que 0, o gratuito, o por confirmar: marca una sola de las tres cosas.",
                row.clave,
                "monto",
            )


@rule("costo-uit", Level.AVISO, "Aritmética: porcentaje × UIT del año")
def the_percentage_gives_the_amount(case: Case) -> Iterator[Problem]:
    for row in case.costos:
        if row.uit_porcentaje is None or row.monto is None:
            continue
        year = fee_year(case, row)
        uit = case.uit.get(year)
        if uit is None:
            yield Problem(
                COSTO,
                f"No está registrada la UIT de {year}: no se puede comprobar el porcentaje. Regístrala en «UIT».",
                row.clave,
                "uit_porcentaje",
                hecho=f"{year} {row.monto} {row.uit_porcentaje}",
            )
            continue
        expected = (row.uit_porcentaje * uit / 100).quantize(Decimal("0.01"))
        if abs(expected - row.monto) > TOLERANCE:
            yield Problem(
                COSTO,
                f"El {row.uit_porcentaje} % de la UIT de {year} ({money(uit)}) es {money(expected)}, y el monto dice "
                f"{money(row.monto)}. Corrige el que esté mal.",
                row.clave,
                "uit_porcentaje",
            )


@rule("costo-sobre-uit", Level.AVISO, "Ley 27444, artículo 45.1")
def a_fee_above_one_uit(case: Case) -> Iterator[Problem]:
    for row in case.costos:
        uit = case.uit.get(max(row.desde.year if row.desde else 0, case.today.year))
        if row.monto is not None and uit is not None and row.monto > uit:
            yield Problem(
                COSTO,
                f"El monto {money(row.monto)} pasa de una UIT ({money(uit)}). Solo vale con autorización del MEF o en "
                "un procedimiento estandarizado: comprueba que no sobre un cero.",
                row.clave,
                "monto",
                hecho=str(row.monto),
            )


FREE_OF_CHARGE = re.compile(
    r"\bqueja\b|\bpetici[oó]n (de gracia|graciable)|\bde oficio\b"
    r"|\bdenuncia contra (un |una |el |la |los |las )?(funcionari|servidor|trabajador)",
    re.IGNORECASE,
)


@rule("costo-no-corresponde", Level.AVISO, "Ley 27444, artículo 44.3")
def no_fee_for_a_complaint_or_a_grace(case: Case) -> Iterator[Problem]:
    if not FREE_OF_CHARGE.search(case.es["nombre"]):
        return
    for row in case.costos:
        if row.monto:
            yield Problem(
                COSTO,
                "No se cobra por una petición de gracia, por lo que se hace de oficio ni por quejarse de los propios "
                "funcionarios. Comprueba con la entidad que de verdad lo cobra.",
                row.clave,
                "monto",
                hecho=f"{case.es['nombre']} {row.monto}",
            )


STAGE = re.compile(r"\b(etapas?|fases?|cuotas?|(primera|segunda|tercera) parte|por inspecci[oó]n)\b")


@rule("costo-por-etapas", Level.AVISO, "Ley 27444, artículo 44.4")
def no_fee_by_stages(case: Case) -> Iterator[Problem]:
    for row in case.costos:
        if len(case.costos) > 1 and STAGE.search(words_of(case, row)):
            yield Problem(
                COSTO,
                "Parece cobrarse por etapas del mismo procedimiento, y el derecho es uno solo. Comprueba con la "
                "entidad si son trámites distintos.",
                row.clave,
                "texto",
                hecho=words_of(case, row),
            )


EXTRA = re.compile(
    r"\b(urgentes?|urgencia|expr[eé]s+|prioritari[oa]s?|preferentes?|acelerad[oa]"
    r"|personas? (natural|jur[ií]dica)(es|s)?|extranjer[oa]s?|nacionales|peruan[oa]s?)\b"
)


@rule("costo-por-prisa-o-persona", Level.AVISO, "Ley 27444, artículo 45.2")
def no_extra_for_haste_or_kind_of_person(case: Case) -> Iterator[Problem]:
    for row in case.costos:
        if len(case.costos) > 1 and EXTRA.search(words_of(case, row)):
            yield Problem(
                COSTO,
                "Parece cobrarse distinto por urgencia o por el tipo de persona: solo vale si una ley lo dice. "
                "Cita esa ley en la base legal, o comprueba el costo con la entidad.",
                row.clave,
                "texto",
                hecho=words_of(case, row),
            )


@rule("costo-con-fuente", Level.ERROR, "")
def a_fee_has_a_source_and_the_day_it_was_read(case: Case) -> Iterator[Problem]:
    evidence = case.hechos.evidencia.get(COSTO)
    if not any(row.monto or row.gratuito for row in case.costos):
        return
    if evidence is None or evidence.confianza is Confianza.SIN_DATO or not evidence.fuente:
        yield Problem(
            COSTO,
            "El costo no tiene fuente, y sin fuente no se muestra. Di en el aspecto «costo» de dónde sale y qué "
            "confianza merece.",
            campo="fuente",
        )
    elif evidence.vista is None:
        yield Problem(
            COSTO, "Di en el aspecto «costo» qué día se leyó la fuente («leída el»).", campo="vista"
        )


@rule("costo-fuente-sin-fecha", Level.AVISO, "")
def the_source_of_a_fee_has_a_date(case: Case) -> Iterator[Problem]:
    evidence = case.hechos.evidencia.get(COSTO)
    if any(row.monto for row in case.costos) and evidence and evidence.fuente and not evidence.fecha:
        yield Problem(
            COSTO,
            "La fuente del costo no tiene fecha: no se sabe de qué año es el monto. Busca una fuente con fecha o "
            "confírmalo con la entidad.",
            campo="fecha",
            hecho=evidence.fuente,
        )


@rule("costo-viejo", Level.AVISO, "")
def a_fee_read_long_ago(case: Case) -> Iterator[Problem]:
    evidence = case.hechos.evidencia.get(COSTO)
    if not evidence or not evidence.vista or not any(row.monto for row in case.costos):
        return
    months = (case.today.year - evidence.vista.year) * 12 + case.today.month - evidence.vista.month
    if months > MONTHS_UNTIL_OLD:
        yield Problem(
            COSTO,
            f"El costo se leyó por última vez hace más de {MONTHS_UNTIL_OLD} meses. Compruébalo y pon la fecha de hoy.",
            campo="vista",
            hecho=evidence.vista.isoformat(),
        )


JUMP = 3


@rule("costo-salta", Level.AVISO, "")
def a_fee_that_jumps(case: Case) -> Iterator[Problem]:
    """Three times as much, or a third, is mostly a slip of the keyboard or a column that is not the fee."""
    before = {row.clave: row.monto for row in case.before.hechos.costos} if case.before else {}
    for row in case.costos:
        old = before.get(row.clave)
        if row.monto and old and not old / JUMP <= row.monto <= old * JUMP:
            yield Problem(
                COSTO,
                f"El monto pasa de {money(old)} a {money(row.monto)}: más de {JUMP} veces de diferencia. Comprueba que no "
                "sobre ni falte una cifra.",
                row.clave,
                "monto",
                hecho=f"{old} {row.monto}",
            )


@rule("costo-nuevo-fuente-vieja", Level.AVISO, "")
def a_new_fee_under_an_old_source(case: Case) -> Iterator[Problem]:
    """The commonest way to publish a wrong figure: the amount is changed, and what vouches for it is not."""
    if case.before is None or _stated(case.hechos.costos) == _stated(case.before.hechos.costos):
        return
    now, then = case.hechos.evidence_of(COSTO), case.before.hechos.evidence_of(COSTO)
    if now.fuente and (now.fuente, now.fecha) == (then.fuente, then.fecha):
        yield Problem(
            COSTO,
            "El costo cambió y la fuente es la misma de antes. Pon la norma o la página de donde sale el monto nuevo, "
            "con su fecha.",
            campo="fuente",
            hecho=f"{_stated(case.hechos.costos)} {now.fuente} {now.fecha}",
        )


def _stated(rows: list[Costo]) -> list[tuple[str, str]]:
    return sorted(
        (row.clave, "gratuito" if row.gratuito else "por confirmar" if row.por_confirmar else str(row.monto))
        for row in rows
    )
