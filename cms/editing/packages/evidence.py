"""What stands behind what a package changes: the norm. A new fee must not keep the source of the old one."""

from datetime import date
from typing import Any

from cms.editing.packages.models import Origen
from cms.tramites.schema import (
    ROWS_OF_ASPECT,
    Aspecto,
    Calificacion,
    Confianza,
    Evidencia,
    Ficha,
    Hechos,
    aspect_of,
)

ASPECT_OF_FACT: dict[str, Aspecto] = {
    "requisitos": Aspecto.REQUISITOS,
    "costos": Aspecto.COSTO,
    "plazos": Aspecto.PLAZO,
    "pasos": Aspecto.PASOS,
    "canales": Aspecto.CANALES,
    "sedes": Aspecto.DONDE,
    "oficinas": Aspecto.DONDE,
    "cita": Aspecto.CITA,
    "vigencia": Aspecto.VIGENCIA,
    "calificacion": Aspecto.CALIFICACION,
    "recursos": Aspecto.RECURSOS,
    "base_legal": Aspecto.BASE_LEGAL,
    "formularios": Aspecto.FORMULARIOS,
    "contactos": Aspecto.CONTACTO,
}
# Facts of the ficha itself: no citizen is told them as the answer to a question.
OF_NO_ASPECT = frozenset(
    {
        "codigo", "entidad", "nivel", "tipo", "codigo_tupa", "publico", "temas", "pagina_oficial", "alias",
        "evidencia", "servicios_2023",
    }
)  # fmt: skip


def changed_aspects(old: Ficha | None, new: Ficha) -> set[Aspecto]:
    """The aspects of which `new` says something else than `old`."""
    before = (
        old.hechos if old else Hechos(codigo=new.codigo, entidad=new.hechos.entidad, nivel=new.hechos.nivel)
    )
    facts = {
        aspecto for name, aspecto in ASPECT_OF_FACT.items() if getattr(before, name) != getattr(new.hechos, name)
    }  # fmt: skip
    told = old.es if old else {}
    # A name describes nothing: a norm that gives one has not said what the trámite is.
    words = {key for key in {*told, *new.es} - {"nombre"} if told.get(key) != new.es.get(key)}
    return facts | {aspect_of(key) for key in words}


def with_evidence(old: Ficha | None, new: Ficha, source: Evidencia, origen: str) -> Ficha:
    """`new` with `source` behind every aspect it changes.

    An entity's answer, or an editor who gave the aspect a source of its own, keeps that one; a sheet has none to give.
    """
    evidence = dict(new.hechos.evidencia)
    for aspecto in changed_aspects(old, new):
        own = new.hechos.evidencia.get(aspecto)
        given = own is not None and own != (old.hechos.evidencia.get(aspecto) if old else None)
        if not (given and origen != Origen.HOJA):
            beside = old and _beside(aspecto, old, new, source)
            evidence[aspecto] = beside or _of(aspecto, new, source)
    facts = new.hechos.model_copy(update={"evidencia": _in_page_order(evidence)})
    # A proposal has no Quechua: whose it is, and of which variety, is as it was.
    variety = old.variedad if old else new.variedad
    return Ficha.model_validate({"hechos": facts, "es": new.es, "variedad": variety})


def _beside(aspecto: Aspecto, old: Ficha, new: Ficha, source: Evidencia) -> Evidencia | None:
    """A norm that only adds a note beside rows nobody is sure of has not confirmed the rows: their doubt and source stay."""
    before, rows = old.hechos.evidencia.get(aspecto), ROWS_OF_ASPECT.get(aspecto)
    if before is None or before.confianza not in (Confianza.BAJA, Confianza.MEDIA) or rows is None:
        return None
    same = getattr(old.hechos, rows)
    words = {key for key in {*old.es, *new.es} if old.es.get(key) != new.es.get(key)}
    of_it = {key for key in words if key != "nombre" and aspect_of(key) is aspecto}
    if not same or same != getattr(new.hechos, rows) or of_it != {str(aspecto)}:
        return None
    return before.model_copy(update={"fuente": f"{before.fuente}; {source.fuente}".strip("; ")[:500]})


def source_of(norm: str, published: date | None, seen: date) -> Evidencia:
    return Evidencia(
        confianza=Confianza.ALTA,
        fuente=norm or "Norma por indicar",
        fecha=published.isoformat() if published else "",
        vista=seen,
    )


def _of(aspecto: Aspecto, ficha: Ficha, source: Evidencia) -> Evidencia:
    """What is emptied has no source left; what the norm leaves to be confirmed is not told as sure."""
    if not _says_something(aspecto, ficha):
        return Evidencia(confianza=Confianza.SIN_DATO, vista=source.vista)
    if _to_be_confirmed(aspecto, ficha):
        return source.model_copy(update={"confianza": Confianza.MEDIA})
    return source


def _says_something(aspecto: Aspecto, ficha: Ficha) -> bool:
    if any(aspect_of(key) is aspecto for key in ficha.es if key != "nombre"):
        return True
    empty: dict[str, Any] = {name: Hechos.model_fields[name].get_default() for name in ASPECT_OF_FACT}
    return any(
        getattr(ficha.hechos, name) != empty[name] for name, of in ASPECT_OF_FACT.items() if of is aspecto
    )


def _to_be_confirmed(aspecto: Aspecto, ficha: Ficha) -> bool:
    facts = ficha.hechos
    return f"duda.{aspecto}" in ficha.es or {
        Aspecto.COSTO: any(row.por_confirmar for row in facts.costos),
        Aspecto.PLAZO: any(row.por_confirmar for row in facts.plazos),
        Aspecto.CALIFICACION: facts.calificacion is Calificacion.POR_CONFIRMAR,
    }.get(aspecto, False)


def _in_page_order(evidence: dict[Aspecto, Evidencia]) -> dict[Aspecto, Evidencia]:
    return {aspecto: evidence[aspecto] for aspecto in Aspecto if aspecto in evidence}
