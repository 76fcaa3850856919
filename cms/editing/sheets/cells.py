"""A cell as it was read: its text, and the number or day a spreadsheet kept behind it."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lenguas.normalise import clean

# Excel writes characters XML cannot hold as _xHHHH_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What a program would run if it stood first in a cell; an apostrophe in front makes it text.
_RUNS_FIRST = re.compile(r"^(\s*)('*[=+\-@\t\r＝＋－＠])")
_RAN_FIRST = re.compile(r"^(\s*)'('*[=+\-@\t\r＝＋－＠])")
# A program that splits at another separator than ours would begin a cell there.
_RUNS_WITHIN = re.compile(r"([;,\t|])(\s*)('*[=+@＝＋＠])")
_RAN_WITHIN = re.compile(r"([;,\t|])(\s*)'('*[=+@＝＋＠])")
# UTF-8 read as Latin-1 and saved again: «Ã³» for «ó», «Â°» for «°».
_GARBLED = re.compile("[ÃÂ][\u0080-\u00bf]|â€")


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is clean, with its lines; `fault` says why the cell cannot be trusted, `note` what was done to it."""

    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    number_format: str = ""
    fault: str = ""
    note: str = ""

    @property
    def blank(self) -> bool:
        return not (self.text or self.fault)


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        return f"{letter(self.left)}{self.top}:{letter(self.right)}{self.bottom}"


@dataclass(slots=True)
class Grid:
    """A sheet as rows of cells; `rows[0]` is row 1."""

    name: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def cell(self, row: int, column: int) -> Cell:
        """Counted from 1; blank where the sheet ends."""
        if not 1 <= row <= len(self.rows):
            return BLANK
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else BLANK


def letter(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_cell(raw: str) -> Cell:
    """The cell a text makes. What one cannot see is taken out and said; an apostrophe put there by us goes."""
    seen, hidden = _seen(raw)
    if "\ufffd" in seen or _GARBLED.search(seen):
        return Cell(seen, fault="tiene letras dañadas («Ã³», «�»): guarda el archivo de nuevo en UTF-8")
    return Cell(plain(seen), note="se quitaron caracteres que no se ven" if hidden else "")


def harmless(text: str) -> str:
    """`text` as it is written into a sheet: only what one can see, and nothing that could run."""
    return neutral(_seen(text)[0])


def _seen(raw: str) -> tuple[str, bool]:
    """The text by lines, one space between words, and whether something in it could not be seen."""
    if raw.isascii() and raw.isprintable() and "_x" not in raw:
        return " ".join(raw.split()), False
    spelled = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw).replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in clean(spelled).split("\n"))
    return "\n".join(line for line in lines if line), _hides(spelled)


def _hides(text: str) -> bool:
    """Whether `text` has characters nobody meant to write (a mark at its start is how some programs save)."""
    return any(not c.isprintable() and not c.isspace() for c in text.lstrip("\ufeff"))


def neutral(text: str) -> str:
    """`text` as it may stand in a spreadsheet without ever being run there. `plain` gives it back."""
    return _RUNS_WITHIN.sub(r"\1\2'\3", _RUNS_FIRST.sub(r"\1'\2", text))


def plain(text: str) -> str:
    return _RAN_WITHIN.sub(r"\1\2\3", _RAN_FIRST.sub(r"\1\2", text))
