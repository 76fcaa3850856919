"""Rows of a sheet gathered into fichas: one row each, further rows only where they say that they are a fee or a term."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.text import slugify

from cms.editing.sheets.cells import BLANK, Cell
from cms.editing.sheets.codes import MAX_CODE_CHARS, OFFICIAL, SLUG, name_key
from cms.editing.sheets.columns import BY_WAY, COLUMNS, FEE, TERM
from cms.editing.sheets.drafts import says_nothing
from cms.editing.sheets.figured import Said
from cms.editing.sheets.problems import Problems
from cms.editing.sheets.tables import NAMING, Line, Table
from cms.tramites.schema import Ficha
from lenguas.normalise import fold

Current = Callable[[str], Ficha | None]
_KINDS = {"": "ficha", "ficha": "ficha", "costo": "costo", "pago": "costo", "plazo": "plazo"}
# Columns whose cells, in the rows of one merged block, are told one after the other.
_JOINED = {column.id for column in COLUMNS.values() if column.many} | {
    "notas",
    "modalidad",
    "nombre_base_legal",
}


@dataclass(slots=True)
class Entry:
    """All a sheet says of one ficha. `old` is the one it is compared with; None where there is none yet.

    A `faulty` one is read only to tell what else is wrong with it: nothing is proposed of it.
    """

    fila: int
    codigo: str
    cells: dict[str, Cell]
    old: Ficha | None
    fees: list[Said] = field(default_factory=list)
    terms: list[Said] = field(default_factory=list)
    faulty: bool = False

    def text(self, column: str) -> str:
        return self.cells.get(column, BLANK).text


def gather(table: Table, *, entidad: str, current: Current, problems: Problems) -> list[Entry]:
    """The fichas of a table in their order. A row that says nothing of which ficha it is, is an error."""
    entries: dict[str, Entry] = {}
    nameless: list[Entry] = []
    before = problems.errors
    for fila, cells, extra in _rows(table, problems):
        kind = _kind(fila, cells, problems)
        named = _named(fila, cells, entidad=entidad, current=current, problems=problems)
        codigo, old = named or ("", None)
        known = entries.get(codigo)
        if named and kind != "ficha":
            _further((fila, cells), kind, entries, named, problems)
        elif known is not None:
            _refuse_twin(fila, known, table, problems)
            nameless.append(_entry(Entry(fila, codigo, _with_official_code(cells), old), extra, problems))
        elif named:
            entries[codigo] = _entry(Entry(fila, codigo, _with_official_code(cells), old), extra, problems)
        elif kind == "ficha":
            nameless.append(_entry(Entry(fila, "", cells, None), extra, problems))
        if codigo in entries and (problems.errors > before or fila in table.faulty):
            entries[codigo].faulty = True
        before = problems.errors
    for entry in nameless:
        entry.faulty = True
    return [*entries.values(), *nameless]


def _kind(fila: int, cells: dict[str, Cell], problems: Problems) -> str:
    """What the row is; a cell of it that cannot be trusted is said, whatever it is for."""
    for column, cell in cells.items():
        if cell.fault:
            problems.error(cell.fault, fila=fila, columna=column)
        elif cell.note:
            problems.warn(cell.note, fila=fila, columna=column)
    said = fold(cells.get("fila", BLANK).text).strip(" .")
    if said not in _KINDS:
        problems.error(f"«{said[:40]}»: escribe ficha, costo o plazo", fila=fila, columna="fila")
    return _KINDS.get(said, "ficha")


def _entry(entry: Entry, extra: list[Line], problems: Problems) -> Entry:
    """With the fees and terms of its row and of those that are one with it."""
    for row, said in [(entry.fila, entry.cells), *extra]:
        entry.fees += _fees(row, said, problems)
        limit = {column: said[column] for column in TERM if _says(said, column)}
        if limit:
            entry.terms.append(Said(row, limit))
    return entry


def _fees(row: int, said: dict[str, Cell], problems: Problems) -> list[Said]:
    """The fee a row says, and those of its columns by way; what it says of one fee only must be that one's."""
    fee = {column: said[column] for column in FEE if _says(said, column)}
    ways = [column for column in BY_WAY if _says(said, column, by_way=True)]
    if not ways:
        return [Said(row, fee)] if fee else []
    days = {column: cell for column, cell in fee.items() if column in ("desde", "hasta")}
    rest = {column: cell for column, cell in fee.items() if column not in days}
    own = [Said(row, fee)] if "monto" in rest else []
    if rest and not own and (len(ways) > 1 or "via" in rest):
        for column in rest:
            problems.error(
                "la fila dice varios pagos y no se sabe de cuál es esto: escribe cada pago en su fila, con «costo» en «Tipo de fila»",
                fila=row,
                columna=column,
            )
    shared = days if own or len(ways) > 1 else fee
    return own + [
        Said(
            row,
            {**shared, "monto": said[column], "via": Cell(BY_WAY[column])},
            heads=dict.fromkeys(("monto", "via"), column),
        )
        for column in ways
    ]


