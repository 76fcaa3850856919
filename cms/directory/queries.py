"""Finding entities and places. Names are compared and ordered alike on every database: without accents or case."""

from dataclasses import dataclass
from functools import lru_cache

import yaml
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from cms.directory.models import Entidad, Estado, Sede
from lenguas.normalise import fold

ALO_MAC = "alo"
# Not one of the network's: it stands for every town hall.
GENERIC = "municipalidad"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says it, and when that was last confirmed."""

    fuente: str
    confirmado: str


# What `content/directorio/entidades.yaml` was written from.
NETWORK_LIST = Origin("Sistematización de la Plataforma MAC (PCM-SGP, GRADE, 2023), Anexos 2 y 3", "2023-12")


class EntidadNotFound(LookupError):
    """No entity has this id."""


class SedeNotFound(LookupError):
    """No place has this id."""


def entidad(codigo: str) -> Entidad:
    """The entity, looked up without regard to case; raises EntidadNotFound."""
    found = _counted().filter(codigo=codigo.lower()).first()
    if found is None:
        raise EntidadNotFound(codigo)
    return found


def entidades() -> list[Entidad]:
    """Every entity in alphabetical order, with the number of public tramites it offers as `total`."""
    return sorted(_counted(), key=lambda row: fold(row.nombre))


def _counted() -> QuerySet[Entidad]:
    public = Q(ofrece__estado="publicado", ofrece__version__isnull=False)
    return Entidad.objects.annotate(total=Count("ofrece", filter=public, distinct=True))


def origin(row: Entidad) -> Origin | None:
    """Where what is said of an entity comes from; None for one that editors have added since."""
    return NETWORK_LIST if row.codigo in _in_the_network_list() else None


@lru_cache(maxsize=1)
def _in_the_network_list() -> frozenset[str]:
    path = settings.CONTENT_DIR / "directorio" / "entidades.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in rows) - {GENERIC}


def sedes(*, tipo: str = "", region: str = "") -> list[Sede]:
    """The sedes of the network, those in operation first, by name; Aló MAC is counted among the MAC Express."""
    found = Sede.objects.prefetch_related("horario", "dias_especiales")
    if tipo == "centro":
        found = found.filter(es_centro=True)
    elif tipo == "express":
        found = found.filter(es_express=True)
    rows = [row for row in found if not region or fold(row.region or "") == fold(region)]
    return sorted(rows, key=lambda row: (row.estado != Estado.OPERATIVO, fold(row.nombre)))


def regions() -> list[str]:
    """Those some place is known to be in, in alphabetical order."""
    named = Sede.objects.exclude(region=None).exclude(region="").values_list("region", flat=True).distinct()
    return sorted({name for name in named if name}, key=fold)


def sede(codigo: str) -> Sede:
    """Raises SedeNotFound."""
    found = Sede.objects.prefetch_related("horario", "dias_especiales").filter(codigo=codigo).first()
    if found is None:
        raise SedeNotFound(codigo)
    return found


def alo_mac() -> Sede | None:
    """The telephone service, whose hours are those in which people answer."""
    return Sede.objects.prefetch_related("horario", "dias_especiales").filter(modalidad=ALO_MAC).first()
