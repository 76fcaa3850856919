"""What is inside an .xlsx, looked at before anything reads it: its size for true, and XML that does no harm.

A workbook is a ZIP of XML. Both can be small on disk and fill a machine's memory when opened, so every part is
counted once, with expat, before a library builds objects of it.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from cms.editing.sheets.cells import Area
from cms.editing.sheets.problems import FileRefusedError

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_SHEETS = 30
MAX_CELLS = 400_000
MAX_ELEMENTS = 2_000_000
MAX_DEPTH = 60
MAX_MERGED = 20_000
# What is read of a row, and where the format itself ends.
MAX_COLUMNS = 200
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
# Where data end; a stray cell far below the table would make a million rows of a few.
MAX_LAST_ROW = 20_000
_CHUNK_BYTES = 65_536
_LAST = True
_STRICT = "purl.oclc.org/ooxml/spreadsheetml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$")
DAMAGED = (
    "El archivo está dañado: ábrelo, guárdalo de nuevo como «Libro de Excel (.xlsx)» y vuelve a subirlo."
)
TOO_BIG = (
    "El archivo, desempaquetado, es demasiado grande: deja solo la hoja con las fichas, sin imágenes ni filas vacías "
    "con formato."
)


@dataclass(slots=True)
class Part:
    """What one XML part of the workbook holds. Rows and columns are counted from 1."""

    elements: int = 0
    cells: int = 0
    depth: int = 0
    row: int = 0
    last_row: int = 0
    sheets: int = 0
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def unpack(content: bytes) -> dict[str, Part]:
    """Every XML part by its path in the archive; raises FileRefusedError with the reason."""
    _refuse_other_files(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive)
            return {name: _part(archive, name) for name in _xml_names(archive)}
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
    ) as error:  # fmt: skip
        raise FileRefusedError(DAMAGED) from error


def _refuse_other_files(content: bytes) -> None:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefusedError("El archivo tiene contraseña: quítasela y vuelve a subirlo.")
        raise FileRefusedError(
            "Es un archivo de Excel antiguo (.xls): guárdalo como «Libro de Excel (.xlsx)» y vuelve a subirlo."
        )
    if not content.startswith(b"PK"):
        raise FileRefusedError(
            "No es un libro de Excel (.xlsx), aunque su nombre lo diga. Sube XLSX, CSV o JSON."
        )


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise FileRefusedError(TOO_BIG)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefusedError("El archivo tiene contraseña: quítasela y vuelve a subirlo.")
    if "content.xml" in names and "mimetype" in names:
        raise FileRefusedError("Es una hoja de OpenDocument (.ods): guárdala como .xlsx y vuelve a subirla.")
    if "xl/workbook.bin" in names:
        raise FileRefusedError("Es un libro binario (.xlsb): guárdalo como .xlsx y vuelve a subirlo.")
    if "xl/workbook.xml" not in names:
        raise FileRefusedError("No es un libro de Excel: dentro hay otra cosa. Sube XLSX, CSV o JSON.")
    if len(names) != len(entries):
        raise FileRefusedError(DAMAGED)


def _xml_names(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.lower().endswith((".xml", ".rels", ".vml"))]


def _part(archive: zipfile.ZipFile, name: str) -> Part:
    counter = _Counter()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                counter.parser.Parse(chunk)
        counter.parser.Parse(b"", _LAST)
    except expat.ExpatError as error:
        raise FileRefusedError(DAMAGED) from error
    _refuse_overlaps(counter.part.merged)
    return counter.part


def _refuse_overlaps(merged: list[Area]) -> None:
    """Areas that share a cell are no sheet's, and a few thousand of them make millions of cells."""
    ends = [0] * (MAX_COLUMNS + 1)
    for area in sorted(merged, key=lambda area: area.top):
        columns = slice(area.left, area.right + 1)
        if any(end >= area.top for end in ends[columns]):
            raise FileRefusedError(DAMAGED)
        ends[columns] = [area.bottom] * len(ends[columns])


class _Counter:
    """Counts what an XML part holds while it streams by, and stops at the first thing too many."""

    def __init__(self) -> None:
        self.part = Part()
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _doctype(self, *_declaration: object) -> None:
        raise FileRefusedError("El archivo trae XML con definiciones propias, que no se leen por seguridad.")

    def _end(self, _name: str) -> None:
        self.part.depth -= 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        part = self.part
        if part.elements == 0 and any(_STRICT in value for value in attributes.values()):
            raise FileRefusedError(
                "El libro está guardado como «Strict»: guárdalo como «Libro de Excel (.xlsx)»."
            )
        part.elements += 1
        part.depth += 1
        if part.elements > MAX_ELEMENTS or part.depth > MAX_DEPTH:
            raise FileRefusedError(TOO_BIG)
        count = _COUNT.get(name.rpartition(":")[2])
        if count:
            count(part, attributes)


def _row(part: Part, attributes: dict[str, str]) -> None:
    row = int(attributes.get("r", part.row + 1))
    if row <= part.row:
        raise FileRefusedError(DAMAGED)
    part.row = row
    if attributes.get("hidden") in ("1", "true"):
        part.hidden_rows.add(row)


def _cell(part: Part, _attributes: dict[str, str]) -> None:
    part.cells += 1
    if part.cells > MAX_CELLS:
        raise FileRefusedError(TOO_BIG)


def _value(part: Part, _attributes: dict[str, str]) -> None:
    part.last_row = part.row
    if part.row > MAX_LAST_ROW:
        raise FileRefusedError(
            f"La hoja tiene datos hasta la fila {part.row}: se leen hasta la {MAX_LAST_ROW}. Borra lo que sobra."
        )


def _merged(part: Part, attributes: dict[str, str]) -> None:
    area = area_of(attributes.get("ref", ""))
    if area is None or not _is_possible(area):
        raise FileRefusedError(DAMAGED)
    part.merged.append(area)
    if len(part.merged) > MAX_MERGED:
        raise FileRefusedError(
            "La hoja tiene demasiadas celdas combinadas: descombínalas y vuelve a subirla."
        )


def _is_possible(area: Area) -> bool:
    return 1 <= area.top <= area.bottom <= _LAST_ROW and 1 <= area.left <= area.right <= _LAST_COLUMN


def _column(part: Part, attributes: dict[str, str]) -> None:
    first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
    # All columns to the right of the table hidden is how a sheet is made to look tidy.
    if attributes.get("hidden") not in ("1", "true") or last >= _LAST_COLUMN:
        return
    if not 1 <= first <= last:
        raise FileRefusedError(DAMAGED)
    part.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))


def _sheet(part: Part, _attributes: dict[str, str]) -> None:
    part.sheets += 1
    if part.sheets > MAX_SHEETS:
        raise FileRefusedError(f"El libro tiene más de {MAX_SHEETS} hojas: deja solo la de las fichas.")


_COUNT = {
    "row": _row, "c": _cell, "si": _cell, "v": _value, "is": _value, "f": _value, "mergeCell": _merged, "col": _column,
    "sheet": _sheet,
}  # fmt: skip


def area_of(reference: str) -> Area | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    left, top, right, bottom = match[1], match[2], match[3] or match[1], match[4] or match[2]
    return Area(int(top), _number(left), int(bottom), _number(right))


def _number(letters: str) -> int:
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number