def _with_official_code(cells: dict[str, Cell]) -> dict[str, Cell]:
    """A sheet with one column of codes may hold the official ones in it."""
    code = cells.get("codigo", BLANK)
    official = OFFICIAL.match(re.sub(r"\s+", "", code.text).upper())
    return {**cells, "codigo_tupa": code} if official and cells.get("codigo_tupa", BLANK).blank else cells


def _says(cells: dict[str, Cell], column: str, *, by_way: bool = False) -> bool:
    """A dash leaves open what a ficha costs; below one way it only says that there is no fee of that way."""
    cell = cells.get(column, BLANK)
    return not cell.blank and ((column == "monto" and not by_way) or not says_nothing(cell))


def _further(
    row: Line, kind: str, entries: dict[str, Entry], named: tuple[str, Ficha | None], problems: Problems
) -> None:
    """A row that is one more fee or term of a ficha, whose own row may say nothing else or not be there."""
    (fila, cells), (codigo, old) = row, named
    wanted = FEE if kind == "costo" else (*TERM, "desde", "hasta")
    entry = entries.get(codigo)
    if entry is None and old is None:
        problems.error(
            "la fila de la ficha va antes que las de sus pagos y plazos", fila=fila, columna="fila"
        )
        return
    entry = entry or entries.setdefault(codigo, Entry(fila, codigo, {}, old))
    strange = [
        column for column in cells
        if column not in {*wanted, *NAMING, "fila", "accion", "motivo"} and _says(cells, column)
    ]  # fmt: skip
    for column in strange:
        problems.error(
            f"una fila de {kind} no dice esto: ponlo en la fila de la ficha", fila=fila, columna=column
        )
    said = Said(fila, {column: cells[column] for column in wanted if _says(cells, column)})
    if not said.cells:
        problems.error(f"la fila de {kind} no dice nada", fila=fila)
        return
    (entry.fees if kind == "costo" else entry.terms).append(said)


def _refuse_twin(fila: int, known: Entry, table: Table, problems: Problems) -> None:
    hint = " Si es otro pago u otro plazo de la misma ficha, escribe «costo» o «plazo» en «Tipo de fila»."
    column = next(
        (column for column in ("codigo", "codigo_tupa", "nombre") if column in table.mapping.values()), ""
    )
    problems.error(f"el código «{known.codigo}» está dos veces: en la fila {known.fila} y en la {fila}.{hint}", fila=fila, columna=column)  # fmt: skip


def _rows(table: Table, problems: Problems) -> Iterable[tuple[int, dict[str, Cell], list[Line]]]:
    """Each ficha's row; the rows of a merged block are one, with those that say one more fee or term beside it."""
    block_of = {row: tuple(block) for block in table.blocks for row in block}
    pending: list[Line] = []
    for line in table.lines:
        if pending and block_of.get(pending[0][0]) != block_of.get(line[0]):
            yield _joined(pending, problems)
            pending = []
        if line[0] in block_of:
            pending.append(line)
        else:
            yield line[0], line[1], []
    if pending:
        yield _joined(pending, problems)


