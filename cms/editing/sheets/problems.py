"""What is wrong with a sheet, said where it is: row, column, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cms.editing.sheets.columns import COLUMNS

# More than anybody mends in one sitting; the rest is counted and said.
MAX_SAID = 1_000


class Level(StrEnum):
    ERROR = "error"
    AVISO = "aviso"
    INFORMACION = "informacion"


class FileRefusedError(Exception):
    """A file nothing can be read of; the message says why and what to do, in Spanish."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (`error`), to accept by name (`aviso`) or only to know (`informacion`). `fila` and `columna` are as the sheet shows them."""

    fila: int | None
    columna: str
    mensaje: str
    level: Level = Level.ERROR
    # What a person may answer beside the sheet: `pagos`, `plazos`, or `nombre:` and the code of a new ficha.
    pide: str = ""

    @property
    def texto(self) -> str:
        """`fila 14, columna «Monto»: …`, to be read alone."""
        where = [f"fila {self.fila}"] if self.fila is not None else []
        if self.columna:
            where.append(f"columna «{self.columna}»")
        return f"{', '.join(where)}: {self.mensaje}" if where else self.mensaje


class Problems:
    """Collects problems while a sheet is read. Columns are named by id and told by the sheet's own headers."""

    def __init__(self) -> None:
        self.headers: Mapping[str, str] = {}
        self.errors = 0
        # Once each: what is wrong with a cell is found by whoever reads it.
        self._said: dict[Level, dict[Problem, None]] = {level: {} for level in Level}
        self._unsaid = 0

    def error(self, mensaje: str, *, fila: int | None = None, columna: str = "", pide: str = "") -> None:
        self.errors += 1
        self._say(Problem(fila, self._told(columna), mensaje, Level.ERROR, pide))

    def warn(self, mensaje: str, *, fila: int | None = None, columna: str = "") -> None:
        self._say(Problem(fila, self._told(columna), mensaje, Level.AVISO))

    def tell(self, mensaje: str, *, fila: int | None = None) -> None:
        self._say(Problem(fila, "", mensaje, Level.INFORMACION))

    def _told(self, column: str) -> str:
        """The header the sheet gives a column; our own where it has none; what is no column stays as it is."""
        return self.headers.get(column) or (COLUMNS[column].label if column in COLUMNS else column)

    def _say(self, problem: Problem) -> None:
        said = self._said[problem.level]
        if problem in said:
            return
        if len(said) < MAX_SAID:
            said[problem] = None
        else:
            self._unsaid += 1

    def listed(self) -> list[Problem]:
        """Errors first, each kind in the order of the rows."""
        said = [
            problem for level in Level for problem in sorted(self._said[level], key=lambda p: p.fila or 0)
        ]
        if self._unsaid:
            more = f"Hay {self._unsaid} problemas más: corrige estos y vuelve a subir el archivo."
            said.append(Problem(None, "", more, Level.ERROR if self.errors else Level.AVISO))
        return said
