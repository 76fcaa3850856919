"""The sheet we offer: an .xlsx with the columns of the official ficha, filled with what is published or empty.

A cell of text can never run: it is written as text, and in the way programs know that it was meant so.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as Written
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cms.editing.sheets.cells import harmless
from cms.editing.sheets.columns import OFFERED
from cms.editing.sheets.showing import Row, rows_of
from cms.tramites.schema import Ficha

# Longer texts are cut off by Excel; such a cell stays empty, which leaves the field as it is.
MAX_CELL_CHARS = 32_000
LAST_ROW = 5_001
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="E7ECF3")
_INSTRUCTIONS = (
    "Cómo llenar esta hoja",
    "",
    "Cada fila de la hoja «Fichas» es un trámite. Cambia solo lo que cambia: al subirla se compara con lo publicado.",
    "Una celda vacía no toca nada: lo publicado queda como está.",
    "Para quitar un dato escribe «borrar». Para decir que no se sabe escribe «por confirmar».",
    "Un trámite nuevo lleva «nueva» en «Acción»; uno que desaparece, «retira» y el motivo o el reemplazo.",
    "Si un trámite tiene varios pagos, escribe una fila más por cada uno, con «costo» en «Tipo de fila» y el mismo código. "
    "Con los plazos es igual: «plazo».",
    "En las listas (requisitos, normas…) va una cosa por línea: Alt+Entrar empieza otra línea en la misma celda. La lista "
    "que escribes reemplaza a la anterior.",
    "Los montos van en soles: 24.50. No uses fórmulas ni combines celdas.",
    "Las fechas van así: día/mes/año, 01/02/2026.",
    "Nada se publica al subir la hoja: verás qué cambia y otra persona lo aprueba.",
)  # fmt: skip


def template(entidad: str) -> bytes:
    """An empty sheet for the fichas of `entidad`."""
    return _book([], entidad)


def filled(fichas: Iterable[Ficha], *, entidad: str = "") -> bytes:
    """The sheet with what is published of `fichas`. Read back unchanged, every one of them is IGUAL."""
    return _book([row for ficha in fichas for row in rows_of(ficha)], entidad)


def _book(rows: Sequence[Row], entidad: str) -> bytes:
    book = Workbook(write_only=True)
    _write_fichas(book.create_sheet("Fichas"), rows)
    _write_instructions(book.create_sheet("Instrucciones"), entidad)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_fichas(sheet: Any, rows: Sequence[Row]) -> None:
    sheet.freeze_panes = "D2"
    for number, column in enumerate(OFFERED, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        if column.choices:
            sheet.data_validations.append(
                _choice(letter, column.choices, strict=column.id in ("accion", "fila"))
            )
    sheet.append([_header(sheet, column.label) for column in OFFERED])
    for row in rows:
        sheet.append([_cell(sheet, row.get(column.id, "")) for column in OFFERED])


def _choice(letter: str, choices: Sequence[str], *, strict: bool) -> DataValidation:
    """A list to choose from. Where a cell may also say `borrar` or `por confirmar`, it only advises."""
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.errorStyle = "stop" if strict else "warning"
    rule.errorTitle, rule.error = "No está en la lista", f"Elige: {', '.join(choices)}"[:250]
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    return rule


def _header(sheet: Any, label: str) -> Written:
    cell = WriteOnlyCell(sheet, value=label)
    cell.font, cell.fill, cell.alignment = _BOLD, _HEADER_FILL, _WRAPPED
    return cell


def _cell(sheet: Any, value: Any) -> Written | None:
    if value == "":
        return None
    if isinstance(value, str):
        return _text(sheet, value)
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = _WRAPPED
    if isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    return cell


def _text(sheet: Any, value: str) -> Written | None:
    safe = harmless(value)
    if len(safe) > MAX_CELL_CHARS:
        return None
    cell = WriteOnlyCell(sheet, value=safe)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = _WRAPPED
    return cell


def _write_instructions(sheet: Any, entidad: str) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 100
    for number, line in enumerate(_INSTRUCTIONS):
        cell = WriteOnlyCell(sheet, value=line)
        if number == 0:
            cell.font = _BOLD
        sheet.append([cell])
    if entidad:
        sheet.append([f"Entidad: {harmless(entidad)}"])
    sheet.append([])
    for column in OFFERED:
        values = f" Valores: {', '.join(column.choices)}." if column.choices else ""
        sheet.append([_header(sheet, column.label), f"{column.help}.{values}"])
