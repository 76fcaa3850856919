"""Putting a package together: nothing of a ficha is written here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from pydantic import ValidationError as FichaInvalid

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.models import Entidad
from cms.editing.packages.bases import Base, bases_of, columns, spanish_digest
from cms.editing.packages.checking import checks
from cms.editing.packages.errors import PackageError
from cms.editing.packages.evidence import changed_aspects
from cms.editing.packages.files import digest_of, read_pdf, shown_name
from cms.editing.packages.models import Estado, Origen, Paquete, Partida
from cms.editing.packages.results import results
from cms.editing.packages.rights import must_edit
from cms.editing.packages.sheet_checks import sheet_checks
from cms.editing.proposals import Accion, Proposal
from cms.tramites.authorship import authors_of_draft
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import FichaPage
from cms.tramites.queries import ficha_of
from cms.tramites.schema import Ficha

MAX_FICHAS = 500
CHANGED_MEANWHILE = "Otra persona cambió el paquete mientras tanto: no se guardó nada. Míralo otra vez."
EDITABLE = ("titulo", "norma", "norma_fecha", "nota", "en_vigor_at")


@transaction.atomic
def create(
    *,
    titulo: str,
    entidad: Entidad,
    by: User | None,
    norma: str = "",
    norma_fecha: date | None = None,
    nota: str = "",
    en_vigor_at: datetime | None = None,
    origen: str = Origen.MANUAL,
) -> Paquete:
    """A new empty package. `by` is None only for what an entity's contact answered: nobody here has written it."""
    if by is not None:
        must_edit(by, entidad.codigo)
    package = Paquete.objects.create(
        titulo=titulo.strip()[:200],
        entidad=entidad,
        norma=norma,
        norma_fecha=norma_fecha,
        nota=nota,
        en_vigor_at=en_vigor_at,
        origen=origen,
        creado_por=by,
    )
    _hand(package, by)
    record("package.created", package.subject, by=by, titulo=package.titulo, entidad=entidad.codigo)
    return package


@transaction.atomic
def edit(package: Paquete, *, by: User, **values: Any) -> Paquete:
    """Changes what stands at the head of a draft; `values` are of EDITABLE."""
    unknown = set(values) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not to be edited: {', '.join(sorted(unknown))}")
    package = draft_of(package, by)
    changed = sorted(name for name, value in values.items() if getattr(package, name) != value)
    if not changed:
        return package
    for name in changed:
        setattr(package, name, values[name])
    package.save(update_fields=changed)
    _hand(package, by)
    record("package.edited", package.subject, by=by, changed=changed)
    return package


@transaction.atomic
def attach_resolution(package: Paquete, file: "UploadedFile[bytes]", *, by: User) -> Paquete:
    """Keeps the resolution; raises PackageError for what is no PDF. The file that stood there before stays on disk."""
    content = read_pdf(file)
    package = draft_of(package, by)
    package.resolucion_nombre, package.resolucion_sello = shown_name(file), digest_of(content)
    package.resolucion.save(f"{package.resolucion_sello}.pdf", ContentFile(content), save=False)
    package.save(update_fields=["resolucion", "resolucion_nombre", "resolucion_sello"])
    _hand(package, by)
    record("package.resolution", package.subject, by=by, sello=package.resolucion_sello)
    return package


