"""Reading a round: each fact of its fichas with its answer, and what changed since it was asked about."""

from dataclasses import dataclass
from datetime import date, datetime

from cms.directory.hours import LIMA
from cms.editing.confirmation.facts import Hecho, facts_of
from cms.editing.confirmation.models import Respuesta, Ronda
from cms.tramites.models import Version
from cms.tramites.queries import Published, TramiteNotFound, ficha_of, published
from cms.tramites.schema import Ficha


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact of the round. `antes` is what it said when the round began, where it says something else now."""

    hecho: Hecho
    respuesta: Respuesta | None
    antes: str | None = None

    @property
    def respondido(self) -> bool:
        return self.respuesta is not None


@dataclass(frozen=True, slots=True)
class AskedFicha:
    codigo: str
    nombre: str
    ficha: Ficha
    hechos: list[Asked]
    url: str

    @property
    def respondidos(self) -> int:
        return sum(asked.respondido for asked in self.hechos)

    @property
    def publicados(self) -> int:
        """How many facts there are to confirm; blanks may be filled in and need not."""
        return sum(not asked.hecho.vacio for asked in self.hechos)

    @property
    def pendientes(self) -> int:
        return sum(not asked.hecho.vacio and not asked.respondido for asked in self.hechos)


def today() -> date:
    return datetime.now(LIMA).date()


def asked_fichas(ronda: Ronda) -> list[AskedFicha]:
    """The fichas of a round that are still public, with the answers given to what they say now."""
    found = (asked_ficha(ronda, row.codigo) for row in ronda.fichas.all())
    return [ficha for ficha in found if ficha is not None]


def asked_ficha(ronda: Ronda, codigo: str) -> AskedFicha | None:
    """None when the ficha is no part of the round, or has been withdrawn since."""
    row = ronda.fichas.filter(codigo=codigo).first()
    now = _published(codigo) if row else None
    if row is None or now is None:
        return None
    before = _facts_then(codigo, row.version) if row.version != now.revision else {}
    answers = {answer.hecho: answer for answer in ronda.respuestas.filter(codigo=codigo)}
    facts = facts_of(now.ficha, today())
    asked = [_asked(fact, answers.get(fact.id), before) for fact in facts]
    return AskedFicha(codigo, now.ficha.es["nombre"], now.ficha, asked, f"/es/tramites/{codigo}/")


def _asked(fact: Hecho, answer: Respuesta | None, before: dict[str, Hecho]) -> Asked:
    """An answer to what the fact no longer says is none: it is asked anew."""
    current = answer if answer is not None and answer.sello == fact.sello else None
    was = before.get(fact.id)
    changed = bool(before) and (was is None or was.sello != fact.sello)
    said = was.texto if was is not None and was.texto else "no lo decía"
    return Asked(fact, current, said if changed else None)


def _published(codigo: str) -> Published | None:
    try:
        return published(codigo)
    except TramiteNotFound:
        return None


def _facts_then(codigo: str, numero: int) -> dict[str, Hecho]:
    version = Version.objects.filter(tramite__codigo=codigo, numero=numero).first()
    return {fact.id: fact for fact in facts_of(ficha_of(version), today())} if version else {}
