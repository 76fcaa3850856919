"""What of a ficha needs a person: pure rules over what is public. Each gives the aspects it concerns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cms.editing.health.models import Clase
from cms.tramites.schema import Aspecto, Calificacion, Confianza, Evidencia, Ficha, Nivel, aspect_of
from lenguas.readability import fernandez_huerta

# Of 55 and less a sentence is called somewhat difficult; of a few words the scale says nothing. Our own aim is 70.
HARD, ENOUGH_WORDS = 55, 12
_WORD = re.compile("[a-zñ]{2,}", re.IGNORECASE)
# Said as the law says it.
LEGAL = (Aspecto.BASE_LEGAL, Aspecto.RECURSOS)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`cuantos` counts what is in trouble; `desde` since when, where that is known."""

    clase: Clase
    aspectos: tuple[Aspecto, ...]
    cuantos: int
    detalle: str = ""
    desde: date | None = None


def troubles(ficha: Ficha, *, today: date, months: int) -> Iterator[Trouble]:
    """Everything the ficha itself tells; `months` after it was last looked at, an aspect is due for review."""
    for trouble in (
        _overdue(ficha, today, months),
        _of(Clase.NUNCA, [a for a in Aspecto if _never_seen(ficha.hechos.evidencia.get(a))]),
        _doubtful(ficha),
        _blank(ficha),
        _to_be_confirmed(ficha),
        _words(Clase.QUECHUA_FALTA, [key for key, text in ficha.es.items() if text and key not in ficha.qu]),
        _words(Clase.QUECHUA_VIEJO, [key for key in ficha.es if ficha.is_stale(key)]),
        _hard(ficha),
    ):
        if trouble is not None:
            yield trouble


def _of(clase: Clase, aspects: list[Aspecto], detalle: str = "", desde: date | None = None) -> Trouble | None:
    return Trouble(clase, tuple(aspects), len(aspects), detalle, desde) if aspects else None


def _overdue(ficha: Ficha, today: date, months: int) -> Trouble | None:
    due = {
        aspecto: when
        for aspecto, evidence in ficha.hechos.evidencia.items()
        if (seen := last_seen(evidence)) and (when := add_months(seen, months)) <= today
    }
    ordered = [aspecto for aspecto in Aspecto if aspecto in due]
    return _of(Clase.VENCIDA, ordered, desde=min(due.values(), default=None))


def last_seen(evidence: Evidencia) -> date | None:
    """When somebody last looked: the day it was read, or else the day of its source, as late as it can have been."""
    if evidence.vista:
        return evidence.vista
    parts = [int(part) for part in evidence.fecha.split("-") if part]
    if not parts:
        return None
    year, month, day = (*parts, 12, 28)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the 28th at the latest, so that every month has it."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, 28))


def _never_seen(evidence: Evidencia | None) -> bool:
    return (
        evidence is not None and evidence.confianza is not Confianza.SIN_DATO and last_seen(evidence) is None
    )


def _doubtful(ficha: Ficha) -> Trouble | None:
    doubtful = (Confianza.BAJA, Confianza.MEDIA)
    aspects = [a for a in Aspecto if ficha.hechos.evidence_of(a).confianza in doubtful]
    low = sum(ficha.hechos.evidence_of(a).confianza is Confianza.BAJA for a in aspects)
    return _of(Clase.CONFIANZA, aspects, f"{low} de ellos con confianza baja" if low else "")


def _blank(ficha: Ficha) -> Trouble | None:
    """Nothing is said, nor that nothing is known."""
    said = {aspect_of(key) for key in ficha.es if key != "nombre"}
    aspects = [a for a in Aspecto if a not in ficha.hechos.evidencia and a not in said]
    return _of(Clase.BLANCO, aspects, "ficha básica" if ficha.hechos.nivel is Nivel.BASICA else "")


def _to_be_confirmed(ficha: Ficha) -> Trouble | None:
    """Said to be unknown: an honest answer, until somebody asks the entity."""
    facts = ficha.hechos
    said = {a for a, evidence in facts.evidencia.items() if evidence.confianza is Confianza.SIN_DATO}
    said |= {Aspecto.COSTO} if any(row.por_confirmar for row in facts.costos) else set()
    said |= {Aspecto.PLAZO} if any(row.por_confirmar for row in facts.plazos) else set()
    if facts.nivel is Nivel.COMPLETA and facts.calificacion is Calificacion.POR_CONFIRMAR:
        said |= {Aspecto.CALIFICACION}
    return _of(Clase.POR_CONFIRMAR, [a for a in Aspecto if a in said])


def _hard(ficha: Ficha) -> Trouble | None:
    """Spanish that is hard to read, the hardest told by its figure."""
    scores = {
        key: fernandez_huerta(text)
        for key, text in ficha.es.items()
        if key != "nombre" and len(_WORD.findall(text)) >= ENOUGH_WORDS and aspect_of(key) not in LEGAL
    }
    hard = {key: score for key, score in scores.items() if score < HARD}
    concerned = {aspect_of(key) for key in hard}
    aspects = tuple(a for a in Aspecto if a in concerned)
    if not hard:
        return None
    return Trouble(Clase.DIFICIL, aspects, len(hard), f"la más difícil: {min(hard.values()):.0f} de 100")


def _words(clase: Clase, keys: list[str]) -> Trouble | None:
    concerned = {aspect_of(key) for key in keys}
    aspects = tuple(a for a in Aspecto if a in concerned)
    return Trouble(clase, aspects, len(keys)) if keys else None


def addresses(ficha: Ficha) -> Iterator[tuple[str, Aspecto]]:
    """Every address a citizen is led to, or a fact leans on, with the aspect that has it."""
    facts = ficha.hechos
    found = [(facts.pagina_oficial, Aspecto.DESCRIPCION), (facts.cita.url, Aspecto.CITA)]
    found += [(row.url, Aspecto.CANALES) for row in facts.canales]
    found += [(row.url, Aspecto.BASE_LEGAL) for row in facts.base_legal]
    found += [(row.url, Aspecto.FORMULARIOS) for row in facts.formularios]
    found += [(row.valor, Aspecto.CONTACTO) for row in facts.contactos if row.tipo == "web"]
    found += [(evidence.fuente_url, aspecto) for aspecto, evidence in facts.evidencia.items()]
    yield from dict.fromkeys(
        (url, aspecto) for url, aspecto in found if url.startswith(("http://", "https://"))
    )
