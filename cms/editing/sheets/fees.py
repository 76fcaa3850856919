"""The fees a sheet says of one ficha: one row each, put where they belong and told by a sentence that cannot lie."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from cms.editing.sheets.amounts import NotAnAmountError, amount, is_free, percent
from cms.editing.sheets.answers import Others
from cms.editing.sheets.cells import Cell
from cms.editing.sheets.columns import FEE
from cms.editing.sheets.days import NotADayError, day
from cms.editing.sheets.drafts import Draft, clears, is_unknown, says_nothing
from cms.editing.sheets.figured import Said, in_order, paired, sentence_likeness, telling, unsaid, with_places
from cms.editing.sheets.lists import via_of
from cms.editing.sheets.matching import new_key
from cms.editing.sheets.showing import VIA, fee_sentence
from cms.tramites.schema import Costo
from lenguas.normalise import fold

_MONEY = re.compile(r"s/\.?\s*\d[\d.,' ]*\d|s/\.?\s*\d|\b\d[\d.,']*\s*(?:nuevos )?soles\b", re.IGNORECASE)
_CODE = re.compile(r"c[oó]digo(?: de pago)?\s+(?:n[°º]\s*)?(\d{3,})", re.IGNORECASE)


def apply_fees(draft: Draft, said: Sequence[Said]) -> None:
    rows: list[Costo] = list(draft.facts["costos"])
    for row in said:
        _read(draft, row, rows)
    found = paired(said, rows, lambda mine, theirs: _alike(draft, mine, theirs))
    stay = _staying(draft, said, rows, found)
    words = draft.drop_words("costos")
    taken, made = {row.clave for row in rows}, []
    several = len(stay) + sum(not row.removed for row in said) > 1
    for number, mine in enumerate(said):
        if mine.faulty:
            continue
        old = rows[found[number]] if number in found else None
        new = _made(draft, mine, old, taken)
        if new is None:
            continue
        text = _sentence(draft, mine, old, new, words.get(old.clave, "") if old else "", several=several)
        draft.say(f"costos.{new.clave}", text, mine.head("detalle_pago"))
        made.append(new)
    for kept in stay:
        draft.say(f"costos.{kept.clave}", words.get(kept.clave, ""), "detalle_pago")
    draft.facts["costos"] = in_order(made, stay, rows)


def _staying(draft: Draft, said: Sequence[Said], rows: list[Costo], found: dict[int, int]) -> list[Costo]:
    """The fees the sheet leaves out and that stay. Unless somebody has said what becomes of them, they are asked about."""
    left = unsaid(said, rows, found)
    column, fila = said[0].head("monto"), said[0].fila
    if len(rows) == 1 and left and left[0].por_confirmar and not any(row.removed for row in said):
        draft.warn(column, "se quita el costo que estaba por confirmar: ahora lo dice la hoja", fila=fila)
        return []
    for row in left:
        told = _told(draft, row)
        if draft.answers.pagos is Others.ASK:
            draft.error(
                column,
                f"la ficha tiene también «{told}» y la hoja no lo dice: di en el paquete qué pasa con los pagos que la "
                "hoja no dice, o escribe su fila (con «costo» en «Tipo de fila» y este código), o su detalle y «borrar» en el monto",
                fila=fila,
                pide="pagos",
            )
        elif draft.answers.pagos is Others.END:
            draft.warn(
                column,
                f"se quita «{told}»: la hoja no lo dice, y se dijo que lo que no dice ya no existe",
                fila=fila,
            )
    if draft.answers.pagos is not Others.STAY:
        return []
    _refuse_doubtful(draft, said, found, left)
    return left


def _refuse_doubtful(draft: Draft, said: Sequence[Said], found: dict[int, int], left: list[Costo]) -> None:
    """A fee of the sheet that may be one of those that stay: both would be told to citizens."""
    for number, mine in enumerate(said):
        alike = [
            row for row in left if not (mine.facts.get("via") and row.via and mine.facts["via"] != row.via)
        ]
        if number in found or mine.faulty or mine.removed or not alike:
            continue
        told = "», «".join(_told(draft, row) for row in alike)
        draft.error(
            mine.head("monto"),
            f"no se sabe si este pago es uno de los de hoy («{told}») u otro más: escribe su vía o su detalle tal como está hoy. Si el de hoy ya "
            "no existe, escribe también su fila, con «costo» en «Tipo de fila», su detalle y «borrar» en el monto",
            fila=mine.fila,
        )


def _told(draft: Draft, row: Costo) -> str:
    sentence = draft.words.get(f"costos.{row.clave}", "")
    way = f"{VIA[row.via]}: " if row.via else ""
    return fee_sentence(sentence or way + "{monto}", row)


def _read(draft: Draft, said: Said, rows: Sequence[Costo]) -> None:
    """Fills `facts`, `sentence`, `removed` and `kind` from the cells; what is wrong is said."""
    before = draft.problems.errors
    for column in FEE:
        cell = said.cell(column)
        if cell.fault:
            draft.error(said.head(column), cell.fault, fila=said.fila)
        elif not cell.blank and (column == "monto" or not says_nothing(cell)):
            _READ[column](draft, said, cell, rows)
    if said.cell("gratuito").text and said.kind == "gratuito" and said.facts.get("monto"):
        draft.error(
            "gratuito", "dice que es gratuito y también un monto: deja uno de los dos", fila=said.fila
        )
    said.faulty = draft.problems.errors > before


def _read_amount(draft: Draft, said: Said, cell: Cell, _rows: Sequence[Costo]) -> None:
    if clears(cell):
        said.removed = True
    elif is_unknown(cell):
        _state(said, "por_confirmar")
    elif is_free(cell.text):
        _state(said, "gratuito")
    elif says_nothing(cell):
        draft.error(said.head("monto"), "un guion no dice si se paga: escribe el monto, «gratuito» o «por confirmar»", fila=said.fila)  # fmt: skip
    else:
        try:
            said.facts["monto"] = amount(cell)
        except NotAnAmountError as error:
            draft.error(said.head("monto"), str(error), fila=said.fila)
        else:
            _state(said, "monto")


def _state(said: Said, kind: str) -> None:
    said.kind = kind
    said.facts |= {"gratuito": kind == "gratuito", "por_confirmar": kind == "por_confirmar"}
    said.facts.setdefault("monto", None)


def _read_free(draft: Draft, said: Said, cell: Cell, _rows: Sequence[Costo]) -> None:
    word = fold(cell.text).strip(" .")
    if word in ("si", "x", "✓", "1", "verdadero") or is_free(word):
        if said.kind == "por_confirmar":
            draft.error("gratuito", "dice que es gratuito y que está por confirmar: deja uno de los dos", fila=said.fila)  # fmt: skip
        _state(said, "gratuito")
    elif word in ("no", "0", "falso"):
        if said.kind == "gratuito":
            draft.error(
                "gratuito", "dice «no», y el monto dice gratuito: deja uno de los dos", fila=said.fila
            )
    else:
        draft.error("gratuito", f"«{cell.text[:40]}»: escribe sí o no", fila=said.fila)


def _read_sentence(_draft: Draft, said: Said, cell: Cell, _rows: Sequence[Costo]) -> None:
    said.sentence = "" if clears(cell) else " ".join(cell.text.split())
    if clears(cell):
        said.facts["_mute"] = True


def _read_code(draft: Draft, said: Said, cell: Cell, rows: Sequence[Costo]) -> None:
    code = "" if clears(cell) else cell.text
    if cell.number is not None and code.isdigit():
        # A spreadsheet drops the zeros a number begins with; a code we know tells them back.
        known = next((row.codigo_pago for row in rows if row.codigo_pago.lstrip("0") == code.lstrip("0")), "")
        if not known and len(code) < 5:
            draft.warn(
                "codigo_pago",
                f"«{code}» está escrito como número: si el código lleva ceros delante, da a la celda formato de texto",
                fila=said.fila,
            )
        code = known or code
    said.facts["codigo_pago"] = code


def _read_percent(draft: Draft, said: Said, cell: Cell, _rows: Sequence[Costo]) -> None:
    try:
        said.facts["uit_porcentaje"] = None if clears(cell) else percent(cell)
    except NotAnAmountError as error:
        draft.error("uit", str(error), fila=said.fila)


def _read_way(draft: Draft, said: Said, cell: Cell, _rows: Sequence[Costo]) -> None:
    via = via_of(cell.text)
    if via is None and not clears(cell):
        draft.error("via", f"«{cell.text[:40]}»: escribe una de {', '.join(VIA.values())}", fila=said.fila)
    said.facts["via"] = via


def read_day(draft: Draft, said: Said, cell: Cell, column: str) -> None:
    try:
        read, note = (None, "") if clears(cell) else day(cell)
    except NotADayError as error:
        draft.error(column, str(error), fila=said.fila)
        return
    if note:
        draft.warn(column, note, fila=said.fila)
    said.facts[column] = read


_READ: dict[str, Callable[[Draft, Said, Cell, Sequence[Costo]], None]] = {
    "monto": _read_amount,
    "gratuito": _read_free,
    "detalle_pago": _read_sentence,
    "codigo_pago": _read_code,
    "uit": _read_percent,
    "via": _read_way,
    "desde": lambda draft, said, cell, _rows: read_day(draft, said, cell, "desde"),
    "hasta": lambda draft, said, cell, _rows: read_day(draft, said, cell, "hasta"),
}


def _alike(draft: Draft, said: Said, row: Costo) -> float:
    """How sure it is that a row of the sheet is a fee of the ficha; two ways that differ are never one fee."""
    facts = said.facts
    if facts.get("via") and row.via and facts["via"] != row.via:
        return -100
    if said.heads and row.via is None:
        return -100  # a fee of no way in particular is of all: one way's fee does not stand for it
    template = draft.words.get(f"costos.{row.clave}", "")
    score = sentence_likeness(said.sentence, fee_sentence(template, row))
    if said.sentence and said.sentence == template:
        score = 10
    if facts.get("codigo_pago") and row.codigo_pago:
        score += 3 if facts["codigo_pago"] == row.codigo_pago else -2
    if facts.get("via"):
        score += 3 if facts["via"] == row.via else 0
    if said.kind:
        score += (2 if facts.get("monto") == row.monto else 0) + (0.5 if said.kind == _kind(row) else 0)
    # A fee with days of its own is that period of the fee, not another one.
    if facts.get("desde") and row.desde and facts["desde"] != row.desde:
        score -= 6
    return score


def _kind(row: Costo) -> str:
    return "gratuito" if row.gratuito else "por_confirmar" if row.por_confirmar else "monto"


def _made(draft: Draft, said: Said, old: Costo | None, taken: set[str]) -> Costo | None:
    if said.removed:
        if old is None:
            draft.error(said.head("monto"), "no se encuentra el pago que hay que borrar: escribe su detalle tal como está hoy", fila=said.fila)  # fmt: skip
        return None
    if old is None and not said.kind:
        draft.error(
            said.head("monto"),
            "falta el monto: escribe el monto, «gratuito» o «por confirmar»",
            fila=said.fila,
        )
        return None
    facts = {name: value for name, value in said.facts.items() if name != "_mute"}
    if old is not None and _says_the_same(facts, old):
        return old
    key = old.clave if old else _new_key(said, taken)
    taken.add(key)
    values = {**(old.model_dump() if old else {"clave": key}), **facts}
    return draft.make(Costo, values | _outgrown(draft, said, old), said.head("monto"), fila=said.fila)


def _says_the_same(facts: dict[str, Any], old: Costo) -> bool:
    return all(getattr(old, name) == value for name, value in facts.items())


def _outgrown(draft: Draft, said: Said, old: Costo | None) -> dict[str, Any]:
    """What the sheet does not say and cannot stay once the amount is another one."""
    gone: dict[str, Any] = {}
    changed = old is not None and said.kind and said.facts.get("monto") != old.monto
    if changed and old and old.uit_porcentaje is not None and "uit_porcentaje" not in said.facts:
        draft.warn("uit", f"el monto cambia: se quita el % de la UIT que había ({old.uit_porcentaje})", fila=said.fila)  # fmt: skip
        gone["uit_porcentaje"] = None
    if said.kind == "gratuito" and old and old.codigo_pago and "codigo_pago" not in said.facts:
        draft.warn("codigo_pago", f"ya no se paga: se quita el código {old.codigo_pago}", fila=said.fila)
        gone["codigo_pago"] = ""
    return gone


def _new_key(said: Said, taken: set[str]) -> str:
    telling = re.sub(r"\{\w+\}|\b(monto|soles|codigo|código|pago)\b", " ", _MONEY.sub(" ", said.sentence))
    telling = re.sub(r"\d{3,}", " ", telling)
    via = said.facts.get("via")
    otherwise = str(via).replace("_", "-") if via else "gratuito" if said.kind == "gratuito" else "tasa"
    return new_key(telling if len(said.sentence) > 3 else "", taken, otherwise)


def _sentence(
    draft: Draft, said: Said, old: Costo | None, new: Costo, template: str, *, several: bool
) -> str:
    """The sentence of `new`, with a place for each figure it tells."""
    if said.facts.get("_mute"):
        return ""
    shown = {template, fee_sentence(template, old), fee_sentence(template, new)} if old else set()
    if said.sentence and said.sentence not in shown:
        return _checked(draft, said, new)
    if old is None or not template or not _outlived(template, old, new):
        if old is None and several and not said.sentence and new.via is None:
            draft.warn("detalle_pago", "hay varios pagos y este no dice de qué es: escribe su detalle", fila=said.fila)  # fmt: skip
        return template
    change = f"la frase que había («{fee_sentence(template, old)}») ya no vale"
    if several:
        draft.error("detalle_pago", f"{change}: escribe la nueva", fila=said.fila)
    else:
        draft.warn("detalle_pago", f"{change} y se quita; puedes escribir otra", fila=said.fila)
    return ""


def _outlived(template: str, old: Costo, new: Costo) -> bool:
    """Whether a sentence nobody rewrote would contradict the fee it is now said of."""
    if "{codigo_pago}" in template and not new.codigo_pago:
        return True
    if _kind(old) != _kind(new):
        return True
    moved = old.monto != new.monto and "{monto}" not in template
    return (moved and bool(re.search(r"\d", template.replace("{codigo_pago}", "")))) or (
        old.codigo_pago != new.codigo_pago and bool(_CODE.search(template))
    )


def _checked(draft: Draft, said: Said, new: Costo) -> str:
    """A new sentence, with places for its figures; a figure that is not the fee's is refused."""
    text = with_places(
        said.sentence,
        [
            ("monto", _pattern(new.monto) if new.monto else ""),
            ("codigo_pago", _code_pattern(new.codigo_pago)),
        ],
    )
    other = _MONEY.search(text)
    if other and "{monto}" not in text:
        told = fee_sentence("{monto}", new)
        draft.error("detalle_pago", f"la frase dice «{other.group().strip()}» y el pago es «{told}»", fila=said.fila)  # fmt: skip
    elif other:
        draft.warn(
            "detalle_pago", f"la frase dice también «{other.group().strip()}»: revísala", fila=said.fila
        )
    code = _CODE.search(text)
    if code and "{codigo_pago}" not in text:
        draft.error("detalle_pago", f"la frase dice el código {code[1]}, y no es el de «Código de pago»", fila=said.fila)  # fmt: skip
    if "{codigo_pago}" in text and not new.codigo_pago:
        draft.error(
            "detalle_pago", "la frase guarda el lugar del código y no hay código de pago", fila=said.fila
        )
    return _with_figures(draft, said, new, text)


