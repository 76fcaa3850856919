"""The table in a sheet: where its headers are, what each column means, and what merged cells say.

The header need not be row 1, and may take two or three rows (a group above, its columns below). A group's name
stands before its column's: `Derecho de tramitación / % UIT`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cms.editing.sheets.archive import MAX_COLUMNS
from cms.editing.sheets.cells import Area, Cell, Grid, letter
from cms.editing.sheets.codes import is_code
from cms.editing.sheets.columns import BY_WAY, COLUMNS, FEE, IGNORED, TERM, column_of, is_label, known_as
from cms.editing.sheets.guessing import proposed
from cms.editing.sheets.problems import FileRefusedError, Problems
from lenguas.normalise import fold

SEARCHED_ROWS = 30
HEADER_ROWS = 3
MAX_ROWS = 5_000
SAMPLES = 3
NOTE_CHARS = 300
TITLE_CHARS = 80
NOTE = re.compile(r"\(?\*|(notas?|fuente|leyenda|elaborado por|elaboracion)\b\s*[:.(]")
NAMELESS = "Sin encabezado, columna"
# Columns that say which ficha a row is of.
NAMING = {"codigo", "codigo_tupa", "nombre", "nombre_base_legal"}
Line = tuple[int, dict[str, Cell]]


@dataclass(slots=True)
class Table:
    """`headers` are all, as people read them; `mapping` the id each one is read as; `lines` the rows below."""

    headers: list[str]
    mapping: dict[str, str]
    unmapped: list[str]
    lines: list[Line] = field(default_factory=list)
    # Rows that are one ficha because the cell that names it is merged over them.
    blocks: list[list[int]] = field(default_factory=list)
    # For each header that has any: how many cells below it are filled, and the first few of them.
    seen: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    # Rows something has been said against already: their fichas are not read.
    faulty: set[int] = field(default_factory=set)

    @property
    def certain(self) -> bool:
        """Whether every column read has a header of our template's, and is what that header says."""
        return all(
            is_label(name) and column_of(name) == identifier for name, identifier in self.mapping.items()
        )


@dataclass(frozen=True, slots=True)
class _Header:
    top: int
    height: int
    names: dict[int, str]
    score: int


@dataclass(frozen=True, slots=True)
class _Body:
    """What stands below the header; `positions` are the columns read, by their place."""

    grid: Grid
    header: _Header
    positions: dict[int, str]
    problems: Problems
    faulty: set[int]

    def refuse(self, row: int, mensaje: str) -> None:
        self.problems.error(mensaje, fila=row)
        self.faulty.add(row)

    @property
    def first(self) -> int:
        return self.header.top + self.header.height

    @property
    def merged(self) -> list[Area]:
        last = len(self.grid.rows)
        return [area for area in self.grid.merged if area.bottom >= self.first and area.top <= last]


def best_score(grid: Grid) -> int:
    """How many columns of ours the best header row of `grid` names."""
    return max((header.score for header in _candidates(grid, None)), default=0)


def read_table(grid: Grid, mapping: Mapping[str, str] | None, problems: Problems) -> Table:
    """Raises FileRefusedError where no row can be the header."""
    header = _with_nameless(grid, _header(grid, mapping))
    below = _below(grid, header)
    table = _mapped(
        header, mapping or proposed(list(header.names.values()), below), problems, asked=bool(mapping)
    )
    positions = {
        column: table.mapping[name] for column, name in header.names.items() if name in table.mapping
    }
    problems.headers = {identifier: name for name, identifier in table.mapping.items()}
    body = _Body(grid, header, positions, problems, table.faulty)
    _warn_of_hidden(body)
    table.blocks = _blocks(body)
    table.seen = _seen(below)
    table.lines = list(_lines(body, _without_merges(body, table.blocks)))
    if len(table.lines) > MAX_ROWS:
        raise FileRefusedError(
            f"La hoja tiene {len(table.lines)} filas; se leen hasta {MAX_ROWS}. Sube el TUPA en varias partes."
        )
    return table


def _header(grid: Grid, mapping: Mapping[str, str] | None) -> _Header:
    candidates = list(_candidates(grid, mapping))
    best = max(
        candidates,
        key=lambda header: (header.score, not _cuts(grid, header), -header.height, -header.top),
        default=None,
    )
    if best is not None and best.score:
        return best
    widest = max(candidates, key=lambda header: len(header.names), default=None)
    if widest is None:
        raise FileRefusedError("La hoja está vacía.")
    return widest


