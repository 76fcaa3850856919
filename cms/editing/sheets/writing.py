"""Fichas as CSV and as JSON, in the shapes that are read back: every one of them unchanged is IGUAL."""

import csv
import json
from collections.abc import Iterable
from datetime import date
from io import StringIO

from cms.editing.sheets.cells import harmless
from cms.editing.sheets.columns import OFFERED
from cms.editing.sheets.showing import Value, rows_of
from cms.tramites.schema import Ficha


def csv_of(fichas: Iterable[Ficha]) -> bytes:
    """UTF-8 with the mark Excel knows it by, commas, and no cell that could run where it is opened."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.label for column in OFFERED])
    for ficha in fichas:
        for row in rows_of(ficha):
            writer.writerow([_written(row.get(column.id, "")) for column in OFFERED])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _written(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return harmless(value) if isinstance(value, str) else str(value)


def json_of(fichas: Iterable[Ficha]) -> bytes:
    """Whole fichas, facts and Spanish words; their Quechua has its own way."""
    listed = [
        {"hechos": ficha.hechos.model_dump(mode="json"), "es": ficha.es}
        for ficha in fichas
    ]  # fmt: skip
    return json.dumps({"fichas": listed}, ensure_ascii=False, indent=1).encode()
