"""A ficha while a row of a sheet is put into it. A blank cell touches nothing; a word of its own clears."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from cms.editing.sheets.answers import NONE, Answers
from cms.editing.sheets.cells import Cell
from cms.editing.sheets.problems import Problems
from cms.editing.sheets.showing import BORRAR, POR_CONFIRMAR, SHOWN, rows_of
from cms.tramites.schema import (
    ROWS_OF_ASPECT,
    Aspecto,
    Confianza,
    Evidencia,
    Ficha,
    Hechos,
    Model,
    Nivel,
    aspect_of,
    word_keys,
)
from lenguas.normalise import fold

SOURCE = "Hoja de la entidad"
MAX_WORD_CHARS = 4_000
_ROWS = {rows: aspecto for aspecto, rows in ROWS_OF_ASPECT.items()}
ASPECT_OF_FACT = _ROWS | {
    "cita": Aspecto.CITA, "vigencia": Aspecto.VIGENCIA, "calificacion": Aspecto.CALIFICACION, "recursos": Aspecto.RECURSOS,
    "base_legal": Aspecto.BASE_LEGAL, "formularios": Aspecto.FORMULARIOS, "contactos": Aspecto.CONTACTO,
    "sedes": Aspecto.DONDE,
}  # fmt: skip
# The figures a sentence may leave a place for.
_PLACES = {"costos": {"monto", "codigo_pago"}, "plazos": {"plazo"}}
M = TypeVar("M", bound=Model)


def clears(cell: Cell) -> bool:
    return fold(cell.text).strip(" .()[]") == BORRAR


def is_unknown(cell: Cell) -> bool:
    return fold(cell.text).strip(" .()[]") in (POR_CONFIRMAR, "monto por confirmar", "plazo por confirmar")


def says_nothing(cell: Cell) -> bool:
    """A dash alone is how old tables leave a cell empty."""
    return bool(re.fullmatch(r"[-–—_.*/\s]+|n\.?\s?/?a\.?", cell.text, re.IGNORECASE)) and not cell.fault


class Draft:
    """The facts and words of one ficha, to be changed and then made whole. `fila` is where problems are said."""

    def __init__(self, old: Ficha | None, problems: Problems, fila: int, answers: Answers = NONE) -> None:
        self.old = old
        self.answers = answers
        self.problems = problems
        self.fila = fila
        self.facts: dict[str, Any] = (
            {name: getattr(old.hechos, name) for name in Hechos.model_fields} if old else {}
        )
        self.words: dict[str, str] = dict(old.es) if old else {}
        self.unknown: set[Aspecto] = set()
        self.kinds: list[str] = []
        self._main = next(rows_of(old)) if old else {}
        self._errors = problems.errors

    @classmethod
    def new(cls, facts: Mapping[str, Any], problems: Problems, fila: int, answers: Answers = NONE) -> "Draft":
        """For a ficha there is not yet; `facts` are its code and entity."""
        draft = cls(None, problems, fila, answers)
        empty = Hechos.model_validate({**facts, "nivel": Nivel.BASICA})
        draft.facts = {name: getattr(empty, name) for name in Hechos.model_fields}
        return draft

    @property
    def failed(self) -> bool:
        return self.problems.errors > self._errors

    def shown(self, column: str) -> str:
        """What the cell says of the ficha as it is public today."""
        if self.old is None:
            return ""
        return SHOWN[column](self.old) if column in SHOWN else str(self._main.get(column, ""))

    def error(self, column: str, mensaje: str, *, fila: int | None = None, pide: str = "") -> None:
        self.problems.error(mensaje, fila=fila or self.fila, columna=column, pide=pide)

    def warn(self, column: str, mensaje: str, *, fila: int | None = None) -> None:
        self.problems.warn(mensaje, fila=fila or self.fila, columna=column)

    def make(self, model: type[M], values: Mapping[str, Any], column: str, *, fila: int | None = None) -> M | None:  # fmt: skip
        """A fact, or None with its problem said."""
        try:
            return model.model_validate(values)
        except ValidationError as error:
            for fault in error.errors():
                self.error(column, spoken(fault), fila=fila)
            return None

    def say(self, key: str, text: str, column: str) -> None:
        """Sets a sentence; an empty one is taken away."""
        if not text:
            self.words.pop(key, None)
        elif self._may_stand(key, text, column):
            self.words[key] = text

    def _may_stand(self, key: str, text: str, column: str) -> bool:
        if len(text) > MAX_WORD_CHARS:
            self.error(
                column, f"el texto tiene {len(text)} caracteres; caben {MAX_WORD_CHARS}. Divídelo en líneas."
            )
            return False
        known = _PLACES.get(key.partition(".")[0], set()) if "." in key else set()
        left = re.sub(r"\{(\w+)\}", lambda place: "" if place[1] in known else place[0], text)
        if re.search(r"[{}]", left) and text != self.words.get(key):
            places = " y ".join(f"{{{name}}}" for name in sorted(known))
            self.error(column, f"entre llaves solo va {places}" if known else "no uses llaves { }")
            return False
        return True

    def drop_words(self, rows: str) -> dict[str, str]:
        """Takes the sentences of a list of rows away and gives them back by their row's key."""
        head = f"{rows}."
        taken = {key: text for key, text in self.words.items() if key.startswith(head)}
        self.words = {key: text for key, text in self.words.items() if key not in taken}
        return {key.removeprefix(head): text for key, text in taken.items()}

    def finished(self) -> Ficha | None:
        """The ficha whole and with its evidence, or None with what keeps it from holding together said."""
        if self.failed:
            return None
        if self.old is None and self._is_full():
            self.facts["nivel"] = Nivel.COMPLETA
        self._support()
        try:
            return self._whole()
        except ValidationError as error:
            for fault in error.errors():
                self.problems.error(spoken(fault), fila=self.fila, columna=_column_of(fault["loc"]))
            return None

    def _is_full(self) -> bool:
        return bool(self.facts["requisitos"] and self.facts["costos"] and self.facts["plazos"])

    def _whole(self) -> Ficha:
        hechos = Hechos.model_validate(self.facts)
        known = set(word_keys(hechos))
        quechua = {key: word for key, word in self.old.qu.items() if key in known} if self.old else {}
        variety = {"variedad": self.old.variedad} if self.old else {}
        return Ficha.model_validate({"hechos": hechos, "es": self.words, "qu": quechua, **variety})

    def _support(self) -> None:
        """What changed keeps its evidence; where there was none, the sheet is the source."""
        evidence: dict[Aspecto, Evidencia] = dict(self.facts["evidencia"])
        for aspecto in self.changed() | self.unknown:
            before = evidence.get(aspecto)
            if aspecto is Aspecto.DESCRIPCION and not self._says(aspecto) and self.old and before:
                continue  # another name: what stood behind the old one is all there is
            if aspecto in self.unknown and not self._says(aspecto):
                if not self._was_unknown(before):
                    evidence[aspecto] = Evidencia(confianza=Confianza.SIN_DATO, fuente=SOURCE)
            elif not self._says(aspecto):
                evidence.pop(aspecto, None)
            elif before is None or before.confianza is Confianza.SIN_DATO:
                evidence[aspecto] = Evidencia(confianza=Confianza.MEDIA, fuente=SOURCE)
        self.facts["evidencia"] = {aspecto: evidence[aspecto] for aspecto in Aspecto if aspecto in evidence}

    @staticmethod
    def _was_unknown(before: Evidencia | None) -> bool:
        return bool(before and before.confianza is Confianza.SIN_DATO and (before.fuente or before.vista))

    def _says(self, aspecto: Aspecto) -> bool:
        rows = [name for name, of in ASPECT_OF_FACT.items() if of is aspecto and name != "calificacion"]
        told = any(
            self.facts[name] and self.facts[name] != Hechos.model_fields[name].default for name in rows
        )
        decided = aspecto is Aspecto.CALIFICACION and self.facts["calificacion"] != POR_CONFIRMAR.replace(
            " ", "_"
        )
        return told or decided or bool(self.words.get(aspecto))

    def changed(self) -> set[Aspecto]:
        """The aspects of which a fact or a Spanish word differs from what is public."""
        old_words = self.old.es if self.old else {}
        keys = set(old_words) | set(self.words)
        found = {aspect_of(key) for key in keys if old_words.get(key) != self.words.get(key)}
        for name, aspecto in ASPECT_OF_FACT.items():
            before = getattr(self.old.hechos, name) if self.old else Hechos.model_fields[name].default
            if self.facts[name] != before:
                found.add(aspecto)
        return found