def put(
    package: Paquete,
    proposals: Sequence[Proposal],
    *,
    by: User | None,
    origen: str = "",
    **more: Any,
) -> list[Partida]:
    """Puts proposals into a draft, each in place of what the package had of that ficha, compared with what is now.

    `more` is that of `store`. Raises PackageError with a line for each that cannot be: then nothing was put.
    """
    return store(package, thought_out(package, proposals, by=by, origen=origen), by=by, **more)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is to be put: for each code the columns of its `Partida`, worked out before anything is locked."""

    origen: str
    columns: dict[str, dict[str, Any]]


def thought_out(
    package: Paquete,
    proposals: Sequence[Proposal],
    *,
    by: User | None,
    origen: str = "",
    bases: dict[str, Base] | None = None,
) -> Rows:
    """The rows of these proposals; `bases` where they were compared with an earlier state than now. Raises PackageError."""
    still_draft(package, by)
    origen = origen or package.origen
    found = bases or bases_of(proposal.codigo for proposal in proposals)
    _refuse(package, proposals, found)
    return Rows(origen, {p.codigo: _columns_of(p, found[p.codigo], (by, origen)) for p in proposals})


@transaction.atomic
def store(
    package: Paquete,
    rows: Rows,
    *,
    by: User | None,
    replacing: bool = False,
    problemas: list[dict[str, Any]] | None = None,
    columnas: dict[str, dict[str, Any]] | None = None,
    avisos: dict[str, dict[str, Any]] | None = None,
) -> list[Partida]:
    """Writes them, and no more: the write lock is held for that only.

    `replacing` also takes out what came before from the same origin (a sheet uploaded again), `problemas` are what
    could not be read of it, `columnas` what was said of its headers, `avisos` which of its warnings were accepted.
    """
    package = draft_of(package, by)
    if replacing:
        package.partidas.filter(origen=rows.origen).exclude(codigo__in=rows.columns).delete()
    items = _store(package, rows.columns)
    if package.partidas.count() > MAX_FICHAS:
        raise PackageError(
            f"Un paquete lleva como máximo {MAX_FICHAS} fichas: divide la hoja en dos paquetes."
        )
    if problemas is not None:
        package.problemas = problemas
        package.columnas = package.columnas if columnas is None else columnas
        package.avisos = package.avisos if avisos is None else avisos
        package.save(update_fields=["problemas", "columnas", "avisos"])
    _hand(package, by)
    record("package.filled", package.subject, by=by, origen=rows.origen, fichas=len(items))
    return items


def _refuse(package: Paquete, proposals: Sequence[Proposal], bases: dict[str, Base]) -> None:
    codes = [proposal.codigo for proposal in proposals]
    lines = [f"{code} viene dos veces." for code in sorted({c for c in codes if codes.count(c) > 1})]
    for proposal in proposals:
        reason = _why_not(package, proposal, bases[proposal.codigo])
        if reason:
            where = f"fila {proposal.fila}: " if proposal.fila else ""
            lines.append(f"{where}{proposal.codigo}: {reason}")
    if lines:
        raise PackageError("No se puso nada en el paquete.", tuple(lines))


def _why_not(package: Paquete, proposal: Proposal, base: Base) -> str:
    entity = package.entidad.codigo
    if (proposal.ficha is None) != (proposal.accion is Accion.RETIRA):
        return "lo que se retira no trae ficha, y lo demás sí."
    if proposal.ficha and proposal.ficha.codigo != proposal.codigo:
        return "la ficha lleva otro código."
    if _entity_of(base) not in ("", entity) or (proposal.ficha and proposal.ficha.hechos.entidad != entity):
        return "es de otra entidad que el paquete."
    if proposal.accion is Accion.NUEVA and base.ficha:
        return "ya es pública: no es nueva, cambia."
    if proposal.accion is not Accion.NUEVA and not base.ficha:
        return "no es pública: no hay qué cambiar ni retirar."
    return ""


def _entity_of(base: Base) -> str:
    if base.ficha:
        return base.ficha.hechos.entidad
    parent = base.page.get_parent().specific if base.page else None
    return parent.entidad.codigo if parent else ""


def _columns_of(proposal: Proposal, base: Base, whence: tuple[User | None, str]) -> dict[str, Any]:
    by, origen = whence
    payload = proposal.ficha.model_dump(mode="json", exclude={"qu"}) if proposal.ficha else None
    accion = proposal.accion
    if accion is Accion.CAMBIA and payload and spanish_digest(payload) == _normal_digest(base):
        accion = Accion.IGUAL
    named = proposal.ficha or base.ficha
    return {
        "nombre": named.es["nombre"][:300] if named else proposal.codigo,
        "accion": accion,
        "payload": payload,
        "fila": proposal.fila,
        "motivo": proposal.motivo,
        "reemplazo": proposal.reemplazo,
        "origen": origen,
        "por": by,
        **columns(base),
    }


def _store(package: Paquete, rows: dict[str, dict[str, Any]]) -> list[Partida]:
    """In the order of `rows`, whichever were there before."""
    standing = {item.codigo: item for item in package.partidas.filter(codigo__in=rows)}
    items = []
    for codigo, values in rows.items():
        item = standing.get(codigo) or Partida(paquete=package, codigo=codigo)
        standing_payload = item.payload
        for name, value in values.items():
            setattr(item, name, value)
        _leave_doubts_out(item)
        # A warning's id names the fact it was about: one that was accepted and still stands needs no second word.
        item.avisos = item.avisos if item.payload == standing_payload else {}
        items.append(item)
    Partida.objects.bulk_create([item for item in items if item.codigo not in standing])
    written = [item for item in items if item.codigo in standing]
    if written:
        Partida.objects.bulk_update(written, ["avisos", *next(iter(rows.values()))])
    return items


def _leave_doubts_out(item: Partida) -> None:
    """A doubt somebody took out stays out, as long as its aspect is another than the one that was doubted."""
    if not item.sin_duda or not item.payload or not item.base:
        return
    changed = changed_aspects(ficha_of(item.base), Ficha.model_validate(item.payload))
    gone = {f"duda.{aspecto}" for aspecto in item.sin_duda if aspecto in changed}
    item.payload = _without(item.payload, gone)


def _without(payload: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    gone = set(keys)
    return {**payload, "es": {key: text for key, text in payload["es"].items() if key not in gone}}


def _normal_digest(base: Base) -> str:
    """Of the public ficha as it would be dumped today: an old version may lack what the shape has gained since."""
    return spanish_digest(base.ficha.model_dump(mode="json", exclude={"qu"})) if base.ficha else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A draft as it was read: what it was compared with, who wrote it, and what its writer says of the change."""

    proposal: Proposal
    bases: dict[str, Base]
    note: dict[str, str]
    authors: set[int]


