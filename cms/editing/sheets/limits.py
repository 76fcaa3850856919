"""The terms a sheet says of one ficha: how long the entity takes, one row each."""

import re
from collections.abc import Sequence
from typing import Any

from cms.editing.sheets.answers import Others
from cms.editing.sheets.cells import Cell
from cms.editing.sheets.columns import UNIDADES
from cms.editing.sheets.drafts import Draft, clears, is_unknown, says_nothing
from cms.editing.sheets.fees import read_day
from cms.editing.sheets.figured import Said, in_order, paired, sentence_likeness, telling, unsaid, with_places
from cms.editing.sheets.matching import new_key
from cms.editing.sheets.showing import figure_of_term, term_sentence
from cms.editing.sheets.terms import NotATermError, Term, term, unit
from cms.tramites.schema import Plazo, Unidad

_FIGURE = re.compile(
    r"\b\d+\s*(?:\([^)]*\)\s*)?(?:d[ií]as?|horas?|minutos?|mes(?:es)?|años?)\b", re.IGNORECASE
)


def apply_terms(draft: Draft, said: Sequence[Said], *, unit_of_header: Unidad | None = None) -> None:
    rows: list[Plazo] = list(draft.facts["plazos"])
    for row in said:
        _read(draft, row)
    found = paired(said, rows, lambda mine, theirs: _alike(draft, mine, theirs))
    stay = _staying(draft, said, rows, found)
    words = draft.drop_words("plazos")
    taken, made = {row.clave for row in rows}, []
    several = len(stay) + sum(not row.removed for row in said) > 1
    for number, mine in enumerate(said):
        if mine.faulty:
            continue
        old = rows[found[number]] if number in found else None
        new = _made(draft, mine, old, taken, unit_of_header)
        if new is None:
            continue
        text = _sentence(draft, mine, old, new, words.get(old.clave, "") if old else "", several=several)
        draft.say(f"plazos.{new.clave}", text, "detalle_plazo")
        made.append(new)
    for kept in stay:
        draft.say(f"plazos.{kept.clave}", words.get(kept.clave, ""), "detalle_plazo")
    draft.facts["plazos"] = in_order(made, stay, rows)


def _staying(draft: Draft, said: Sequence[Said], rows: list[Plazo], found: dict[int, int]) -> list[Plazo]:
    """The terms the sheet leaves out and that stay; see `fees`."""
    left = unsaid(said, rows, found)
    if len(rows) == 1 and left and left[0].por_confirmar and not any(row.removed for row in said):
        return []
    for row in left:
        told = term_sentence(draft.words.get(f"plazos.{row.clave}", "") or "{plazo}", row)
        if draft.answers.plazos is Others.ASK:
            draft.error(
                "plazo",
                f"la ficha tiene también el plazo «{told}» y la hoja no lo dice: di en el paquete qué pasa con los plazos "
                "que la hoja no dice, o escribe su fila (con «plazo» en «Tipo de fila» y este código), o su detalle y "
                "«borrar» en el plazo",
                fila=said[0].fila,
                pide="plazos",
            )
        elif draft.answers.plazos is Others.END:
            draft.warn(
                "plazo",
                f"se quita «{told}»: la hoja no lo dice, y se dijo que lo que no dice ya no existe",
                fila=said[0].fila,
            )
    if draft.answers.plazos is not Others.STAY:
        return []
    for number, mine in enumerate(said):
        if left and number not in found and not mine.faulty and not mine.removed:
            draft.error(
                "plazo",
                "no se sabe si este plazo es uno de los de hoy u otro más: escribe su detalle tal como está hoy",
                fila=mine.fila,
            )
    return left


def _read(draft: Draft, said: Said) -> None:
    before = draft.problems.errors
    for column in ("plazo", "unidad", "detalle_plazo", "desde", "hasta"):
        cell = said.cell(column)
        if cell.fault:
            draft.error(column, cell.fault, fila=said.fila)
        elif column in ("desde", "hasta") and not cell.blank:
            read_day(draft, said, cell, column)
        elif not cell.blank and not says_nothing(cell):
            _READ[column](draft, said, cell)
    said.faulty = draft.problems.errors > before


def _read_value(draft: Draft, said: Said, cell: Cell) -> None:
    if clears(cell):
        said.removed = True
        return
    read = Term()
    if not is_unknown(cell):
        try:
            read = term(cell)
        except NotATermError as error:
            draft.error("plazo", str(error), fila=said.fila)
            return
    said.kind = "por_confirmar" if is_unknown(cell) else "en_el_dia" if read.en_el_dia else "valor"
    said.facts |= {
        "valor": read.valor,
        "valor_max": read.valor_max,
        "en_el_dia": read.en_el_dia,
        "por_confirmar": is_unknown(cell),
    }
    if read.unidad or said.kind != "valor":
        said.facts["unidad"] = read.unidad


