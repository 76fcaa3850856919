"""What the pages list: public tramites under the filters a citizen chose, and what became of the withdrawn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, QuerySet, When
from django.db.models.functions import Lower

from cms.directory.models import Entidad, Sede, Tema
from cms.directory.models import Estado as EstadoSede
from cms.search.queries import search
from cms.tramites.demand import most_asked
from cms.tramites.models import Estado, Tramite
from cms.tramites.queries import Withdrawal
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


def spanish_ones(entries: Sequence[Entry]) -> str:
    """Which of a list in Quechua lead to Spanish: `all`, `some`, or none ("")."""
    spanish = [row.idioma == "es" for row in entries]
    if not any(spanish):
        return ""
    return "all" if all(spanish) else "some"


def public_rows() -> QuerySet[Tramite]:
    """Public tramites without their versions' payloads, which lists do not need."""
    return Tramite.objects.public().select_related("entidad")


def filtered(filters: Filters, locale: str) -> QuerySet[Tramite] | list[Tramite]:
    """In alphabetical order, or the best match first where words were given."""
    rows = public_rows()
    if filters.entidad:
        rows = rows.filter(oficinas__codigo=filters.entidad)
    if filters.tema:
        rows = rows.filter(temas__codigo=filters.tema)
    if filters.publico:
        rows = rows.filter(**{f"para_{filters.publico}": True})
    if not filters.q:
        return in_alphabetical_order(rows, locale)
    only = set(rows.values_list("codigo", flat=True)) if filters.chosen else None
    return _in_order((hit.codigo for hit in search(filters.q, locale, None, only=only).results), rows)


def starting_with(q: str, locale: str, most: int) -> list[Tramite]:
    """What the search finds, and before it what is being typed: names in which every word given begins a word."""
    begun = fold(q).split()
    rows = public_rows()
    named = [
        row.codigo
        for row in rows.only("codigo", "nombre", "nombre_qu", "entidad__sigla", "entidad__nombre")
        if _begins(begun, row.nombre_qu if locale == "qu" and row.nombre_qu else row.nombre)
    ]
    named.sort(key=_demand)
    found = [hit.codigo for hit in search(q, locale, limit=most).results]
    return by_codes(list(dict.fromkeys([*found[:1], *named, *found]))[: most * 2])[:most]


def _begins(begun: list[str], name: str) -> bool:
    words = fold(name).split()
    return all(any(word.startswith(part) for word in words) for part in begun)


def _demand(codigo: str) -> int:
    asked = most_asked()
    return asked.index(codigo) if codigo in asked else len(asked)


def in_alphabetical_order(rows: QuerySet[Tramite], locale: str) -> QuerySet[Tramite]:
    """By the names that are shown: in Quechua by the Quechua ones, then those that only have a Spanish one."""
    if locale != "qu":
        return rows
    return rows.order_by(Case(When(nombre_qu="", then=1), default=0), Lower("nombre_qu"), "nombre", "codigo")


def by_codes(codes: Iterable[str]) -> list[Tramite]:
    """The public ones among `codes`, in that order."""
    return _in_order(codes, public_rows())


def _in_order(codes: Iterable[str], rows: QuerySet[Tramite]) -> list[Tramite]:
    order = list(codes)
    found = {row.codigo: row for row in rows.filter(codigo__in=order)}
    return [found[codigo] for codigo in order if codigo in found]


def offered_by(entidad: Entidad, locale: str) -> QuerySet[Tramite]:
    return in_alphabetical_order(public_rows().filter(oficinas=entidad), locale)


def entidades_with_tramites() -> list[Entidad]:
    """Those that offer a public tramite, by the name people use."""
    found = Entidad.objects.filter(ofrece__in=Tramite.objects.public()).distinct()
    return sorted(found, key=lambda entidad: fold(entidad.corto))


def done_at(sede: Sede, locale: str) -> QuerySet[Tramite]:
    """The public tramites whose own ficha names this place; the network's list says nothing of places."""
    named = public_rows().filter(version__payload__hechos__sedes__icontains=f'"{sede.codigo}"')
    return in_alphabetical_order(named, locale)


def shared_confirmation(places: Iterable[Sede]) -> str:
    """The one date on which all of these (whose date is known) were confirmed; empty where they differ."""
    dates = {place.confirmado for place in places if place.confirmado}
    return str(dates.pop()) if len(dates) == 1 else ""


def places_by_region() -> dict[str, int]:
    """How many open places are known to be in each region, by its name; none where all it has had not opened yet.

    Those whose region nobody knows are in none.
    """
    rows = Sede.objects.exclude(region=None).exclude(region="").values_list("region", "estado")
    counted = Counter({name: 0 for name, _estado in rows if name})
    counted.update(name for name, estado in rows if name and estado == EstadoSede.OPERATIVO)
    return {name: counted[name] for name in sorted(counted, key=fold)}


def open_centres() -> int:
    """How many Centros MAC there are to go to: those the list of places shows as such."""
    return Sede.objects.filter(es_centro=True, estado=EstadoSede.OPERATIVO).count()


def temas_with_tramites() -> list[Tema]:
    return list(Tema.objects.filter(tramites__in=Tramite.objects.public()).distinct())


def withdrawn_entries(gone: Iterable[Withdrawal], locale: str) -> list[Entry]:
    """What is no longer public, by the names it had."""
    return [entry(row, locale) for one in gone if (row := withdrawn(one.codigo))]


def withdrawn(codigo: str) -> Tramite | None:
    """The tramite that was public under this code and no longer is."""
    return Tramite.objects.select_related("reemplazo").filter(codigo=codigo, estado=Estado.RETIRADO).first()
