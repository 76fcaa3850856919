"""A sheet read into a package: thought out before anything is locked, and nothing of a ficha is written."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.models import Entidad
from cms.editing.packages.counting import counted
from cms.editing.packages.errors import PackageError
from cms.editing.packages.files import digest_of, read_sheet_file, shown_name
from cms.editing.packages.models import Correspondencia, Origen, Paquete
from cms.editing.packages.operations.drafting import draft_of, put
from cms.editing.packages.results import answered, left_out
from cms.editing.packages.rights import must_edit
from cms.editing.packages.sheet_checks import as_kept, still_said
from cms.editing.sheets.answers import Answers, Others
from cms.editing.sheets.codes import finder
from cms.editing.sheets.columns import IGNORED, column_of, is_label, known_as
from cms.editing.sheets.reading import read
from cms.editing.sheets.report import Report
from cms.editing.sheets.tables import NAMELESS
from cms.tramites.preflight import Level
from cms.tramites.queries import ficha_of, public_tramites
from cms.tramites.schema import Ficha

# What stands against a package whose sheet is kept and not read yet: nobody may approve what nobody has seen.
UNREAD: dict[str, object] = {
    "fila": None,
    "columna": "",
    "mensaje": "La última hoja todavía no se ha leído. Di qué es cada columna, o vuelve a subirla.",
    "level": str(Level.ERROR),
}


MAX_NAME = 300


class ColumnsUnknownError(PackageError):
    """A person must say first what the sheet's own columns are (see `asked_columns`)."""

    def __init__(self) -> None:
        super().__init__("Di primero qué es cada columna de la hoja.")


def keep_sheet(package: Paquete, file: "UploadedFile[bytes]", *, by: User) -> Paquete:
    """Keeps the sheet beside the package: years later it is still known what was proposed."""
    content = read_sheet_file(file)
    with transaction.atomic():
        package = draft_of(package, by)
        package.hoja_nombre, package.hoja_sello = shown_name(file), digest_of(content)
        suffix = package.hoja_nombre.rpartition(".")[2].lower()
        known = suffix if suffix in {"xlsx", "csv", "json"} else "bin"
        package.hoja.save(f"{package.hoja_sello}.{known}", ContentFile(content), save=False)
        package.problemas = [UNREAD]
        package.save(update_fields=["hoja", "hoja_nombre", "hoja_sello", "problemas"])
        package.manos.add(by)
        record("package.sheet", package.subject, by=by, nombre=package.hoja_nombre, sello=package.hoja_sello)
    return package


def remembered(entity: Entidad) -> dict[str, str]:
    row = Correspondencia.objects.filter(entidad=entity).first()
    return dict(row.columnas) if row else {}


@transaction.atomic
def remember(package: Paquete, columns: Mapping[str, str], *, by: User) -> None:
    """Which of the entity's columns is which; what was said of other columns before stays known.

    For this package it is kept with who said it: a filled column that is not read is left out by name.
    """
    package = draft_of(package, by)
    lasting = {name: identifier for name, identifier in columns.items() if not name.startswith(NAMELESS)}
    kept = {**remembered(package.entidad), **lasting}
    Correspondencia.objects.update_or_create(entidad=package.entidad, defaults={"columnas": kept, "por": by})
    said = {"por": by.get_username(), "at": timezone.localtime().isoformat(timespec="seconds"), "celdas": 0}
    package.columnas = {
        **package.columnas,
        **{name: {**said, "columna": identifier} for name, identifier in columns.items()},
    }
    package.save(update_fields=["columnas"])
    # Who says what a column means decides what is read of it.
    package.manos.add(by)
    record("package.columns", f"entidad/{package.entidad.codigo}", by=by, columnas=dict(columns))


@transaction.atomic
def answer(package: Paquete, *, by: User, pagos: str = "", plazos: str = "", nombres: Mapping[str, str] | None = None) -> None:  # fmt: skip
    """Keeps what a person says of what the sheet leaves open, with who says it: it is part of what is approved."""
    package = draft_of(package, by)
    names = {code: name.strip()[:MAX_NAME] for code, name in (nombres or {}).items() if name.strip()}
    whole = {"pagos": Others(pagos), "plazos": Others(plazos), "nombres": {**package.respuestas.get("nombres", {}), **names}}  # fmt: skip
    said = {"por": by.get_username(), "at": timezone.localtime().isoformat(timespec="seconds")}
    package.respuestas = {**whole, **said} if any(whole.values()) else {}
    package.save(update_fields=["respuestas"])
    package.manos.add(by)
    record("package.answered", package.subject, by=by, why="; ".join(answered(package)), respuestas=whole)


