"""The legal part: kind, qualification, silence, appeals, norms, forms, and what the TUPA must hold."""

import re
from collections.abc import Iterator

from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Problem, rule
from cms.tramites.preflight.rules.terms import EVALUATED, cites_a_law
from cms.tramites.schema import Aspecto, Calificacion, Tipo

SERVICES = (Tipo.EXCLUSIVO, Tipo.NO_EXCLUSIVO)
IN_TUPA = (Tipo.PROCEDIMIENTO, Tipo.EXCLUSIVO)
SILENCE = re.compile(r"silencio\s+(administrativo\s+)?(positivo|negativo)", re.IGNORECASE)


@rule("tipo-conocido", Level.ERROR, "Ley 27444, artículo 37")
def the_kind_is_one_of_the_three(case: Case) -> Iterator[Problem]:
    if case.hechos.tipo not in set(Tipo):
        yield Problem(
            Aspecto.CALIFICACION,
            "Di si es un procedimiento, un servicio exclusivo o un servicio no exclusivo, o que está por confirmar.",
            campo="tipo",
        )


@rule("calificacion-segun-tipo", Level.ERROR, "Ley 27444, artículos 37.1.3 y 37.2")
def only_a_procedure_is_qualified(case: Case) -> Iterator[Problem]:
    said = case.hechos.calificacion
    if case.hechos.tipo is Tipo.PROCEDIMIENTO and said is Calificacion.NO_APLICA:
        yield Problem(
            Aspecto.CALIFICACION,
            "Un procedimiento lleva calificación: aprobación automática, o evaluación previa con su silencio. Elígela, "
            "o pon «por confirmar».",
            campo="calificacion",
        )
    if case.hechos.tipo in SERVICES and said not in (Calificacion.NO_APLICA, Calificacion.POR_CONFIRMAR):
        yield Problem(
            Aspecto.CALIFICACION,
            "Un servicio no lleva calificación ni silencio administrativo: pon «no aplica», o cambia el tipo.",
            campo="calificacion",
        )


@rule("servicio-no-aplica", Level.AVISO, "Ley 27444, artículo 37.2")
def a_service_says_that_it_is_not_qualified(case: Case) -> Iterator[Problem]:
    if case.hechos.tipo in SERVICES and case.hechos.calificacion is Calificacion.POR_CONFIRMAR:
        yield Problem(
            Aspecto.CALIFICACION,
            "En un servicio la calificación no está por confirmar: no aplica. Pon «no aplica».",
            campo="calificacion",
        )


@rule("silencio-y-plazo", Level.ERROR, "Ley 27444, artículos 31 y 37.1.4")
def silence_needs_a_term_and_an_evaluation(case: Case) -> Iterator[Problem]:
    said = case.hechos.calificacion
    if said in EVALUATED and not case.plazos and Aspecto.PLAZO not in case.hechos.evidencia:
        yield Problem(
            Aspecto.PLAZO,
            "Con evaluación previa hay que decir el plazo: sin él no se sabe cuándo empieza el silencio. Añádelo, o "
            "añade una fila «por confirmar».",
        )
    if said is Calificacion.AUTOMATICA and SILENCE.search(case.es.get("calificacion", "")):
        yield Problem(
            Aspecto.CALIFICACION,
            "En una aprobación automática no hay silencio administrativo: quita esa frase o cambia la calificación.",
            campo="texto",
        )


# The goods of article 34.1 that allow a negative silence.
PROTECTED = re.compile(
    r"salud|medio ambiente|ambiental|recursos naturales|seguridad ciudadana|sistema financiero|seguros"
    r"|mercado de valores|defensa comercial|defensa nacional|patrimonio|inversi[oó]n privada|trilateral|registral"
    r"|inscripci[oó]n|obligaci[oó]n de dar|casino|tragamonedas",
    re.IGNORECASE,
)


@rule("silencio-negativo-por-que", Level.AVISO, "Ley 27444, artículo 34.1")
def a_negative_silence_says_what_it_protects(case: Case) -> Iterator[Problem]:
    text = case.es.get("calificacion", "")
    if case.hechos.calificacion is Calificacion.SILENCIO_NEGATIVO and not PROTECTED.search(text):
        yield Problem(
            Aspecto.CALIFICACION,
            "El silencio negativo es una excepción. Di en el aspecto «calificación» qué protege: salud, ambiente, "
            "recursos naturales, seguridad ciudadana, patrimonio u otro de los bienes de la ley.",
            campo="texto",
            hecho=text,
        )