def _joined(lines: list[Line], problems: Problems) -> tuple[int, dict[str, Cell], list[Line]]:
    first, cells = lines[0][0], dict(lines[0][1])
    extra: list[Line] = []
    for row, said in lines[1:]:
        if any(_says(said, column) for column in ("monto", "plazo", *BY_WAY)):
            extra.append((row, said))
        for column, cell in said.items():
            if column in (*FEE, *TERM, *BY_WAY) or cell.blank:
                continue
            if column in _JOINED:
                cells[column] = _both(cells.get(column, BLANK), cell)
            elif cells.get(column, BLANK).blank:
                cells[column] = cell
            elif cells[column].text != cell.text:
                problems.error(
                    f"las filas {first} a {lines[-1][0]} son una sola ficha y aquí dicen dos cosas: «{cells[column].text[:40]}» y «{cell.text[:40]}»",
                    fila=row,
                    columna=column,
                )
    return first, cells, extra


def _both(one: Cell, other: Cell) -> Cell:
    text = "\n".join(part for part in (one.text, other.text) if part)
    return Cell(text, fault=one.fault or other.fault, note=one.note or other.note)


def _named(
    fila: int, cells: dict[str, Cell], *, entidad: str, current: Current, problems: Problems
) -> tuple[str, Ficha | None] | None:
    """(code, the ficha that has it); None where the row names none, which is said."""
    if any(cells.get(column, BLANK).fault for column in NAMING):
        return None
    found = _by_code(cells, current)
    if found is None:
        found = _by_name(fila, cells, entidad=entidad, current=current, problems=problems)
    if found is None:
        return None
    codigo, old = found
    if old is not None and old.hechos.entidad != entidad:
        problems.error(f"la ficha «{old.codigo}» es de otra entidad ({old.hechos.entidad})", fila=fila, columna="codigo")  # fmt: skip
        return None
    if old is None and (twin := current(name_key(entidad, cells.get("nombre", BLANK).text))) is not None:
        problems.warn(f"ya hay una ficha con esta denominación, «{twin.codigo}»: comprueba que «{codigo}» es otro trámite", fila=fila, columna="nombre")  # fmt: skip
    return codigo, old


def _by_code(cells: dict[str, Cell], current: Current) -> tuple[str, Ficha | None] | None:
    """The ficha its code or its TUPA code names; a code of ours that no ficha has is of a new one."""
    fresh = None
    for column in ("codigo", "codigo_tupa"):
        raw = cells.get(column, BLANK).text
        if not raw or says_nothing(cells[column]):
            continue
        code = re.sub(r"\s+", "-" if "-" in raw else "", raw.strip())
        slug = re.sub(r"-+", "-", re.sub(r"[\s_]*-[\s_]*", "-", fold(raw))).replace(" ", "-")
        for spelled in dict.fromkeys((slug, code.upper(), code)):
            if (old := current(spelled)) is not None:
                return old.codigo, old
        if (
            column == "codigo"
            and len(slug) <= MAX_CODE_CHARS
            and SLUG.match(slug)
            and not OFFICIAL.match(code.upper())
        ):
            fresh = slug
    return (fresh, None) if fresh else None


def _by_name(
    fila: int, cells: dict[str, Cell], *, entidad: str, current: Current, problems: Problems
) -> tuple[str, Ficha | None] | None:
    raw = cells.get("codigo", BLANK).text
    name = cells.get("nombre", BLANK).text or cells.get("nombre_base_legal", BLANK).text.partition("\n")[0]
    if raw and not says_nothing(cells["codigo"]) and not OFFICIAL.match(re.sub(r"\s+", "", raw).upper()):
        problems.error(
            f"«{raw[:60]}» no es un código: son palabras en minúsculas con guiones, como {entidad}-duplicado",
            fila=fila, columna="codigo",
        )  # fmt: skip
        return None
    if not slugify(name):
        problems.error("falta el código o la denominación: no se sabe de qué ficha es la fila", fila=fila)
        return None
    if (old := current(name_key(entidad, name))) is not None:
        return old.codigo, old
    codigo = f"{entidad}-{slugify(name)}"[:MAX_CODE_CHARS].strip("-")
    return codigo, current(codigo)