def read_draft(page: FichaPage) -> Taken:
    """The latest draft of a ficha's page, thought out before anything is locked; raises PackageError with what it lacks."""
    # The base comes first: a draft saved in between shows as newer than it, and is not published unseen.
    bases = bases_of([page.codigo])
    page = FichaPage.objects.select_related("latest_revision").get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    try:
        ficha = ficha_of_page(draft, page.get_parent().specific)
    except FichaInvalid as error:
        lines = tuple(str(detail["msg"]).removeprefix("Value error, ") for detail in error.errors())
        raise PackageError("El borrador todavía no se puede publicar.", lines) from error
    accion = Accion.CAMBIA if bases[page.codigo].ficha else Accion.NUEVA
    return Taken(
        proposal=Proposal(codigo=page.codigo, accion=accion, ficha=ficha),
        bases=bases,
        note={name: getattr(draft, column) for name, column in NOTES.items()},
        authors=authors_of_draft(page),
    )


def add_draft(package: Paquete, page: FichaPage, *, by: User, taken: Taken | None = None) -> Partida:
    """Takes the latest draft of a ficha's page into the package, as it is now. Who wrote it may not approve it."""
    taken = taken or read_draft(page)
    rows = thought_out(package, [taken.proposal], by=by, origen=Origen.MANUAL, bases=taken.bases)
    with transaction.atomic():
        package = draft_of(package, by)
        _inherit_notes(package, taken.note)
        item = store(package, rows, by=by)[0]
        package.manos.add(*User.objects.filter(pk__in=taken.authors))
    return item


NOTES = {"nota": "nota_cambio", "norma": "norma_cambio"}
LONGEST_NOTE = {"nota": 1000, "norma": 200}  # as the package's columns


def _inherit_notes(package: Paquete, note: dict[str, str]) -> None:
    """What the editor wrote on the draft begins the package's note and norm where these are still empty."""
    given = {
        name: text.strip()[: LONGEST_NOTE[name]]
        for name, text in note.items()
        if text.strip() and not getattr(package, name)
    }
    if given:
        Paquete.objects.filter(pk=package.pk).update(**given)
        package.refresh_from_db(fields=list(given))