def _column_of(location: tuple[int | str, ...]) -> str:
    names = [str(part) for part in location]
    by_fact = {
        "costos": "monto",
        "plazos": "plazo",
        "requisitos": "requisitos",
        "canales": "canales",
        "pasos": "pasos",
    }
    return next(
        (by_fact.get(name.partition(".")[0], "") for name in names if name.partition(".")[0] in by_fact), ""
    )


_SPOKEN = {
    "missing": "falta",
    "extra_forbidden": "no es un dato de la ficha",
    "string_too_short": "está vacío",
    "enum": "no es uno de los valores que puede tener",
    "literal_error": "no es uno de los valores que puede tener",
    "string_pattern_mismatch": "no está escrito como debe: minúsculas, números y guiones, o una dirección que empiece con https://",
    "greater_than_equal": "es menor de lo que puede ser",
    "less_than_equal": "es mayor de lo que puede ser",
    "decimal_max_places": "tiene más de dos decimales",
    "decimal_max_digits": "tiene demasiadas cifras",
}  # fmt: skip


def spoken(fault: Mapping[str, Any]) -> str:
    """What a validation error says, in Spanish."""
    kind = str(fault["type"])
    if kind == "value_error":
        return str(fault["msg"]).removeprefix("Value error, ")
    if kind in ("string_too_long", "too_long"):
        return f"es demasiado largo: caben {fault['ctx']['max_length']} caracteres"
    return _SPOKEN.get(kind, "no tiene la forma que debe")
