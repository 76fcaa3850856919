"""Completeness: what a ficha has to say, or to say that it does not know. Silence is neither."""

from collections.abc import Iterator

from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Problem, rule
from cms.tramites.schema import Aspecto, Calificacion, Confianza, Nivel, Tipo, aspect_of

ALWAYS = (Aspecto.DESCRIPCION, Aspecto.REQUISITOS, Aspecto.COSTO, Aspecto.PLAZO)
# Article 37.1 asks all of a procedure; 37.2 leaves out the qualification and its legal basis for services.
OF_TIPO: dict[Tipo, tuple[Aspecto, ...]] = {
    Tipo.PROCEDIMIENTO: (Aspecto.CALIFICACION, Aspecto.RECURSOS, Aspecto.BASE_LEGAL),
    Tipo.EXCLUSIVO: (Aspecto.RECURSOS,),
}
WHERE = (Aspecto.CANALES, Aspecto.DONDE)
LIST_OF = {
    Aspecto.REQUISITOS: "requisitos", Aspecto.COSTO: "costos", Aspecto.PLAZO: "plazos", Aspecto.PASOS: "pasos",
    Aspecto.CANALES: "canales", Aspecto.RECURSOS: "recursos", Aspecto.BASE_LEGAL: "base_legal",
    Aspecto.FORMULARIOS: "formularios", Aspecto.CONTACTO: "contactos", Aspecto.DONDE: "sedes",
}  # fmt: skip
NAMES = {
    Aspecto.DESCRIPCION: "qué es el trámite", Aspecto.REQUISITOS: "los requisitos", Aspecto.COSTO: "el costo",
    Aspecto.PLAZO: "el plazo", Aspecto.CANALES: "los canales de atención", Aspecto.DONDE: "dónde se hace",
    Aspecto.CALIFICACION: "la calificación", Aspecto.RECURSOS: "los recursos", Aspecto.BASE_LEGAL: "la base legal",
}  # fmt: skip
EXPLICIT = "Escríbelo o, si no se sabe, añade el aspecto «{aspecto}» con la confianza «sin dato» en la pestaña Ficha."


# The fee has a rule of its own; where a tramite is done is also known from the network's list.
OWN_RULE = (Aspecto.COSTO, Aspecto.DONDE)


def titled(aspecto: Aspecto) -> str:
    """As the editor's list of aspects has it."""
    return str(aspecto).replace("_", " ")


def named(aspecto: Aspecto) -> str:
    return NAMES.get(aspecto) or f"«{titled(aspecto)}»"


def says(case: Case, aspecto: Aspecto) -> bool:
    """Whether the ficha has a fact or a sentence that answers the aspect."""
    if aspecto is Aspecto.CALIFICACION:
        return case.hechos.calificacion is not Calificacion.POR_CONFIRMAR
    if aspecto is Aspecto.VIGENCIA and case.hechos.vigencia is not None:
        return True
    return bool(getattr(case.hechos, LIST_OF.get(aspecto, ""), None)) or bool(case.es.get(aspecto))


def owns_up(case: Case, aspecto: Aspecto) -> bool:
    """Whether it says in so many words that it does not know."""
    if aspecto is Aspecto.CALIFICACION:
        return case.hechos.calificacion is Calificacion.POR_CONFIRMAR
    return aspecto in case.hechos.evidencia or f"duda.{aspecto}" in case.es


def demanded(case: Case) -> Iterator[Aspecto]:
    if case.hechos.nivel is Nivel.COMPLETA:
        yield from ALWAYS
        yield from OF_TIPO.get(case.hechos.tipo, ())


def silent(case: Case) -> Iterator[Problem]:
    """What a whole ficha has to say, and neither says nor owns up to."""
    for aspecto in demanded(case):
        if not says(case, aspecto) and not owns_up(case, aspecto):
            yield Problem(
                aspecto, f"Falta decir {named(aspecto)}. " + EXPLICIT.format(aspecto=titled(aspecto))
            )
    if case.hechos.nivel is Nivel.COMPLETA and not any(says(case, a) or owns_up(case, a) for a in WHERE):
        where = "Falta decir dónde se hace: en persona, por internet o por teléfono. "
        yield Problem(Aspecto.CANALES, where + EXPLICIT.format(aspecto="canales"))


@rule("completa-dice", Level.ERROR, "Ley 27444, artículo 37.1")
def a_whole_ficha_answers(case: Case) -> Iterator[Problem]:
    """One row without data is enough to own up, so a wrong fee never waits for somebody who knows the term."""
    yield from silent(case)


