"""A spreadsheet, CSV or JSON as proposals, ficha by ficha. Never raises for a bad file: the report says what is wrong.

A blank cell leaves what is published as it is; `borrar` takes it away; `por confirmar` says that it is not known. A cell
that says what the ficha says today changes nothing, so a filled template read back is a list of IGUAL.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cms.editing.proposals import Accion, Proposal
from cms.editing.sheets.actions import NotAnActionError, action
from cms.editing.sheets.answers import NONE, Answers
from cms.editing.sheets.cells import Grid
from cms.editing.sheets.columns import OFFERED
from cms.editing.sheets.delimited import read_delimited
from cms.editing.sheets.drafts import Draft
from cms.editing.sheets.entries import Current, Entry, gather
from cms.editing.sheets.fees import apply_fees
from cms.editing.sheets.fields import apply_fields
from cms.editing.sheets.json_files import JsonFile, read_json
from cms.editing.sheets.limits import apply_terms
from cms.editing.sheets.problems import FileRefusedError, Problems
from cms.editing.sheets.report import Report
from cms.editing.sheets.tables import NAMING, Table, best_score, read_table
from cms.editing.sheets.terms import unit
from cms.editing.sheets.workbook import read_workbook
from cms.editing.wording import CAMPOS
from cms.tramites.schema import Aspecto, Ficha, Unidad
from lenguas.normalise import fold

MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Whose:
    """The entity of a sheet, what is public of it, and what was answered of the sheet."""

    entidad: str
    current: Current
    answers: Answers


def read(
    content: bytes,
    filename: str,
    *,
    entidad: str,
    mapping: Mapping[str, str] | None = None,
    answers: Answers = NONE,
    current: Current,
) -> Report:
    """What `content` proposes for the fichas of `entidad`.

    `mapping` gives, for a header of the sheet, the id of the column it is (see `columns`); without it what the headers
    say is taken. `answers` are what was said of what the sheet leaves open. `current` gives what is public of a code, ours or the official one, or None.
    """
    problems = Problems()
    try:
        _refuse_size(content)
        source = _source(content, filename, mapping, problems)
    except FileRefusedError as refused:
        problems.error(str(refused))
        return Report(problems=problems.listed())
    whose = Whose(entidad, current, answers)
    if isinstance(source, JsonFile):
        return _of_json(source, whose, problems)
    return _of_table(source, whose, problems)


def _refuse_size(content: bytes) -> None:
    if not content.strip():
        raise FileRefusedError("El archivo está vacío.")
    if len(content) > MAX_BYTES:
        size, limit = len(content) // 1_000_000, MAX_BYTES // 1_000_000
        raise FileRefusedError(
            f"El archivo pesa {size} MB y se aceptan hasta {limit}: quita las imágenes y las hojas que sobran, o súbelo por partes."
        )


def _source(
    content: bytes, filename: str, mapping: Mapping[str, str] | None, problems: Problems
) -> Table | JsonFile:
    """What a file is, is told by what is in it: names lie."""
    suffix = filename.lower().rpartition(".")[2]
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or suffix in ("xlsx", "xlsm", "xls", "xlsb", "ods"):
        return read_table(_one(read_workbook(content, problems), mapping), mapping, problems)
    if content.startswith(b"%PDF"):
        raise FileRefusedError("Es un PDF: de él no se leen los datos. Sube la hoja en XLSX, CSV o JSON.")
    if suffix in ("json", "jsonl", "ndjson") or content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return read_json(content, problems)
    return read_table(read_delimited(content, problems, best_score), mapping, problems)


def _one(grids: list[Grid], mapping: Mapping[str, str] | None) -> Grid:
    """The sheet with the fichas; two are refused rather than one of them lost."""
    scored = [(best_score(grid), grid) for grid in grids]
    tables = [grid for score, grid in scored if score >= 3]
    if len(tables) > 1:
        names = ", ".join(f"«{grid.name}»" for grid in tables)
        raise FileRefusedError(f"El libro tiene {len(tables)} hojas con fichas ({names}): deja una, o súbelas por separado.")  # fmt: skip
    if tables:
        return tables[0]
    return max(scored, key=lambda pair: (pair[0], len(pair[1].rows)))[1] if not mapping else grids[0]


def _of_table(table: Table, whose: Whose, problems: Problems) -> Report:
    proposals: list[Proposal] = []
    if not NAMING & set(table.mapping.values()):
        seen = ", ".join(f"«{name}»" for name in table.headers[:12])
        problems.error(f"No se encuentra la columna del código ni la de la denominación. Se leyeron estos encabezados: {seen}.")  # fmt: skip
    elif not table.lines:
        problems.error("La hoja no tiene ninguna ficha: solo los encabezados.")
    else:
        _warn_of_columns(table, problems)
        proposals = _proposals(table, whose, problems)
    return Report(
        proposals, problems.listed(), table.headers, table.mapping, table.unmapped, table.certain, table.seen
    )


def _warn_of_columns(table: Table, problems: Problems) -> None:
    if table.unmapped:
        problems.warn(f"Columnas que no se leen: {', '.join(f'«{name}»' for name in table.unmapped[:20])}.")
    # Somebody who made a sheet with a few of our columns left the others out on purpose.
    if not table.certain or len(table.mapping) < len(OFFERED) // 2:
        return
    missing = [column.label for column in OFFERED if column.id not in table.mapping.values()]
    if missing:
        problems.warn(f"Faltan columnas de la plantilla; lo que dicen no se toca: {', '.join(missing)}.")


def _proposals(table: Table, whose: Whose, problems: Problems) -> list[Proposal]:
    entries = gather(table, entidad=whose.entidad, current=whose.current, problems=problems)
    acts = "accion" in table.mapping.values()
    header = next((unit(name) for name, column in table.mapping.items() if column == "plazo"), None)
    found = [
        proposal
        for entry in entries
        if (proposal := _proposal(entry, whose, problems, acts=acts, unit_of_header=header))
    ]
    coming = {entry.codigo for entry in entries} - {p.codigo for p in found if p.accion is Accion.RETIRA}
    return list(_checked_replacements(found, coming, whose.current, problems))


def _proposal(
    entry: Entry, whose: Whose, problems: Problems, *, acts: bool, unit_of_header: Unidad | None
) -> Proposal | None:
    """None where the rows of the ficha have an error: never half of it.

    It is read to its end all the same, so that whoever mends the sheet is told everything at once.
    """
    before = problems.errors
    action = _action(entry, problems, acts=acts)
    entry.faulty = entry.faulty or problems.errors > before
    if action is Accion.RETIRA:
        withdrawn = _withdrawn(entry, problems)
        return None if entry.faulty else withdrawn
    draft = _draft(entry, whose, problems)
    apply_fields(draft, entry.cells)
    if entry.fees:
        apply_fees(draft, entry.fees)
    if entry.terms:
        apply_terms(draft, entry.terms, unit_of_header=unit_of_header)
    ficha = draft.finished() if entry.old or draft.words.get("nombre") else None
    good = ficha and problems.errors == before and not entry.faulty
    return _told(entry, draft, ficha, action) if ficha and good else None


def _draft(entry: Entry, whose: Whose, problems: Problems) -> Draft:
    if entry.old is not None:
        return Draft(entry.old, problems, entry.fila, whose.answers)
    facts = {"codigo": entry.codigo or f"{whose.entidad}-sin-codigo", "entidad": whose.entidad}
    draft = Draft.new(facts, problems, entry.fila, whose.answers)
    if entry.faulty or entry.text("nombre") or entry.text("nombre_base_legal"):
        return draft
    if name := whose.answers.nombres.get(entry.codigo):
        draft.say("nombre", name, "nombre")
    else:
        asked = f"falta la denominación de la ficha nueva «{entry.codigo}»: dila en el paquete, o en la hoja"
        draft.error("nombre", asked, pide=f"nombre:{entry.codigo}")
    return draft


def _action(entry: Entry, problems: Problems, *, acts: bool) -> Accion | None:
    try:
        said = action(entry.text("accion"))
    except NotAnActionError as error:
        problems.error(str(error), fila=entry.fila, columna="accion")
        return None
    if entry.faulty:
        return said
    if entry.old is None and said in (Accion.CAMBIA, Accion.RETIRA, Accion.IGUAL):
        _refuse_unknown(entry, problems)
    elif entry.old is None and said is None and acts:
        problems.error(
            f"no hay ninguna ficha con el código «{entry.codigo}»: corrígelo o, si es nueva, escribe «nueva» en «Acción»",
            fila=entry.fila, columna="codigo",
        )  # fmt: skip
    elif entry.old is None and said is None:
        problems.warn(
            f"no hay ninguna ficha con el código «{entry.codigo}»: se propone como nueva", fila=entry.fila
        )
    elif entry.old is not None and said is Accion.NUEVA:
        problems.error(f"ya hay una ficha con el código «{entry.codigo}»: no puede ser nueva", fila=entry.fila, columna="accion")  # fmt: skip
    return said


def _refuse_unknown(entry: Entry, problems: Problems) -> None:
    """A row without a code is not told of one that nobody wrote."""
    if entry.text("codigo") or entry.text("codigo_tupa"):
        said, column = f"no hay ninguna ficha con el código «{entry.codigo}»", "codigo"
    else:
        said = "ninguna ficha de hoy se llama así: escribe su código, que está en la plantilla, en una columna «Código»"
        column = "nombre"
    problems.error(said, fila=entry.fila, columna=column)


def _withdrawn(entry: Entry, problems: Problems) -> Proposal | None:
    why, replacement = entry.text("motivo"), fold(entry.text("reemplazo")).strip()
    if not why and not replacement:
        problems.error("para retirar una ficha escribe el motivo o el código de la que la reemplaza", fila=entry.fila, columna="motivo")  # fmt: skip
        return None
    return Proposal(entry.codigo, Accion.RETIRA, None, entry.fila, why, replacement)


def _told(entry: Entry, draft: Draft, ficha: Ficha, action: Accion | None) -> Proposal | None:
    old = entry.old
    why = entry.text("motivo")
    if old is None:
        return Proposal(entry.codigo, Accion.NUEVA, ficha, entry.fila, why)
    if ficha.hechos == old.hechos and ficha.es == old.es:
        if action is Accion.CAMBIA:
            draft.warn("accion", "dice que cambia, y no cambia nada")
        return Proposal(entry.codigo, Accion.IGUAL, old, entry.fila, why)
    if action is Accion.IGUAL:
        changed = ", ".join(CAMPOS[a] for a in Aspecto if a in draft.changed()) or "datos de la ficha"
        draft.error("accion", f"dice que queda igual, y cambia: {changed}")
        return None
    return Proposal(entry.codigo, Accion.CAMBIA, ficha, entry.fila, why)


def _checked_replacements(
    proposals: Iterable[Proposal], coming: set[str], current: Current, problems: Problems
) -> Iterable[Proposal]:
    """A replacement is a ficha that is there, or comes with the same sheet, and does not go with it."""
    listed = list(proposals)
    going = {p.codigo for p in listed if p.accion is Accion.RETIRA}
    for proposal in listed:
        code = proposal.reemplazo
        if not code or code in coming or (code not in going and current(code) is not None):
            yield proposal
            continue
        reason = "también se retira" if code in going else "no existe"
        problems.error(f"el reemplazo «{code}» {reason}", fila=proposal.fila, columna="reemplazo")


def _of_json(source: JsonFile, whose: Whose, problems: Problems) -> Report:
    whole = list(source.proposals(entidad=whose.entidad, current=whose.current, problems=problems))
    table = source.table
    if table is None:
        coming = {p.codigo for p in whole if p.accion is not Accion.RETIRA}
        checked = list(_checked_replacements(whole, coming, whose.current, problems))
        return Report(checked, problems.listed())
    problems.headers = {identifier: name for name, identifier in table.mapping.items()}
    report = _of_table(table, whose, problems)
    for code in sorted({p.codigo for p in whole} & {p.codigo for p in report.proposals}):
        problems.error(f"el código «{code}» está dos veces: en una fila y en una ficha entera")
    return replace(report, proposals=[*whole, *report.proposals], problems=problems.listed(), certain=True)