@rule("requisito-en-el-tupa", Level.ERROR, "Ley 27444, artículos 36.3, 36.4 y 38.8")
def what_is_demanded_stands_in_the_tupa(case: Case) -> Iterator[Problem]:
    facts = case.hechos
    named = facts.codigo_tupa or any(
        re.search(r"tupa|texto único", norm.norma + norm.titulo, re.I) for norm in facts.base_legal
    )
    if facts.tipo in IN_TUPA and any(row.obligatorio for row in facts.requisitos) and not named:
        yield Problem(
            Aspecto.REQUISITOS,
            "Solo se puede exigir lo que está en el TUPA. Pon el código del TUPA, o en la base legal la norma que "
            "aprueba el TUPA; los requisitos que no están ahí no son obligatorios.",
            campo="codigo_tupa",
        )


OPEN_LIST = re.compile(
    r"(dem[aá]s|otros|otras|los) (documentos?|requisitos?|datos)[^.]*"
    r"(formulario|formato|solicite|requiera|considere|estime|indique)",
    re.IGNORECASE,
)


@rule("formulario-sin-requisitos", Level.AVISO, "Ley 27444, artículos 37.1.2 y 37.1.8")
def the_list_of_requirements_is_closed(case: Case) -> Iterator[Problem]:
    for row in case.hechos.requisitos:
        text = case.es.get(f"requisitos.{row.clave}", "")
        if OPEN_LIST.search(text):
            yield Problem(
                Aspecto.REQUISITOS,
                "La lista de requisitos es cerrada, y un formulario no puede añadir otros. Escribe uno por uno los que "
                "se piden.",
                row.clave,
                "texto",
                hecho=text,
            )


@rule("norma-con-fecha", Level.AVISO, "Ley 27444, artículo 37.1.1")
def a_norm_has_its_number_and_its_date(case: Case) -> Iterator[Problem]:
    for place, norm in enumerate(case.hechos.base_legal, 1):
        lacks = [
            *([] if re.search(r"\d", norm.norma) else ["su número"]),
            *([] if norm.fecha_publicacion else ["la fecha en que se publicó en El Peruano"]),
        ]
        if lacks:
            yield Problem(
                Aspecto.BASE_LEGAL,
                f"A la norma «{norm.norma}» le falta {' y '.join(lacks)}.",
                str(place),
                "fecha_publicacion" if not norm.fecha_publicacion else "norma",
            )


APPEAL_DAYS = {"reconsideracion": ({15}, {15, 30}), "apelacion": ({15}, {30})}


@rule("recurso-plazos", Level.AVISO, "Ley 27444, artículo 207.2")
def appeals_have_the_days_of_the_law(case: Case) -> Iterator[Problem]:
    for place, row in enumerate(case.hechos.recursos, 1):
        file_in, answer_in = APPEAL_DAYS[row.tipo]
        wrong_file = row.presentar_dias is not None and row.presentar_dias not in file_in
        wrong_answer = row.resolver_dias is not None and row.resolver_dias not in answer_in
        if wrong_file or wrong_answer:
            name, days = ("La reconsideración", 15) if row.tipo == "reconsideracion" else ("La apelación", 30)
            yield Problem(
                Aspecto.RECURSOS,
                f"{name} se presenta en 15 días hábiles y se resuelve en {days}. Corrige los días, o cita la ley que "
                "pone otros.",
                str(place),
                "presentar_dias" if wrong_file else "resolver_dias",
                hecho=f"{row.tipo} {row.presentar_dias} {row.resolver_dias}",
            )


@rule("recurso-quien", Level.INFORMACION, "Ley 27444, artículos 208 y 209")
def who_decides_an_appeal(case: Case) -> Iterator[Problem]:
    if case.hechos.recursos:
        yield Problem(
            Aspecto.RECURSOS,
            "La reconsideración es opcional, pide una prueba nueva y la resuelve el mismo órgano; la apelación la "
            "resuelve el superior.",
        )


@rule("recurso-de-revision", Level.AVISO, "Ley 27444, artículo 207.1")
def a_revision_only_by_law(case: Case) -> Iterator[Problem]:
    text = case.es.get("recursos", "")
    if re.search(r"recursos? de revisi[oó]n", text, re.IGNORECASE) and not cites_a_law(case):
        yield Problem(
            Aspecto.RECURSOS,
            "El recurso de revisión solo existe si lo crea una ley o un decreto legislativo. Cítalo en la base legal, "
            "o quita el recurso.",
            campo="texto",
            hecho=text,
        )


@rule("tupa-al-dia", Level.INFORMACION, "Ley 27444, artículos 36-A y 38.7")
def how_long_a_change_of_tupa_takes(case: Case) -> Iterator[Problem]:
    if case.hechos.tipo in IN_TUPA:
        yield Problem(
            Aspecto.BASE_LEGAL,
            "Cuando una norma cambia el trámite, la entidad tiene 60 días hábiles para cambiar su TUPA; 5 si el "
            "procedimiento es estandarizado.",
        )