@transaction.atomic
def clear_doubt(package: Paquete, *, codigo: str, aspecto: str, by: User) -> None:
    """Takes the doubt about an aspect out of what the package proposes: the new figure answers it."""
    package = draft_of(package, by)
    item = package.partidas.filter(codigo=codigo).first()
    key = f"duda.{aspecto}"
    if item is None or not item.payload or key not in item.payload["es"]:
        raise PackageError("Esa duda ya no está en el paquete.")
    item.payload = _without(item.payload, [key])
    item.sin_duda = sorted({*item.sin_duda, aspecto})
    item.save(update_fields=["payload", "sin_duda"])
    _hand(package, by)
    record("package.doubt_cleared", package.subject, by=by, ficha=codigo, aspecto=aspecto)


@transaction.atomic
def remove(package: Paquete, codigos: Iterable[str], *, by: User) -> int:
    package = draft_of(package, by)
    wanted = list(codigos)
    removed, _kinds = package.partidas.filter(codigo__in=wanted).delete()
    if removed:
        _hand(package, by)
        record("package.removed", package.subject, by=by, fichas=wanted)
    return removed


def accept(package: Paquete, *, by: User, why: str, codigo: str = "", finding: str = "") -> int:
    """Accepts warnings by name: one of one ficha or of the sheet, all of one ficha, or all of the package; `why` is mandatory.

    What is to be accepted one by one is not among «all» (see `Check.one_by_one`).
    """
    if not why.strip():
        raise PackageError("Di por qué se acepta: quien apruebe lo leerá.")
    seen = still_draft(package, by)
    found = results(seen)
    pending = checks(seen, found)
    items = {result.item.codigo: result.item for result in found}
    now = timezone.localtime().isoformat(timespec="seconds")
    said = {"por": by.get_username(), "by": by.pk, "at": now, "porque": why.strip()[:1000]}
    accepted: dict[str, list[str]] = {}
    for code, told in pending.items():
        if codigo and code != codigo:
            continue
        wanted = [c for c in told if c.pending and (c.id == finding or not (finding or c.one_by_one))]
        new = {c.id: {**said, "mensaje": c.mensaje} for c in wanted}
        if new:
            items[code].avisos = {**items[code].avisos, **new}
            accepted[code] = list(new)
    touched = [items[code] for code in accepted]
    of_sheet = [] if codigo else [c for c in sheet_checks(seen) if c.pending and finding in ("", c.id)]
    if of_sheet:
        seen.avisos = seen.avisos | {c.id: {**said, "mensaje": c.mensaje} for c in of_sheet}
        accepted["hoja"] = [c.id for c in of_sheet]
    if accepted:
        _keep_accepted(seen, touched, by=by, why=why.strip(), accepted=accepted)
    return sum(len(ids) for ids in accepted.values())


@transaction.atomic
def _keep_accepted(
    seen: Paquete, items: list[Partida], *, by: User, why: str, accepted: dict[str, list[str]]
) -> None:
    package = unchanged(draft_of(seen, by), seen)
    Partida.objects.bulk_update(items, ["avisos"])
    package.avisos = seen.avisos
    package.save(update_fields=["avisos"])
    _hand(package, by)
    record("package.accepted", package.subject, by=by, why=why, avisos=accepted)


def draft_of(package: Paquete, by: User | None) -> Paquete:
    """The package's row, locked for being written, if it is a draft that `by` may write: its edition is another then."""
    locked = still_draft(package, by, locking=True)
    Paquete.objects.filter(pk=locked.pk).update(edicion=F("edicion") + 1)
    return locked


def still_draft(package: Paquete, by: User | None, *, locking: bool = False) -> Paquete:
    """The package as it is now, if it is a draft that `by` may write; for thinking, before it is locked."""
    if by is not None:
        must_edit(by, package.entidad.codigo)
    rows = Paquete.objects.select_related("entidad")
    now = (rows.select_for_update(of=("self",)) if locking else rows).get(pk=package.pk)
    if now.estado != Estado.BORRADOR:
        raise PackageError(f"El paquete está «{now.get_estado_display()}»: ya no se cambia.")
    return now


def unchanged(locked: Paquete, seen: Paquete, told: str = CHANGED_MEANWHILE) -> Paquete:
    """`locked`, if it is still the edition that was thought about; raises PackageError."""
    if locked.edicion != seen.edicion:
        raise PackageError(told)
    return locked


def _hand(package: Paquete, by: User | None) -> None:
    if by is not None:
        package.manos.add(by)
