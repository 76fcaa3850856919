"""What a rule has found: where, how grave, what is wrong and what to do, and the law behind it."""

from dataclasses import dataclass
from enum import StrEnum

from cms.tramites.schema import Aspecto, seal


class Level(StrEnum):
    """An error stops a publication; a warning is accepted by somebody, by name; information is only shown."""

    ERROR = "error"
    AVISO = "aviso"
    INFORMACION = "informacion"


ACCENTED = {
    Aspecto.DESCRIPCION: "Descripción", Aspecto.CALIFICACION: "Calificación", Aspecto.DONDE: "Dónde",
    Aspecto.QUIEN: "Quién",
}  # fmt: skip
LABELS = {Level.ERROR: "error", Level.AVISO: "aviso", Level.INFORMACION: "información"}


def _words(aspecto: Aspecto) -> str:
    return ACCENTED.get(aspecto) or str(aspecto).replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Finding:
    """`clave` is the row's (its place, from 1, where rows have none); `campo` the column; `hecho` what was judged."""

    rule: str
    level: Level
    aspecto: Aspecto
    clave: str
    mensaje: str
    base: str
    campo: str = ""
    hecho: str = ""

    @property
    def id(self) -> str:
        """The same for the same finding of the same fact: whoever accepts it is asked again when the fact changes."""
        return f"{self.rule}.{self.aspecto}.{self.clave or '-'}.{seal(self.hecho or self.mensaje)[:8]}"

    @property
    def titulo(self) -> str:
        """Where, in the words of the editor's form."""
        where = _words(self.aspecto)
        return f"{where}, «{self.clave}»" if self.clave else where

    @property
    def sentence(self) -> str:
        """Where and what, for those who do not see the form."""
        return f"{self.titulo}: {self.mensaje}"

    @property
    def etiqueta(self) -> str:
        return LABELS[self.level]
