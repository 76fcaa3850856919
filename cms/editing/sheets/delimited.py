"""A CSV as a grid: its encoding and its separator are found out, and said where they are not the usual ones."""

import csv
from collections.abc import Callable
from io import StringIO

from cms.editing.sheets.archive import MAX_CELLS, MAX_COLUMNS, MAX_LAST_ROW
from cms.editing.sheets.cells import Cell, Grid, text_cell
from cms.editing.sheets.problems import FileRefusedError, Problems

SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 30


def read_text(content: bytes, problems: Problems) -> str:
    """Never fails: every byte means something in Latin-1, the last one tried."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.warn(
            "El archivo no está en UTF-8: se leyó como Windows-1252 (Latin-1). Mira que las tildes y las eñes estén bien."
        )
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def read_delimited(content: bytes, problems: Problems, score: Callable[[Grid], int]) -> Grid:
    """The grid under the separator whose headers `score` best; raises FileRefusedError."""
    text = read_text(content, problems)
    if not text.strip("\ufeff \r\n\t,;"):
        raise FileRefusedError("El archivo está vacío.")
    text = text.removeprefix("\ufeff")
    first_line = text.partition("\n")[0]
    if first_line.strip().lower().startswith("sep=") and len(first_line.strip()) == 5:
        return _grid(text, first_line.strip()[4], skipped=1)
    heads = {separator: _head(text, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: (score(heads[separator]), _width(heads[separator])))
    return _grid(text, best)


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def _head(text: str, separator: str) -> Grid:
    grid = Grid()
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=separator):
            grid.rows.append(_cells(record[:MAX_COLUMNS]))
            if len(grid.rows) == _LOOKED_AT:
                break
    except csv.Error:
        pass  # another separator, or the whole reading says what is wrong
    return grid


def _grid(text: str, separator: str, skipped: int = 0) -> Grid:
    grid = Grid()
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    cells = 0
    try:
        for number, record in enumerate(reader):
            cells += len(record)
            # Before a cell is looked at: a line of commas has millions of them.
            if len(record) > MAX_COLUMNS or len(grid.rows) >= MAX_LAST_ROW or cells > MAX_CELLS:
                raise FileRefusedError(
                    f"El archivo tiene más de {MAX_COLUMNS} columnas o de {MAX_LAST_ROW} filas: borra lo que sobra."
                )
            grid.rows.append(_cells(record) if number >= skipped else [])
    except csv.Error as error:
        raise FileRefusedError(
            f"Línea {reader.line_num}: hay unas comillas sin cerrar o mal puestas. Una celda con comillas dentro se "
            'escribe entre comillas, y las de dentro, dobles: "así ""por ejemplo""".'
        ) from error
    return grid


def _cells(record: list[str]) -> list[Cell]:
    cells = [text_cell(value) for value in record]
    while cells and cells[-1].blank:
        cells.pop()
    return cells