def _cuts(grid: Grid, header: _Header) -> bool:
    """Whether the header goes on below: a name is merged over its next row too, or columns are named there."""
    last = header.top + header.height - 1
    return any(header.top <= area.top <= last < area.bottom for area in grid.merged) or _names_more(
        grid, header
    )


def _names_more(grid: Grid, header: _Header) -> bool:
    """Whether the row below names columns of a group (`Por internet`, `Presencial`): words, and none names a ficha."""
    last = header.top + header.height - 1
    below = {
        c: cell.text
        for c, cell in enumerate(grid.rows[last] if last < len(grid.rows) else [], 1)
        if cell.text
    }
    groups = {
        c
        for area in grid.merged
        if area.top <= last <= area.bottom
        for c in range(area.left + 1, min(area.right, MAX_COLUMNS) + 1)
    }
    if not any(column in groups or column not in header.names for column in below):
        return False
    naming = {column for column, name in header.names.items() if column_of(name) in NAMING}
    return not naming & set(below) and all(
        len(text) <= 40 and not re.search(r"\d", text) for text in below.values()
    )


def _with_nameless(grid: Grid, header: _Header) -> _Header:
    """What stands below no header has a name too: somebody must say what it is, or that it is left out.

    In a CSV it is an error of its row.
    """
    if not grid.name:
        return header
    below = grid.rows[header.top + header.height - 1 :]
    columns = {column for cells in below for column, cell in enumerate(cells, 1) if not cell.blank}
    nameless = {c: f"{NAMELESS} {letter(c)}" for c in sorted(columns - set(header.names))}
    return replace(header, names=header.names | nameless)


def _candidates(grid: Grid, mapping: Mapping[str, str] | None) -> Iterable[_Header]:
    wanted = {known_as(name) for name in mapping} if mapping else None
    for top in range(1, min(SEARCHED_ROWS, len(grid.rows)) + 1):
        if not grid.rows[top - 1]:
            continue
        for height in range(1, HEADER_ROWS + 1):
            if height > 1 and _has_data(grid, top + height - 1):
                break
            names = _names(grid, top, height)
            if height > 1 and any(len(name) > 300 for name in names.values()):
                break
            yield _Header(top, height, names, _score(names.values(), wanted))


def _has_data(grid: Grid, row: int) -> bool:
    cells = grid.rows[row - 1] if row <= len(grid.rows) else []
    return any(cell.day or is_code(cell.text) or "S/ " in cell.text for cell in cells)


def _score(names: Iterable[str], wanted: set[str] | None) -> int:
    if wanted is not None:
        return len({known_as(name) for name in names} & wanted)
    return len({column_of(name) for name in names} - {""})


def _names(grid: Grid, top: int, height: int) -> dict[int, str]:
    """The header of each column: what its rows say from above, without repeats; twins are numbered."""
    rows = [_spread(grid, row, last=row == top + height - 1) for row in range(top, top + height)]
    names: dict[int, str] = {}
    for column in sorted({column for row in rows for column in row}):
        said = list(dict.fromkeys(row[column] for row in rows if column in row))
        name, taken = " / ".join(said), set(names.values())
        twins = 2
        while name in taken:
            name, twins = f"{' / '.join(said)} ({twins})", twins + 1
        names[column] = name
    return names


def _spread(grid: Grid, row: int, *, last: bool) -> dict[int, str]:
    """A header row's texts by column; a group's name is over each of its columns."""
    texts = {
        number: " ".join(cell.text.split())
        for number, cell in enumerate(grid.rows[row - 1] if row <= len(grid.rows) else [], 1)
        if cell.text
    }
    for area in grid.merged:
        if area.top == row and not last and area.left in texts:
            texts |= dict.fromkeys(range(area.left, min(area.right, area.left + 50) + 1), texts[area.left])
    return texts


