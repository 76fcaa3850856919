"""Reading what is public. Every way out of the system (page, API, search, chat, audio) comes through here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import QuerySet
from django.utils import timezone

from cms.audit.models import Entry
from cms.directory.hours import LIMA
from cms.directory.models import Entidad
from cms.publishing.models import Change, ChangeKind
from cms.tramites.models import Tramite, Version
from cms.tramites.models.versions import Estado, TramiteQuerySet
from cms.tramites.schema import ROWS_OF_ASPECT, Aspecto, Ficha, aspect_of

TOPIC = "tramite"
LONGEST_CHAIN = 20


class TramiteNotFound(LookupError):
    """No public tramite has this code (or this revision)."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a tramite is no longer public, since when, and the public one that stands in its place, if any."""

    codigo: str
    nombre: str
    motivo: str
    at: datetime | None
    reemplazo: Tramite | None


class TramiteWithdrawn(TramiteNotFound):
    """It was public and is not any more."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.codigo)
        self.withdrawal = withdrawal


@dataclass(frozen=True, slots=True)
class Published:
    """A public ficha with the version it is read from.

    `earlier`: of what is told of a day before the version's, the version each such aspect is read from. `retiro`: it was
    withdrawn since the day it is told of.
    """

    tramite: Tramite
    version: Version
    ficha: Ficha
    earlier: Mapping[Aspecto, Version] = field(default_factory=dict)
    retiro: Withdrawal | None = None

    @property
    def codigo(self) -> str:
        return self.tramite.codigo

    @property
    def revision(self) -> int:
        return self.version.numero

    def version_of(self, aspecto: Aspecto) -> Version:
        return self.earlier.get(aspecto, self.version)


def public_tramites() -> TramiteQuerySet:
    return Tramite.objects.public().select_related("entidad", "version")


def shown_in(found: TramiteQuerySet, page: slice) -> list[Tramite]:
    """One page of a list, in its order. Its keys first: to skip the pages before, a database then reads no payload."""
    keys = list(found.values_list("pk", flat=True)[page])
    rows = found.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def published(codigo: str, *, revision: int | None = None) -> Published:
    """The current ficha, or the one that was shown as `revision`.

    Raises TramiteNotFound; TramiteWithdrawn, which is one, where it was public once.
    """
    tramite = public_tramites().filter(codigo=codigo).first()
    if tramite is None or tramite.version is None:
        raise _absence(codigo)
    version = tramite.version if revision is None else tramite.versions.filter(numero=revision).first()
    if version is None:
        raise TramiteNotFound(f"{codigo} revision {revision}")
    return Published(tramite, version, ficha_of(version))


def published_before(gone: TramiteWithdrawn, on: date, *, revision: int | None = None) -> Published:
    """What a withdrawn tramite last said, or said as `revision`, for telling the day `on`; raises `gone` where it was not public then."""
    row = Tramite.objects.select_related("entidad", "version").get(codigo=gone.withdrawal.codigo)
    next_day = datetime.combine(on + timedelta(days=1), time(), tzinfo=LIMA)
    last = _changes(row.codigo).filter(at__lt=next_day).last()
    version = row.version if revision is None else row.versions.filter(numero=revision).first()
    if version is None or (last is not None and last.kind == ChangeKind.WITHDRAWN):
        raise gone
    return Published(row, version, ficha_of(version), retiro=gone.withdrawal)


def _absence(codigo: str) -> TramiteNotFound:
    found = withdrawal(codigo)
    return TramiteWithdrawn(found) if found else TramiteNotFound(codigo)


def withdrawal(codigo: str) -> Withdrawal | None:
    """What is to be said at the address of a withdrawn tramite; None for one that is public, or never was."""
    tramite = Tramite.objects.filter(codigo=codigo, estado=Estado.RETIRADO).first()
    if tramite is None:
        return None
    last = _changes(codigo).filter(kind=ChangeKind.WITHDRAWN).last()
    return Withdrawal(
        codigo, tramite.nombre, tramite.motivo_retiro, last.at if last else None, _standing_in(tramite)
    )


def _standing_in(tramite: Tramite) -> Tramite | None:
    """The public end of the chain of replacements; None where it ends in nothing, or in a circle."""
    seen: Tramite | None = tramite
    for _step in range(LONGEST_CHAIN):
        seen = seen.reemplazo if seen else None
        if seen is None or seen.estado == Estado.PUBLICADO:
            return seen
    return None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One public change of a tramite: `tipo` is what the feed of changes calls it.

    `revision` is the version it made; for a withdrawal, the version that was public until then.
    `cambios` names the facts and words that differ from the version before.
    """

    tipo: ChangeKind
    revision: int
    at: datetime
    nota: str
    norma: str = ""
    cambios: list[str] = field(default_factory=list)
    reemplazo: str = ""


