"""Reading what is public. Every way out of the system (page, API, search, chat, audio) comes through here."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone

from cms.directory.models import Entidad
from cms.tramites.models import Tramite, Version
from cms.tramites.models.versions import TramiteQuerySet
from cms.tramites.schema import Ficha


class TramiteNotFound(LookupError):
    """No public tramite has this code (or this revision)."""


@dataclass(frozen=True, slots=True)
class Published:
    """A public ficha with the version it is read from."""

    tramite: Tramite
    version: Version
    ficha: Ficha

    @property
    def codigo(self) -> str:
        return self.tramite.codigo

    @property
    def revision(self) -> int:
        return self.version.numero


def public_tramites() -> TramiteQuerySet:
    return Tramite.objects.public().select_related("entidad", "version")


def published(codigo: str, *, revision: int | None = None) -> Published:
    """The current ficha, or the one that was shown as `revision`; raises TramiteNotFound."""
    tramite = public_tramites().filter(codigo=codigo).first()
    if tramite is None or tramite.version is None:
        raise TramiteNotFound(codigo)
    version = tramite.version if revision is None else tramite.versions.filter(numero=revision).first()
    if version is None:
        raise TramiteNotFound(f"{codigo} revision {revision}")
    return Published(tramite, version, ficha_of(version))


def draft(ficha: Ficha, entidad: Entidad) -> Published:
    """A ficha that is not public, in the shape of one that is: for previews only. Nothing of it is saved."""
    tramite = Tramite(
        codigo=ficha.codigo, nombre=ficha.es["nombre"], entidad=entidad, nivel=ficha.hechos.nivel
    )
    return Published(tramite, Version(tramite=tramite, numero=0, at=timezone.now()), ficha)


def ficha_of(version: Version) -> Ficha:
    """The ficha in `version`. Parsed once per process: versions never change."""
    return _parse(version.pk, version.digest, _Payload(version.payload))


class _Payload:
    """Carries a payload past lru_cache without being part of the key."""

    def __init__(self, payload: object) -> None:
        self.payload = payload

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Payload)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=1024)
def _parse(pk: int, digest: str, carrier: _Payload) -> Ficha:
    return Ficha.model_validate(carrier.payload)