def _mapped(header: _Header, mapping: Mapping[str, str], problems: Problems, *, asked: bool) -> Table:
    given = {known_as(name): identifier for name, identifier in mapping.items()}
    read: dict[str, str] = {}
    unmapped = []
    for name in header.names.values():
        identifier = mapping.get(name) or given.get(known_as(name), "")
        if identifier not in COLUMNS and identifier not in IGNORED:
            problems.error(f"«{identifier}» no es una columna que se pueda leer.", columna=name)
            identifier = ""
        if identifier and identifier not in IGNORED and identifier in read.values():
            first = next(other for other, taken in read.items() if taken == identifier)
            _tell_twin(name, first, identifier, problems, asked=asked)
            unmapped.append(name)
        elif identifier in IGNORED:
            unmapped += [name] if identifier == "" and not (asked and known_as(name) in given) else []
        else:
            read[name] = identifier
    return Table(list(header.names.values()), read, unmapped)


def _tell_twin(name: str, first: str, identifier: str, problems: Problems, *, asked: bool) -> None:
    """Two headers that seem to mean one column: asked about where it is money, a term or a name; else the first is it."""
    what = COLUMNS[identifier].label
    if asked or identifier in {*FEE, *BY_WAY, *TERM, *NAMING}:
        problems.error(f"dice lo mismo que «{first}»: las dos se leen como «{what}».", columna=name)
    else:
        problems.warn(f"parece lo mismo que «{first}», que es la que se lee como «{what}».", columna=name)


def _below(grid: Grid, header: _Header) -> dict[str, list[Cell]]:
    """The filled cells below each header."""
    rows = grid.rows[header.top + header.height - 1 :]
    return {
        name: [row[column - 1] for row in rows if len(row) >= column and not row[column - 1].blank]
        for column, name in header.names.items()
    }


def _seen(below: Mapping[str, list[Cell]]) -> dict[str, tuple[int, list[str]]]:
    """What stands below each header, read or not: whoever says what a column is looks at this."""
    return {
        name: (len(cells), list(dict.fromkeys(" ".join(cell.text.split()) for cell in cells))[:SAMPLES])
        for name, cells in below.items()
        if cells
    }


def _warn_of_hidden(body: _Body) -> None:
    rows = sorted(row for row in body.grid.hidden_rows if row >= body.first)
    if rows:
        body.problems.warn(f"Hay filas ocultas, y también se leen: {_listed(str(row) for row in rows)}.")
    columns = sorted(column for column in body.grid.hidden_columns if column in body.positions)
    if columns:
        letters = _listed(letter(column) for column in columns)
        body.problems.warn(f"Hay columnas ocultas, y también se leen: {letters}.")


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:20]) + (f" y {len(listed) - 20} más" if len(listed) > 20 else "")


def _blocks(body: _Body) -> list[list[int]]:
    """The rows over which the cell that names a ficha is merged; blocks inside others are part of them."""
    spans = {
        (area.top, min(area.bottom, len(body.grid.rows)))
        for area in body.merged
        if area.top < area.bottom
        and body.positions.get(area.left) in NAMING
        and body.grid.cell(area.top, area.left).text
    }
    # Two cells may name a ficha; where they are merged over different rows, the wider one says which rows are one.
    blocks: list[list[int]] = []
    reach = 0
    for top, bottom in sorted(spans, key=lambda span: (span[0], -span[1])):
        if bottom > reach:
            blocks.append(list(range(top, bottom + 1)))
            reach = bottom
    return blocks


def _without_merges(body: _Body, blocks: list[list[int]]) -> dict[tuple[int, int], Cell]:
    """The cells merged areas stand for, by row and column. A block's own cells stay in their first row."""
    filled: dict[tuple[int, int], Cell] = {}
    starts = {row: block[-1] for block in blocks for row in block}
    for area in body.merged:
        over = [column for column in body.positions if area.left <= column <= area.right]
        if len(over) > 1 and not _is_title(body, area):
            body.refuse(
                area.top,
                f"las celdas {area.name} están combinadas a lo ancho: no se sabe de qué columna es el dato. Sepáralas.",
            )
        elif len(over) == 1 and area.top < area.bottom and area.bottom > starts.get(area.top, 0):
            filled |= _filled(body, area, over[0])
    return filled