def _answers(package: Paquete) -> Answers:
    said = package.respuestas
    return Answers(Others(said.get("pagos", "")), Others(said.get("plazos", "")), said.get("nombres", {}))


def read_kept(package: Paquete, *, by: User) -> Report:
    """Reads the sheet that was kept and puts what it proposes, in place of what an earlier sheet had put.

    What could not be read is kept with the package (`problemas`): while there are errors it cannot be sent.
    Raises ColumnsUnknownError, and a PackageError for what cannot be in this package; then nothing was put.
    """
    must_edit(by, package.entidad.codigo)
    package.refresh_from_db(fields=["columnas", "respuestas", "avisos"])
    report = read_as_known(package)
    package.columnas = {
        name: {**said, "celdas": report.seen.get(name, (0, []))[0]} for name, said in package.columnas.items()
    }
    problems = as_kept(report.problems) + [_left_out(told) for told in left_out(package)]
    more = {"problemas": problems, "columnas": package.columnas, "avisos": still_said(package, problems)}
    put(package, report.proposals, by=by, origen=Origen.HOJA, replacing=True, **more)
    package.problemas = problems
    if left := left_out(package):
        named = "; ".join(
            f"«{told['columna']}», {counted(told['celdas'], 'celda llena', 'celdas llenas')}" for told in left
        )
        record("package.left_out", package.subject, by=by, why=named, columnas=left)
    return report


def _left_out(told: Mapping[str, Any]) -> dict[str, Any]:
    message = f"tiene {counted(told['celdas'], 'celda llena', 'celdas llenas')} y no se lee: así lo dijo {told['por']}."
    return {"fila": None, "columna": told["columna"], "mensaje": message, "level": str(Level.AVISO)}


def read_as_known(package: Paquete) -> Report:
    """The kept sheet by what was said of its columns in this package, by our own headers, or by what is remembered.

    Raises ColumnsUnknownError where a header means nothing sure, or where a filled column would be lost that nobody
    has left out by name in this package.
    """
    first = _read(package, None)
    if not first.headers:
        return first
    known = _known(first, package)
    if known is None:
        raise ColumnsUnknownError
    read = {name: identifier for name, identifier in known.items() if identifier not in IGNORED}
    return first if read == first.mapping and not first.lost else _read(package, known)


def asked_columns(package: Paquete) -> tuple[Report, dict[str, str]]:
    """The kept sheet, and what each of its columns would be read as: what was said once, or else what its header says."""
    report = _read(package, None)
    said = _remembered(package) | _said(package)
    numbering = {name: "orden" for name in report.headers if _is_numbering(report, name)}
    seen = numbering | report.mapping
    suggested = {name: said.get(known_as(name)) or seen.get(name, "") for name in report.headers}
    return report, suggested


def _said(package: Paquete) -> dict[str, str]:
    return {known_as(name): said["columna"] for name, said in package.columnas.items()}


def _remembered(package: Paquete) -> dict[str, str]:
    return {known_as(name): identifier for name, identifier in remembered(package.entidad).items()}


def _known(report: Report, package: Paquete) -> dict[str, str] | None:
    """What every header is read as; None while somebody has to be asked."""
    said, before = _said(package), _remembered(package)
    found: dict[str, str] = {}
    for header in report.headers:
        name = known_as(header)
        left_out_before = before.get(name) in IGNORED
        if name in said:
            found[header] = said[name]
        elif name in before and not left_out_before:
            found[header] = before[name]
        elif left_out_before and header not in report.seen:
            found[header] = ""
        elif is_label(header) and report.mapping.get(header) == column_of(header) and not left_out_before:
            found[header] = report.mapping[header]
        elif _is_numbering(report, header) or (report.certain and header not in report.seen):
            found[header] = ""
        else:
            return None
    return found


def _is_numbering(report: Report, header: str) -> bool:
    """Known, and never read: the number of the row."""
    return header not in report.mapping and header not in report.unmapped


def _read(package: Paquete, mapping: Mapping[str, str] | None) -> Report:
    with package.hoja.open("rb") as file:
        content = file.read()
    entity = package.entidad.codigo
    return read(
        content,
        package.hoja_nombre,
        entidad=entity,
        mapping=mapping,
        answers=_answers(package),
        current=current_of(entity),
    )


def current_of(entity: str) -> Callable[[str], Ficha | None]:
    """What is public of this entity, by code or by name; asked of the database once."""
    rows = public_tramites().filter(entidad__codigo=entity)
    return finder(ficha_of(row.version) for row in rows if row.version)
