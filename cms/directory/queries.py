"""Finding entities and places."""

from django.db.models import Count, Q, QuerySet

from cms.directory.models import Entidad, Sede

ALO_MAC = "alo"


class EntidadNotFound(LookupError):
    """No entity has this id."""


class SedeNotFound(LookupError):
    """No place has this id."""


def entidad(codigo: str) -> Entidad:
    """The entity, looked up without regard to case; raises EntidadNotFound."""
    found = entidades().filter(codigo=codigo.lower()).first()
    if found is None:
        raise EntidadNotFound(codigo)
    return found


def entidades() -> QuerySet[Entidad]:
    """Every entity, with the number of public tramites it offers as `total`."""
    public = Q(tramites__estado="publicado", tramites__version__isnull=False)
    return Entidad.objects.annotate(total=Count("tramites", filter=public, distinct=True))


def sedes(*, tipo: str = "", region: str = "") -> QuerySet[Sede]:
    """The sedes of the network, those in operation first; Aló MAC is counted among the MAC Express."""
    found = Sede.objects.prefetch_related("horario").order_by("-estado", "nombre")
    if tipo == "centro":
        found = found.filter(es_centro=True)
    elif tipo == "express":
        found = found.filter(es_express=True)
    return found.filter(region__iexact=region) if region else found


def sede(codigo: str) -> Sede:
    """Raises SedeNotFound."""
    found = Sede.objects.prefetch_related("horario").filter(codigo=codigo).first()
    if found is None:
        raise SedeNotFound(codigo)
    return found


def alo_mac() -> Sede | None:
    """The telephone service, whose hours are those in which people answer."""
    return Sede.objects.prefetch_related("horario").filter(modalidad=ALO_MAC).first()
