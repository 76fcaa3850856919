"""What citizens read of each aspect a package changes, whole, before and after: with its figures filled in, in both languages.

A fee that changes lands in a sentence nobody rewrote, and that sentence is what people will act upon.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cms.directory.hours import LIMA
from cms.editing.marking import Piece, marked
from cms.editing.packages.evidence import changed_aspects
from cms.editing.packages.models import Paquete
from cms.editing.packages.results import Result
from cms.tramites.answers import answer
from cms.tramites.labels import aspect_title
from cms.tramites.operations import with_translations
from cms.tramites.queries import Published, draft
from cms.tramites.schema import Aspecto, Ficha

LANGUAGES = {"es": "castellano", "qu": "quechua"}
MARKED_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Heard:
    """One aspect in one language. `desde` is the day from which it is said, where that is after the package takes force."""

    aspecto: Aspecto
    titulo: str
    locale: str
    antes: str
    despues: str
    pieces: list[Piece]
    desde: date | None = None

    @property
    def idioma(self) -> str:
        return LANGUAGES[self.locale]


def heard(package: Paquete, result: Result) -> list[Heard]:
    """Every answer that will be another one, in page order: Spanish, then Quechua."""
    if result.after is None:
        return []
    first = _first_day(package)
    before = draft(result.before, package.entidad) if result.before else None
    after = draft(with_translations(result.after), package.entidad)
    changed = _changed(result.before, result.after)
    return [
        told
        for aspecto in Aspecto
        if aspecto in changed
        for locale in LANGUAGES
        for told in _told(aspecto, locale, before, after, [first, *_later(after.ficha, first)])
    ]


def _changed(old: Ficha | None, new: Ficha) -> set[Aspecto]:
    """Also where only the source or the name is another one: both are read aloud."""
    before = old.hechos.evidencia if old else {}
    sources = {a for a in Aspecto if before.get(a) != new.hechos.evidencia.get(a)}
    named = {Aspecto.DESCRIPCION} if not old or old.es["nombre"] != new.es["nombre"] else set()
    return changed_aspects(old, new) | sources | named


def _first_day(package: Paquete) -> date:
    at: datetime = package.en_vigor_at or timezone.now()
    return at.astimezone(LIMA).date()


def _later(ficha: Ficha, first: date) -> list[date]:
    """The days on which a fee or a term of the ficha begins after the first one."""
    rows = [*ficha.hechos.costos, *ficha.hechos.plazos]
    return sorted({row.desde for row in rows if row.desde and row.desde > first})


def _told(
    aspecto: Aspecto, locale: str, before: Published | None, after: Published, days: list[date]
) -> Iterator[Heard]:
    said = ""
    for day in days:
        old = answer(before, aspecto, locale, day).texto if before else ""
        new = answer(after, aspecto, locale, day).texto
        if new in (old, said):
            continue
        said = new
        short = len(old) + len(new) <= MARKED_CHARS
        pieces = marked(old, new) if old and short else []
        later = day if day != days[0] else None
        yield Heard(aspecto, aspect_title(aspecto, "es"), locale, old, new, pieces, later)