def history(tramite: Tramite) -> list[HistoryEntry]:
    """Every version, every withdrawal and every return, the newest first."""
    changes = list(_changes(tramite.codigo))
    kinds = {row.revision: ChangeKind(row.kind) for row in changes}
    versions = tramite.versions.defer("payload").order_by("numero")
    told = [
        HistoryEntry(
            kinds.get(row.numero, ChangeKind.CHANGED), row.numero, row.at, row.nota, row.norma, row.cambios
        )
        for row in versions
    ]
    told += _withdrawals(tramite.codigo, changes)
    return sorted(told, key=lambda row: (row.revision, row.tipo == ChangeKind.WITHDRAWN), reverse=True)


# The facts of an aspect that are not rows of words, and what identifies a ficha, which is its description's.
FACTS_OF_ASPECT = {
    "sedes": Aspecto.DONDE,
    "oficinas": Aspecto.DONDE,
    "contactos": Aspecto.CONTACTO,
    **{rows: aspecto for aspecto, rows in ROWS_OF_ASPECT.items()},
    **{str(aspecto): aspecto for aspecto in Aspecto},
}


def aspects_of(cambios: list[str]) -> list[Aspecto]:
    """The aspects that the names in a version's `cambios` belong to, in page order."""
    touched = {_aspect_of_change(name) for name in cambios}
    return [aspecto for aspecto in Aspecto if aspecto in touched]


def _aspect_of_change(name: str) -> Aspecto | None:
    _language, dot, key = name.partition(".")
    if not dot:
        return FACTS_OF_ASPECT.get(name)
    try:
        return aspect_of(key)
    except ValueError:
        return None


def _withdrawals(codigo: str, changes: list[Change]) -> list[HistoryEntry]:
    """A withdrawal writes one change and one audit record in one transaction: the first of one is of the other."""
    records = list(Entry.objects.filter(what="tramite.withdrawn", subject=codigo).order_by("id"))
    told: list[HistoryEntry] = []
    public = 0
    for row in changes:
        if row.kind != ChangeKind.WITHDRAWN:
            public = row.revision
            continue
        record = records[len(told)] if len(told) < len(records) else None
        why, instead = (record.why, record.detail.get("replaced_by", "")) if record else ("", "")
        told.append(HistoryEntry(ChangeKind.WITHDRAWN, public, row.at, why, reemplazo=instead))
    return told


def changed_lately(entidad: Entidad | None, most: int) -> list[tuple[Tramite, HistoryEntry]]:
    """The newest `most` changes of what `entidad` (or anybody) offers, the newest first: neither the first filling nor
    a translation is one.
    """
    tramites = Tramite.objects.filter(version__isnull=False).select_related("entidad")
    if entidad is not None:
        tramites = tramites.filter(oficinas=entidad)
    edited = Version.objects.filter(tramite__in=tramites, semilla=False).order_by("-at")
    gone = Change.objects.filter(
        topic=TOPIC, kind=ChangeKind.WITHDRAWN, key__in=tramites.values("codigo")
    ).order_by("-id")
    codes = {
        *edited.values_list("tramite__codigo", flat=True)[:most],
        *gone.values_list("key", flat=True)[:most],
    }
    told = [
        (tramite, row)
        for tramite in tramites.filter(codigo__in=codes)
        for row in history(tramite)
        if row.tipo != ChangeKind.CHANGED or not _only_translated(row)
    ]
    seeds = set(
        Version.objects.filter(tramite__codigo__in=codes, semilla=True).values_list("tramite_id", "numero")
    )
    news = [
        (tramite, row)
        for tramite, row in told
        if row.tipo == ChangeKind.WITHDRAWN or (tramite.pk, row.revision) not in seeds
    ]
    return sorted(news, key=lambda pair: pair[1].at, reverse=True)[:most]


def _only_translated(row: HistoryEntry) -> bool:
    return bool(row.cambios) and all(name.startswith("qu.") for name in row.cambios)


def _changes(codigo: str) -> QuerySet[Change]:
    return Change.objects.filter(topic=TOPIC, key=codigo).order_by("id")


def last_note(found: Published) -> Version | None:
    """The newest version up to the one shown that says in words what changed; translations say nothing."""
    noted = found.tramite.versions.defer("payload").exclude(nota="")
    return noted.filter(numero__lte=found.revision).order_by("-numero").first()


def draft(ficha: Ficha, entidad: Entidad) -> Published:
    """A ficha that is not public, in the shape of one that is: to be shown before it is. Nothing of it is saved."""
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
