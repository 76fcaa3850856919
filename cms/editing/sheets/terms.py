"""Terms as people write them: `30 días hábiles`, `20 a 30 días`, `el mismo día`."""

import re
from dataclasses import dataclass

from cms.editing.sheets.cells import Cell
from cms.tramites.schema import Unidad
from lenguas.normalise import fold

AT_ONCE = {
    "el mismo dia", "en el dia", "mismo dia", "inmediato", "inmediata", "de inmediato", "automatico", "al instante",
}  # fmt: skip
_UNITS: tuple[tuple[str, Unidad], ...] = (
    (r"\b(dias? )?calendarios?\b|\bdias? naturales\b", Unidad.DIAS_CALENDARIO),
    (r"\bdias? (habil(es)?|utiles?)\b|^habil(es)?$|\bd\.? ?h\.?$", Unidad.DIAS_HABILES),
    (r"\bminutos?\b|\bmin\b", Unidad.MINUTOS),
    (r"\bhoras?\b|\bhrs?\b", Unidad.HORAS),
    (r"\bmes(es)?\b", Unidad.MESES),
    (r"\banos?\b|\baños?\b", Unidad.ANIOS),
)
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)?")
_WORDS = r"[^\d]*"
MAX_CHARS = 120


class NotATermError(ValueError):
    """The message says what is wrong with the cell and what to write."""


@dataclass(frozen=True, slots=True)
class Term:
    """`unidad` is None where the cell says none: days of which kind is for the reader of the row to decide."""

    valor: int | None = None
    valor_max: int | None = None
    unidad: Unidad | None = None
    en_el_dia: bool = False


def unit(text: str) -> Unidad | None:
    said = fold(text)
    return next((unidad for pattern, unidad in _UNITS if re.search(pattern, said)), None)


def term(cell: Cell) -> Term:
    """Raises NotATermError."""
    if cell.day:
        raise NotATermError("la hoja convirtió el plazo en una fecha: escríbelo de nuevo como texto")
    if len(cell.text) > MAX_CHARS:
        raise NotATermError("es un texto, no un plazo: escribe, por ejemplo, 30 días hábiles")
    said = fold(cell.text)
    if said.strip(" .") in AT_ONCE:
        return Term(en_el_dia=True)
    # `treinta (30) días`: the number in figures is the one that counts; years of norms never stand here.
    numbers = list(dict.fromkeys(_NUMBERS.findall(said)))
    ranged = bool(re.search(rf"\d{_WORDS}\b(?:a|hasta|y)\b{_WORDS}\d|\d\s*[-–]\s*\d", said))
    if not numbers or len(numbers) > 2 or (len(numbers) == 2 and not ranged):
        raise NotATermError(f"«{cell.text[:60]}» no es un plazo: escribe, por ejemplo, 30 días hábiles")
    values = [_whole(number, cell.text) for number in numbers]
    if len(values) == 2 and values[1] <= values[0]:
        raise NotATermError(f"«{cell.text[:60]}»: el segundo número tiene que ser mayor")
    return Term(values[0], values[1] if len(values) == 2 else None, unit(said))


def _whole(number: str, text: str) -> int:
    whole = re.sub(r"[.,]0+$", "", number)
    if not whole.isdigit() or not 1 <= int(whole) <= 10_000:
        raise NotATermError(f"«{text[:60]}»: el plazo es un número entero, de 1 a 10 000")
    return int(whole)


def days(cell: Cell) -> int:
    """Whole days of an appeal, 1 to 365; raises NotATermError."""
    numbers = _NUMBERS.findall(cell.text[:MAX_CHARS])
    if len(set(numbers)) != 1 or cell.day or not 1 <= _whole(numbers[0], cell.text) <= 365:
        raise NotATermError(f"«{cell.text[:60]}» no es un número de días, de 1 a 365")
    return _whole(numbers[0], cell.text)
