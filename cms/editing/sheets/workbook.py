"""An .xlsx as grids of cells. A formula's kept result is not trusted: who opens the file may see another one."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cms.editing.sheets.archive import DAMAGED, MAX_COLUMNS, Part, unpack
from cms.editing.sheets.cells import BLANK, Cell, Grid, letter, text_cell
from cms.editing.sheets.problems import FileRefusedError, Problems

# What the library raises on a workbook whose XML is well-formed and whose meaning is not.
_UNREADABLE = (
    AttributeError, ArithmeticError, DefusedXmlException, IndexError, InvalidFileException, KeyError, OSError,
    ParseError, TypeError, ValueError, zipfile.BadZipFile,
)  # fmt: skip


def read_workbook(content: bytes, problems: Problems) -> list[Grid]:
    """The visible sheets that hold something; raises FileRefusedError."""
    parts = unpack(content)
    try:
        with warnings.catch_warnings():
            # The library warns of what it leaves out (drawings, validations); none of it is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            grids = list(_grids(book, parts, problems))
            book.close()
    except _UNREADABLE as error:
        raise FileRefusedError(DAMAGED) from error
    if not grids:
        raise FileRefusedError("El libro está vacío: no hay ninguna celda escrita en una hoja visible.")
    return grids


def _grids(book: Any, parts: dict[str, Part], problems: Problems) -> Iterator[Grid]:
    for sheet in book.worksheets:
        part = parts.get(str(sheet._worksheet_path).lstrip("/"))
        if part is None:
            raise FileRefusedError(DAMAGED)
        if sheet.sheet_state != "visible":
            if part.last_row:
                problems.warn(f"La hoja «{sheet.title}» está oculta: no se lee.")
            continue
        if part.last_row:
            yield _grid(sheet, part)


def _grid(sheet: Any, part: Part) -> Grid:
    grid = Grid(sheet.title, merged=part.merged)
    sheet.reset_dimensions()  # what a file says of its own size is not trusted
    for row in sheet.iter_rows(max_row=part.last_row):
        grid.rows.append(_row(row))
    if not any(grid.rows):
        raise FileRefusedError(DAMAGED)
    grid.hidden_rows = {n for n in part.hidden_rows if n <= len(grid.rows) and grid.rows[n - 1]}
    width = max((len(row) for row in grid.rows), default=0)
    grid.hidden_columns = {n for n in part.hidden_columns if n <= width}
    return grid


def _row(row: tuple[Any, ...]) -> list[Cell]:
    cells = [BLANK if cell.value is None else _cell(cell) for cell in row]
    while cells and cells[-1].blank:
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise FileRefusedError(
            f"La hoja tiene datos hasta la columna {letter(len(cells))}: se leen {MAX_COLUMNS} columnas. Borra lo que sobra."
        )
    return cells


def _cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return Cell(fault="tiene una fórmula: pega su resultado como valor («Pegado especial, Valores»)")
    if cell.data_type == "e":
        return Cell(str(cell.value), fault=f"tiene un error de la hoja ({cell.value})")
    return _typed(cell.value, str(cell.number_format or ""))


def _typed(value: Any, number_format: str) -> Cell:
    if isinstance(value, bool):
        return Cell("sí" if value else "no")
    if isinstance(value, datetime):
        kept = value.date() if value.time() == time() else None
        return Cell(f"{value:%d/%m/%Y}", day=kept, fault="" if kept else "tiene una hora: deja solo la fecha")
    if isinstance(value, date):
        return Cell(f"{value:%d/%m/%Y}", day=value)
    if isinstance(value, time | timedelta):
        return Cell(str(value), fault="la hoja lo convirtió en una hora: escríbelo de nuevo como texto")
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), number_format)
    return text_cell(str(value))


def _number(number: Decimal, number_format: str) -> Cell:
    if not number.is_finite():
        return Cell(str(number), fault="no es un número")
    whole = number == number.to_integral_value() and abs(number) < 10**15
    text = str(int(number)) if whole else str(number)
    # A code written 02121 and shown so by its format is that code.
    if whole and number_format and set(number_format) == {"0"}:
        text = text.zfill(len(number_format))
    return Cell(text, number=number, number_format=number_format)
