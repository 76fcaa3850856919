"""Days as people and spreadsheets write them: `01/02/2026` is the first of February, as in Peru."""

import re
from datetime import date, timedelta

from cms.editing.sheets.cells import Cell
from lenguas.normalise import fold

MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre".split()
)  # fmt: skip
FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
# Days since the epoch of spreadsheets that stand for the years 1980 to 2100.
SERIALS = range(29_221, 73_416)
_EPOCH = date(1899, 12, 30)
_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t ]00:00(?::00)?)?$")
_IN_WORDS = re.compile(r"^(\d{1,2})\s*(?:de\s+)?([a-z]+)\s*(?:del?\s+)?(\d{4})$")


class NotADayError(ValueError):
    """The message says what is wrong with the cell and what to write."""


def day(cell: Cell) -> tuple[date, str]:
    """The day, and what the reader should know about how it was read (empty as a rule); raises NotADayError."""
    if cell.day:
        return _bounded(cell.day), ""
    if cell.number is not None or re.match(r"^\d{5}(\.0+)?$", cell.text):
        serial = int(cell.number) if cell.number is not None else int(float(cell.text))
        if serial not in SERIALS:
            raise NotADayError(f"«{cell.text}» no es una fecha: escribe día/mes/año, como 01/02/2026")
        read = _EPOCH + timedelta(days=serial)
        return read, f"{serial} se leyó como la fecha {read:%d/%m/%Y}"
    return _bounded(_of_text(cell.text)), ""


def _of_text(text: str) -> date:
    said = fold(text[:40])
    if match := _YEAR_FIRST.match(said):
        return _made(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(said):
        return _made(text, int(match[3]), int(match[2]), int(match[1]))
    match = _IN_WORDS.match(said)
    name = match[2].replace("septiembre", "setiembre") if match else ""
    if match and name in MONTHS:
        return _made(text, int(match[3]), MONTHS.index(name) + 1, int(match[1]))
    if re.match(r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}$", said):
        raise NotADayError(f"«{text}»: escribe el año con cuatro cifras")
    raise NotADayError(f"«{text[:40]}» no es una fecha: escribe día/mes/año, como 01/02/2026")


def _made(text: str, year: int, month: int, day_of_month: int) -> date:
    if month > 12:
        raise NotADayError(f"«{text}»: no hay mes {month}; escribe primero el día: día/mes/año")
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise NotADayError(f"«{text}»: ese día no existe") from None


def _bounded(read: date) -> date:
    if not FIRST <= read <= LAST:
        raise NotADayError(f"el año {read.year} no puede ser")
    return read
