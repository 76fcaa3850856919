"""Amounts as people write them in a sheet. What could be read in two ways is asked, never guessed."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from cms.editing.sheets.cells import Cell
from lenguas.normalise import fold

CENT = Decimal("0.01")
MAX_CHARS = 60
MAX_AMOUNT = Decimal("99999999.99")
FREE = {
    "gratuito", "gratuita", "gratis", "sin costo", "no tiene costo", "sin pago", "libre de pago", "tramite gratuito",
    "s/c", "exonerado",
}  # fmt: skip
_SOLES = re.compile(r"^(?:s/\.?|pen|soles|nuevos soles)\s*|\s*(?:soles|nuevos soles|pen)$", re.IGNORECASE)
_FOREIGN = re.compile(r"us\$|\$|€|d[oó]lar|usd|eur", re.IGNORECASE)
_TAIL = re.compile(r"\s*\.?\s*[-–—=]+$")
_PLAIN = re.compile(r"^[0-9]+(?:[.,][0-9]{1,2})?$")
_GROUPED = {
    ",": re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}$"),
    ".": re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}$"),
    " ": re.compile(r"^[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]{1,2})?$"),
    "'": re.compile(r"^[0-9]{1,3}(?:'[0-9]{3})+(?:[.,][0-9]{1,2})?$"),
}
_MANY_GROUPS = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3}){2,}$|^[0-9]{1,3}(?:\.[0-9]{3}){2,}$")
_ASK = re.compile(r"^([1-9][0-9]{0,2})[.,]([0-9]{3})$")


class NotAnAmountError(ValueError):
    """The message says what is wrong with the cell and what to write."""


def amount(cell: Cell) -> Decimal:
    """A positive amount in soles with two decimals; raises NotAnAmountError."""
    value = _of_number(cell) if cell.number is not None or cell.day else _of_text(cell.text)
    if value < 0:
        raise NotAnAmountError("el monto es negativo")
    if value == 0:
        raise NotAnAmountError("dice 0: si no se paga, escribe «gratuito»")
    if value > MAX_AMOUNT:
        raise NotAnAmountError(f"{value} es más de lo que puede costar un trámite")
    return value


def is_free(text: str) -> bool:
    return fold(text).strip(" .*") in FREE


def _of_number(cell: Cell) -> Decimal:
    if cell.day or cell.number is None:
        raise NotAnAmountError("la hoja convirtió el monto en una fecha: escríbelo de nuevo como texto")
    if "%" in cell.number_format:
        raise NotAnAmountError("la celda tiene formato de porcentaje: aquí va el monto en soles")
    if _is_foreign(cell.number_format):
        raise NotAnAmountError("la celda tiene formato de otra moneda: escribe el monto en soles")
    return _cents(cell.number)


def _is_foreign(number_format: str) -> bool:
    """`[$S/-280A]` is Peru's format; `[$$-409]`, `"$"#,##0` and the euro's are not."""
    bare = re.sub(r"\[\$(?:S/\.?|PEN)[^\]]*\]|\[\$-[^\]]*\]", "", number_format)
    return bool(re.search(r"[$€]", bare.replace("[$", "").replace("$$", "$"))) or "[$$" in number_format


def _cents(value: Decimal) -> Decimal:
    """Two decimals; the noise of binary fractions is rounded away, a third decimal is refused."""
    try:
        rounded = value.quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        raise NotAnAmountError("el número es demasiado grande") from None
    if abs(value - rounded) > Decimal("0.000001"):
        raise NotAnAmountError(f"{value} tiene más de dos decimales")
    return rounded


def _of_text(text: str) -> Decimal:
    said = text.strip().lower().removeprefix("'")
    if len(said) > MAX_CHARS:
        raise NotAnAmountError(f"«{_short(text)}» no es un monto: lo que lo explica va en «Detalle del pago»")
    if "\n" in said or len(re.findall(r"s/", said)) > 1:
        raise NotAnAmountError("hay más de un monto: pon cada pago en su fila, con «costo» en «Tipo de fila»")
    if _FOREIGN.search(said):
        raise NotAnAmountError(f"«{text}» no está en soles")
    if re.match(r"^\(.*\)$", said) or re.match(r"^(?:s/\.?\s*)?[-–−]\s*\d", said):
        raise NotAnAmountError("el monto es negativo")
    return _of_digits(_TAIL.sub("", _SOLES.sub("", _SOLES.sub("", said))).strip(), text)


def _of_digits(digits: str, text: str) -> Decimal:
    if _PLAIN.match(digits):
        return Decimal(digits.replace(",", ".")).quantize(CENT)
    asked = _ASK.match(digits)
    if asked:
        whole, tail = asked.groups()
        raise NotAnAmountError(
            f"«{text}» se puede leer de dos maneras: escribe {whole}{tail}.00 o, si son céntimos, {whole}.{tail[:2]}"
        )
    if _MANY_GROUPS.match(digits):
        return Decimal(re.sub(r"[.,]", "", digits)).quantize(CENT)
    for separator, shape in _GROUPED.items():
        if shape.match(digits):
            return Decimal(digits.replace(separator, "").replace(",", ".")).quantize(CENT)
    if re.match(r"^[\d., ']*[.,]\d{3,}$", digits):
        raise NotAnAmountError(f"«{text}» tiene más de dos decimales")
    raise NotAnAmountError(f"«{_short(text)}» no es un monto: escribe, por ejemplo, 24.50, o «gratuito»")


def percent(cell: Cell) -> Decimal:
    """A percentage of the UIT, 0.44 for 0.44 %; raises NotAnAmountError."""
    if cell.number is not None:
        value = cell.number * 100 if "%" in cell.number_format else cell.number
    else:
        digits = re.sub(r"\s|%|uit", "", cell.text.lower()[:MAX_CHARS]).replace(",", ".")
        if not re.match(r"^\d+(\.\d+)?$", digits):
            raise NotAnAmountError(f"«{_short(cell.text)}» no es un porcentaje: escribe, por ejemplo, 0.44")
        value = Decimal(digits)
    if value <= 0 or value > 100_000:
        raise NotAnAmountError("el porcentaje de la UIT tiene que ser mayor que 0")
    return value.quantize(CENT, ROUND_HALF_UP)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
