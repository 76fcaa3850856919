"""The audit as CSV, written line by line. No cell is a formula to the program that opens it."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from cms.audit.models import Entry
from cms.audit.queries import LIMA

COLUMNS = ("cuando", "quien", "que", "sobre", "por_que", "detalle")
BOM = "\ufeff"  # without it, Excel reads UTF-8 as Latin-1
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What csv.writer writes to: each line is handed on instead of kept."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Entry]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + str(writer.writerow(COLUMNS))
    for row in rows:
        yield str(writer.writerow([harmless(cell) for cell in _cells(row)]))


def _cells(row: Entry) -> tuple[Any, ...]:
    detail = json.dumps(row.detail, ensure_ascii=False, sort_keys=True) if row.detail else ""
    at = row.at.astimezone(LIMA).isoformat(timespec="seconds")
    return at, row.by_name, row.what, row.subject, row.why, detail


def harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
