"""Open data as bytes, a part at a time: JSON Lines or CSV, and gzip over either."""

import csv
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from cms.api.datasets import Dataset
from cms.editing.sheets.cells import neutral

Form = Literal["jsonl", "csv"]
CONTENT_TYPES: dict[Form, str] = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
# The mark by which Excel knows that a CSV is UTF-8.
BOM = b"\xef\xbb\xbf"
PART_BYTES = 64 * 1024
GZIP = 16 + zlib.MAX_WBITS


def parts(dataset: Dataset, form: Form, *, bom: bool = False) -> Iterator[bytes]:
    """The whole table in parts of some 64 KB."""
    lines = _csv_lines(dataset, bom=bom) if form == "csv" else _json_lines(dataset)
    return _joined(lines)


def _json_lines(dataset: Dataset) -> Iterator[bytes]:
    for row in dataset.rows():
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _csv_lines(dataset: Dataset, *, bom: bool) -> Iterator[bytes]:
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(dataset.columns)
    yield (BOM if bom else b"") + line.text.encode()
    for row in dataset.rows():
        cells = dataset.flat(row)
        writer.writerow([_cell(cells[name]) for name in dataset.columns])
        yield line.text.encode()


class _Line:
    """Where csv.writer writes: holds the last line only."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _cell(value: Any) -> str:
    """Nothing that a spreadsheet would run; a number stays one."""
    if value is None:
        return ""
    return neutral(value) if isinstance(value, str) else str(value)


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PART_BYTES:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def compressed(whole: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=6, wbits=GZIP)
    for part in whole:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()