@rule("por-confirmar", Level.AVISO, "")
def what_is_to_be_confirmed(case: Case) -> Iterator[Problem]:
    """An explicit blank counts as filled, and is counted: somebody has to fill it one day."""
    for aspecto in demanded(case):
        if not says(case, aspecto) and owns_up(case, aspecto):
            yield Problem(
                aspecto,
                f"Está por confirmar {named(aspecto)}. Pregúntalo a la entidad; mientras tanto se dirá que no se sabe.",
                campo="calificacion" if aspecto is Aspecto.CALIFICACION else "",
            )
    for aspecto, rows in ((Aspecto.COSTO, case.costos), (Aspecto.PLAZO, case.plazos)):
        for clave in (row.clave for row in rows if row.por_confirmar):
            message = f"En {named(aspecto)}, la fila «{clave}» está por confirmar. Pregúntalo a la entidad."
            yield Problem(aspecto, message, clave, "por_confirmar")
    if case.hechos.nivel is Nivel.COMPLETA and case.hechos.tipo is Tipo.POR_CONFIRMAR:
        yield Problem(
            Aspecto.CALIFICACION,
            "Está por confirmar si es un procedimiento o un servicio: de eso depende qué debe decir la ficha.",
            campo="tipo",
        )


@rule("dicho-sin-fuente", Level.ERROR, "")
def what_is_said_has_a_source(case: Case) -> Iterator[Problem]:
    """Without evidence an aspect is told as unknown: what the editor wrote would not be seen by anybody."""
    for aspecto in Aspecto:
        hidden = case.hechos.evidence_of(aspecto).confianza is Confianza.SIN_DATO
        if hidden and aspecto not in OWN_RULE and says(case, aspecto):
            yield Problem(
                aspecto,
                f"Lo que se dice en «{titled(aspecto)}» no tiene fuente, y sin fuente no se muestra. En la pestaña "
                f"Ficha, di en el aspecto «{titled(aspecto)}» qué confianza merece y de dónde sale.",
                campo="fuente",
            )


@rule("costo-sin-monto", Level.ERROR, "Ley 27444, artículo 37.1.5")
def the_sentence_of_a_fee_tells_its_amount(case: Case) -> Iterator[Problem]:
    """The sentence is what citizens read: without its place, the amount would be told to nobody."""
    for row in case.costos:
        text = case.es.get(f"costos.{row.clave}", "")
        if row.monto is not None and text and "{monto}" not in text:
            yield Problem(
                Aspecto.COSTO,
                f"La frase «{text}» no dice el monto. Escribe {{monto}} donde va la cifra, o deja la frase vacía: "
                "entonces el monto se dice solo.",
                row.clave,
                "texto",
                hecho=text,
            )


@rule("duda-que-queda", Level.AVISO, "")
def an_old_doubt_beside_a_new_figure(case: Case) -> Iterator[Problem]:
    """A doubt was written about the figure that stood there: beside another one it may be a lie."""
    if case.before is None:
        return
    for aspecto, name in ((a, LIST_OF[a]) for a in (Aspecto.COSTO, Aspecto.PLAZO, Aspecto.REQUISITOS)):
        doubt = case.es.get(f"duda.{aspecto}", "")
        rows, earlier = getattr(case.hechos, name), getattr(case.before.hechos, name)
        if doubt and doubt == case.before.es.get(f"duda.{aspecto}") and rows != earlier:
            yield Problem(
                aspecto,
                f"Cambia {named(aspecto)} y queda escrita la duda de antes: «{doubt}». Si ya no vale, quítala; si "
                "todavía vale con el dato nuevo, acepta el aviso.",
                campo="duda",
                hecho=f"{doubt} {rows}",
            )


@rule("cifra-a-mano", Level.AVISO, "")
def figures_are_written_once(case: Case) -> Iterator[Problem]:
    """A figure in a sentence stays behind when the fact changes, and its Quechua stays behind twice."""
    for key, text in case.es.items():
        if "S/" in text or (aspect_of(key) is Aspecto.COSTO and " soles" in text):
            rows, _, clave = key.partition(".")
            yield Problem(
                aspect_of(key),
                "Hay un monto escrito a mano en la frase. Ponlo en la columna «monto» y escribe {monto} en la frase: "
                "así cambia en todas partes a la vez.",
                clave if rows != "duda" else "",
                "texto" if clave and rows != "duda" else ("duda" if rows == "duda" else "texto"),
                hecho=text,
            )
