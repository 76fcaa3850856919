"""What the pages list: public tramites under the filters a citizen chose, and what became of the withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cms.directory.models import Entidad, Tema
from cms.search.queries import search
from cms.tramites.models import Estado, Tramite
from lenguas.normalise import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A tramite in a list. `idioma` is the name's language where it is not the page's."""

    codigo: str
    nombre: str
    idioma: str
    entidad: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a citizen chose in the list of tramites; an empty string chooses nothing."""

    entidad: str = ""
    tema: str = ""
    publico: str = ""
    q: str = ""

    @property
    def chosen(self) -> bool:
        return bool(self.entidad or self.tema or self.publico)


def entry(tramite: Tramite, locale: str) -> Entry:
    if locale == "qu" and tramite.nombre_qu:
        return Entry(tramite.codigo, tramite.nombre_qu, "", tramite.entidad.corto)
    return Entry(tramite.codigo, tramite.nombre, "es" if locale == "qu" else "", tramite.entidad.corto)


def public_rows() -> QuerySet[Tramite]:
    """Public tramites without their versions' payloads, which lists do not need."""
    return Tramite.objects.public().select_related("entidad")


def filtered(filters: Filters, locale: str) -> list[Tramite]:
    """In alphabetical order, or the best match first where words were given."""
    rows = public_rows()
    if filters.entidad:
        rows = rows.filter(oficinas__codigo=filters.entidad)
    if filters.tema:
        rows = rows.filter(temas__codigo=filters.tema)
    if filters.publico:
        rows = rows.filter(**{f"para_{filters.publico}": True})
    if not filters.q:
        return list(rows)
    only = set(rows.values_list("codigo", flat=True)) if filters.chosen else None
    return _in_order((hit.codigo for hit in search(filters.q, locale, None, only=only).results), rows)


def by_codes(codes: Iterable[str]) -> list[Tramite]:
    """The public ones among `codes`, in that order."""
    return _in_order(codes, public_rows())


def _in_order(codes: Iterable[str], rows: QuerySet[Tramite]) -> list[Tramite]:
    order = list(codes)
    found = {row.codigo: row for row in rows.filter(codigo__in=order)}
    return [found[codigo] for codigo in order if codigo in found]


def offered_by(entidad: Entidad) -> QuerySet[Tramite]:
    return public_rows().filter(oficinas=entidad)


def entidades_with_tramites() -> list[Entidad]:
    """Those that offer a public tramite, by the name people use."""
    found = Entidad.objects.filter(ofrece__in=Tramite.objects.public()).distinct()
    return sorted(found, key=lambda entidad: fold(entidad.corto))


def temas_with_tramites() -> list[Tema]:
    return list(Tema.objects.filter(tramites__in=Tramite.objects.public()).distinct())


def withdrawn(codigo: str) -> Tramite | None:
    """The tramite that was public under this code and no longer is."""
    return Tramite.objects.select_related("reemplazo").filter(codigo=codigo, estado=Estado.RETIRADO).first()