def _read_unit(draft: Draft, said: Said, cell: Cell) -> None:
    named = unit(cell.text)
    if named is None and re.fullmatch(r"d[ií]as?", cell.text.strip(), re.IGNORECASE):
        return  # which days is decided with the rest of the row
    if named is None:
        draft.error("unidad", f"«{cell.text[:40]}»: escribe una de {', '.join(UNIDADES)}", fila=said.fila)
    elif said.facts.get("unidad") not in (None, named):
        draft.error("unidad", "no es la unidad que dice el plazo: deja una de las dos", fila=said.fila)
    elif said.kind in ("", "valor"):
        said.facts["unidad"] = named


def _read_sentence(_draft: Draft, said: Said, cell: Cell) -> None:
    said.sentence = "" if clears(cell) else " ".join(cell.text.split())
    if clears(cell):
        said.facts["_mute"] = True


_READ = {"plazo": _read_value, "unidad": _read_unit, "detalle_plazo": _read_sentence}


def _alike(draft: Draft, said: Said, row: Plazo) -> float:
    template = draft.words.get(f"plazos.{row.clave}", "")
    if said.sentence and said.sentence == template:
        return 12
    score = sentence_likeness(said.sentence, term_sentence(template, row))
    if said.kind:
        score += 2 if (said.facts["valor"], said.facts["en_el_dia"]) == (row.valor, row.en_el_dia) else 0
    if said.facts.get("unidad"):
        score += 0.5 if said.facts["unidad"] == row.unidad else -0.5
    return score


def _made(
    draft: Draft, said: Said, old: Plazo | None, taken: set[str], header: Unidad | None
) -> Plazo | None:
    if said.removed:
        if old is None:
            draft.error("plazo", "no se encuentra el plazo que hay que borrar: escribe su detalle tal como está hoy", fila=said.fila)  # fmt: skip
        return None
    if old is None and not said.kind:
        draft.error("plazo", "falta el plazo: escribe el número, «el mismo día» o «por confirmar»", fila=said.fila)  # fmt: skip
        return None
    facts = {name: value for name, value in said.facts.items() if name != "_mute"}
    if said.kind == "valor" and "unidad" not in facts:
        facts["unidad"] = header or (old.unidad if old else None) or _working_days(draft, said)
    if old is not None and all(getattr(old, name) == value for name, value in facts.items()):
        return old
    key = old.clave if old else new_key(_FIGURE.sub(" ", said.sentence.replace("{plazo}", " ")), taken, "atencion")  # fmt: skip
    taken.add(key)
    values: dict[str, Any] = {**(old.model_dump() if old else {"clave": key}), **facts}
    return draft.make(Plazo, values, "plazo", fila=said.fila)


def _working_days(draft: Draft, said: Said) -> Unidad:
    draft.warn("plazo", "no dice la unidad: se lee en días hábiles (Ley 27444, artículo 134)", fila=said.fila)
    return Unidad.DIAS_HABILES


def _sentence(
    draft: Draft, said: Said, old: Plazo | None, new: Plazo, template: str, *, several: bool
) -> str:
    if said.facts.get("_mute"):
        return ""
    shown = {template, term_sentence(template, old), term_sentence(template, new)} if old else set()
    if said.sentence and said.sentence not in shown:
        return _checked(draft, said, new)
    if old is None or not template or not _outlived(template, old, new):
        return template
    change = f"la frase que había («{term_sentence(template, old)}») ya no vale"
    if several:
        draft.error("detalle_plazo", f"{change}: escribe la nueva", fila=said.fila)
    else:
        draft.warn("detalle_plazo", f"{change} y se quita; puedes escribir otra", fila=said.fila)
    return ""


def _outlived(template: str, old: Plazo, new: Plazo) -> bool:
    if (old.en_el_dia, old.por_confirmar) != (new.en_el_dia, new.por_confirmar):
        return True
    moved = (old.valor, old.valor_max, old.unidad) != (new.valor, new.valor_max, new.unidad)
    return moved and "{plazo}" not in template and bool(re.search(r"\d", template))


def _checked(draft: Draft, said: Said, new: Plazo) -> str:
    text = with_places(said.sentence, [("plazo", re.escape(figure_of_term(new)) if new.valor else "")])
    other = _FIGURE.search(text)
    if other and "{plazo}" not in text:
        draft.error("detalle_plazo", f"la frase dice «{other.group()}» y el plazo es «{figure_of_term(new)}»", fila=said.fila)  # fmt: skip
    elif other:
        draft.warn("detalle_plazo", f"la frase dice también «{other.group()}»: revísala", fila=said.fila)
    if new.valor is not None and "{plazo}" not in text and not other:
        text = telling(text, "plazo")
        told = term_sentence(text, new)
        draft.warn("detalle_plazo", f"la frase no decía el plazo: se dirá «{told}»", fila=said.fila)
    return text
