"""Which notices are in force at a moment, whom they concern, and how each is told in a language."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.directory.models import Entidad, Sede
from cms.notices.models import Aviso, Severidad, Tipo
from cms.tramites.models import Tramite
from cms.tramites.queries import Published, TramiteNotFound, published
from lenguas.normalise import fold

Stretch = tuple[datetime, datetime]
Closures = dict[str, list[Stretch]]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a page or a question is about: a notice on any of these concerns it."""

    tramites: frozenset[str] = frozenset()
    entidades: frozenset[str] = frozenset()
    sedes: frozenset[str] = frozenset()
    regiones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in one language. `idioma` is the language of its words where it is not the one asked for."""

    aviso: Aviso
    titulo: str
    texto: str
    idioma: str
    para: tuple[str, ...] = field(default=())

    @property
    def severidad(self) -> str:
        return Severidad(self.aviso.severidad).name.lower()


def in_force(at: datetime | None = None) -> list[Aviso]:
    """The most severe first, and of these the newest."""
    now = at or timezone.now()
    found = _whole().filter(desde__lte=now, hasta__gt=now)
    return list(found)


def _whole() -> QuerySet[Aviso]:
    return Aviso.objects.prefetch_related(
        Prefetch("entidades", Entidad.objects.only("codigo", "sigla", "nombre")),
        Prefetch("sedes", Sede.objects.only("codigo", "nombre")),
        Prefetch("tramites", Tramite.objects.only("codigo", "nombre", "nombre_qu")),
    )


def next_change(after: datetime) -> datetime | None:
    """When the next notice, or the closure it tells of, begins or ends: until then all stays as it is."""
    turns = ("desde", "hasta", "cierra_desde", "cierra_hasta")
    found = Aviso.objects.aggregate(
        **{f"next_{name}": Min(name, filter=Q(**{f"{name}__gt": after})) for name in turns}
    )
    return min((at for at in found.values() if at), default=None)


def concerning(touched: Touched | None, at: datetime | None = None) -> list[Aviso]:
    """Those in force that concern everybody or something `touched`; all of them where nothing in particular is."""
    found = in_force(at)
    return found if touched is None else [aviso for aviso in found if _concerns(aviso, touched)]


def _concerns(aviso: Aviso, touched: Touched) -> bool:
    named = {
        "tramites": {row.codigo for row in aviso.tramites.all()},
        "entidades": {row.codigo for row in aviso.entidades.all()},
        "sedes": {row.codigo for row in aviso.sedes.all()},
    }
    regions, asked = set(map(fold, aviso.regiones)), set(map(fold, touched.regiones))
    if not regions and not any(named.values()):
        return True
    return bool(regions & asked) or any(codes & getattr(touched, name) for name, codes in named.items())


def closures(after: datetime) -> Closures:
    """When each place is closed after that moment, in order; also what is not told yet: nobody may be promised that day."""
    found: Closures = {}
    rows = Aviso.objects.filter(tipo=Tipo.CENTRO_CERRADO, hasta__gt=after)
    for aviso in rows.prefetch_related(Prefetch("sedes", Sede.objects.only("codigo"))):
        for place in aviso.sedes.all():
            found.setdefault(place.codigo, []).append((aviso.closed_from, aviso.closed_until))
    return {codigo: sorted(stretches) for codigo, stretches in found.items()}


def is_closed(stretches: Iterable[Stretch], at: datetime) -> bool:
    return any(begins <= at < ends for begins, ends in stretches)


def said_to_be_closed(at: datetime) -> frozenset[str]:
    """The places a notice in force says are closed now: whatever their hours, they are not called open."""
    return frozenset(codigo for codigo, stretches in closures(at).items() if is_closed(stretches, at))


def closed_sentence() -> str:
    """What stands in the place of the hours of such a place, in the language in force."""
    return _("Un aviso dice que está cerrado. Míralo antes de salir.")


def touched_by(*, codigo: str = "", sede_id: str = "", region: str = "") -> Touched:
    """What a tramite and a place stand for: also its entities, its region and the centres where it is known to be done."""
    regions = {region} if region else set()
    place = {sede_id} if sede_id else set()
    around = Touched(sedes=frozenset(place), regiones=frozenset(regions | _regions_of(place)))
    return together([around, _touched_by_code(codigo)]) if codigo else around


def touched_by_ficha(shown: Published) -> Touched:
    """Its tramite, the entities that attend, the places of just this version and their regions."""
    facts = shown.ficha.hechos
    return Touched(
        tramites=frozenset({shown.codigo}),
        entidades=frozenset({facts.entidad, *(office.entidad for office in facts.oficinas)}),
        sedes=frozenset(facts.sedes),
        regiones=frozenset(_regions_of(facts.sedes)),
    )


def together(each: Iterable[Touched]) -> Touched:
    """What any of them is about."""
    rows = list(each)
    return Touched(
        tramites=frozenset().union(*(one.tramites for one in rows)),
        entidades=frozenset().union(*(one.entidades for one in rows)),
        sedes=frozenset().union(*(one.sedes for one in rows)),
        regiones=frozenset().union(*(one.regiones for one in rows)),
    )


def _touched_by_code(codigo: str) -> Touched:
    try:
        return touched_by_ficha(published(codigo))
    except TramiteNotFound:
        offices = Entidad.objects.filter(Q(tramites__codigo=codigo) | Q(ofrece__codigo=codigo))
        return Touched(
            tramites=frozenset({codigo}), entidades=frozenset(offices.values_list("codigo", flat=True))
        )


def _regions_of(places: Collection[str]) -> set[str]:
    """A page that names no place asks nothing."""
    found = Sede.objects.filter(codigo__in=places).values_list("region", flat=True) if places else []
    return {region for region in found if region}


def tell(aviso: Aviso, locale: str) -> Told:
    """In `locale`; in Spanish, said to be so, where an urgent notice has no Quechua yet."""
    para = tuple(_names(aviso, locale))
    if locale == "qu" and aviso.titulo_qu:
        return Told(aviso, aviso.titulo_qu, aviso.texto_qu, "", para)
    return Told(aviso, aviso.titulo, aviso.texto, "es" if locale == "qu" else "", para)


def told(avisos: Iterable[Aviso], locale: str) -> list[Told]:
    return [tell(aviso, locale) for aviso in avisos]


def _names(aviso: Aviso, locale: str) -> Iterable[str]:
    yield from aviso.regiones
    yield from (row.corto for row in aviso.entidades.all())
    yield from (row.nombre for row in aviso.sedes.all())
    yield from ((row.nombre_qu if locale == "qu" else "") or row.nombre for row in aviso.tramites.all())