def _filled(body: _Body, area: Area, column: int) -> dict[tuple[int, int], Cell]:
    cell = body.grid.cell(area.top, area.left)
    if cell.blank:
        return {}
    bottom = min(area.bottom, len(body.grid.rows))
    body.problems.warn(
        f"las celdas {area.name} están combinadas: «{cell.text[:40]}» vale para las filas {area.top} a {bottom}.",
        fila=area.top,
        columna=body.positions[column],
    )
    return {(row, column): cell for row in range(area.top, bottom + 1)}


def _is_title(body: _Body, area: Area) -> bool:
    """A row that says one thing over the whole width is a section's title."""
    if area.top != area.bottom:
        return False
    outside = [column for column in body.positions if not area.left <= column <= area.right]
    return not any(body.grid.cell(area.top, column).text for column in outside)


def _lines(body: _Body, filled: dict[tuple[int, int], Cell]) -> Iterable[Line]:
    titles = {
        area.top
        for area in body.merged
        if sum(area.left <= c <= area.right for c in body.positions) > 1 and _is_title(body, area)
    }
    blocked = {row for row, _column in filled}
    for row in range(body.first, len(body.grid.rows) + 1):
        cells = {
            identifier: filled.get((row, column)) or body.grid.cell(row, column)
            for column, identifier in body.positions.items()
        }
        said = {identifier: cell for identifier, cell in cells.items() if not cell.blank}
        if row in titles or (not said and row not in blocked):
            _tell_unread(body, row)
            continue
        if not said or _repeats(said, body) or _counts(said, below=row == body.first):
            continue
        if (note := _note(said, body)) and row not in blocked:
            body.problems.warn(f"nota, no se lee: «{note[:NOTE_CHARS]}»", fila=row)
            continue
        _refuse_overlong(body, row)
        yield row, cells


def _tell_unread(body: _Body, row: int) -> None:
    """A line with nothing in the columns that are read: a section's title, or a note that may say something of the fees."""
    texts = [cell.text for cell in body.grid.rows[row - 1] if re.search(r"[^\W\d_]", cell.text)]
    if not texts:
        return
    text = " ".join(" / ".join(texts).split())[:NOTE_CHARS]
    if len(text) <= TITLE_CHARS and not NOTE.match(fold(text)) and _goes_on(body, row):
        body.problems.tell(f"título, no se lee: «{text}»", fila=row)
    else:
        body.problems.warn(f"nota, no se lee: «{text}»", fila=row)


def _goes_on(body: _Body, row: int) -> bool:
    """Whether fichas follow below `row`."""
    return any(
        sum(column in body.positions and not cell.blank for column, cell in enumerate(cells, 1)) > 1
        for cells in body.grid.rows[row:]
    )


def _note(said: dict[str, Cell], body: _Body) -> str:
    """The text of a line that only says something about the table, as «(*) Montos en soles» below it."""
    (identifier, cell), *more = said.items()
    if more or identifier not in NAMING:
        return ""
    coded = "codigo" in body.positions.values() or "codigo_tupa" in body.positions.values()
    # Where fichas have a code, words alone name none of them.
    wordy = len(cell.text.split()) > 3 if identifier.startswith("codigo") else coded
    return cell.text if wordy or NOTE.match(fold(cell.text)) else ""


def _refuse_overlong(body: _Body, row: int) -> None:
    """In a CSV, a cell beyond the headers is a text with a separator and no quotes: all after it has slipped."""
    if not body.grid.name and len(body.grid.rows[row - 1]) > max(body.header.names):
        body.refuse(
            row, "tiene más celdas que encabezados: un texto con el separador dentro va entre comillas"
        )


def _repeats(said: dict[str, Cell], body: _Body) -> bool:
    """Whether a row is the header again, as where a printed table goes on over a page."""
    names = {identifier: body.header.names[column] for column, identifier in body.positions.items()}
    same = [i for i, cell in said.items() if known_as(cell.text) in known_as(names[i]) and len(cell.text) > 2]
    return len(same) == len(said) and len(said) >= 3


def _counts(said: dict[str, Cell], *, below: bool) -> bool:
    """Whether a row only numbers the columns, as `(1) (2) (3)`."""
    if not below or len(said) < 3:
        return False
    numbers = [re.sub(r"[()\s]", "", cell.text) for cell in said.values()]
    if not all(number.isdigit() for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return values == sorted(set(values)) and values[-1] <= 60