def _with_figures(draft: Draft, said: Said, new: Costo, text: str) -> str:
    """A sentence that only names the fee gets what it costs, and its code, told after it."""
    whole = text
    if new.monto is not None and "{monto}" not in whole and not _MONEY.search(whole):
        whole = telling(whole, "monto")
    if new.codigo_pago and "{codigo_pago}" not in whole and not _CODE.search(whole):
        whole = f"{whole.rstrip(' .')}. Código de pago: {{codigo_pago}}."
    if whole != text:
        told = fee_sentence(whole, new)
        draft.warn("detalle_pago", f"la frase no decía la cifra: se dirá «{told}»", fila=said.fila)
    return whole


def _pattern(value: Decimal) -> str:
    """The amount however it is written: `S/ 1,234.50`, `1234.50 soles`, `S/24`."""
    whole, cents = f"{value:.2f}".split(".")
    groups = f"{int(whole):,}".split(",")
    digits = r"[,.' ]?".join(groups) + (r"(?:[.,]00?)?" if cents == "00" else rf"[.,]{cents.rstrip('0')}0?")
    return rf"s/\.?\s*{digits}(?!\d|[.,]\d)(?:\s*soles)?|(?<![\d.,]){digits}\s*(?:nuevos )?soles"


def _code_pattern(code: str) -> str:
    return rf"(?<=\s){re.escape(code)}\b" if len(code) >= 3 else ""
