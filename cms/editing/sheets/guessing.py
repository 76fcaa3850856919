"""What each column of an entity's sheet is proposed to be: by its header, and against it where what stands below says otherwise.

It is a proposal: whoever uploads the sheet says what each column is (see `packages.operations.reading`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from cms.editing.sheets.actions import is_action
from cms.editing.sheets.amounts import NotAnAmountError, amount, is_free
from cms.editing.sheets.cells import Cell
from cms.editing.sheets.codes import is_code
from cms.editing.sheets.columns import column_of, is_label, way_of
from cms.editing.sheets.drafts import says_nothing
from cms.editing.sheets.terms import NotATermError, term
from lenguas.normalise import fold

LOOKED_AT = 200
# The share of a column's cells that must be of one kind for it to be of that kind.
MOST = 0.8
LONG_CHARS = 160
_MONEY = re.compile(r"s/|soles|[.,]\d{2}$", re.IGNORECASE)


def proposed(names: Sequence[str], cells: Mapping[str, Sequence[Cell]]) -> dict[str, str]:
    """The id of the column each header is taken for; empty where nothing says it."""
    found = {name: column_of(name) for name in names}
    # What a header says comes before what is only seen: the others get what is left.
    for name in sorted(names, key=lambda name: not found[name]):
        said = [cell for cell in cells.get(name, ()) if not says_nothing(cell)][:LOOKED_AT]
        # One cell alone does not speak against a header of our own.
        meant = _against(found[name], name, said) if len(said) > 1 or not is_label(name) else found[name]
        if not meant or meant not in found.values():
            found[name] = meant
    return found


def _against(header: str, name: str, cells: Sequence[Cell]) -> str:
    """What the column is, where its cells cannot be what its header says, or its header says nothing."""
    kind = _kind(cells)
    if kind == "monto" and (way := way_of(name)) and header in ("", "canales", "sedes"):
        return way
    if header == "codigo" and kind == "palabras":
        return "nombre"
    believed = kind in _CANNOT_HOLD.get(header, ())
    if not believed:
        return header
    return "descripcion" if kind == "largo" and header == "nombre" else kind if kind != "largo" else ""


# What no column of this id can hold; of a header that means nothing to us, what is believed of its cells alone.
_CANNOT_HOLD: dict[str, tuple[str, ...]] = {
    "": ("codigo", "accion", "plazo", "monto", "calificacion", "correo"),
    "nombre": ("codigo", "accion", "plazo", "monto", "calificacion", "correo", "largo"),
    "descripcion": ("codigo", "accion", "plazo", "monto"),
    "tipo": ("codigo", "accion", "plazo", "monto"),
    "notas": ("codigo", "accion", "monto"),
    "monto": ("codigo", "accion", "plazo", "largo"),
    "plazo": ("codigo", "accion", "monto", "largo"),
    "orden": ("codigo",),
}


def _kind(cells: Sequence[Cell]) -> str:
    if not cells:
        return ""
    return next(
        (kind for kind, is_it in _KINDS if sum(map(is_it, cells)) >= MOST * len(cells)), _by_length(cells)
    )


def _by_length(cells: Sequence[Cell]) -> str:
    if sum(len(cell.text.split()) > 1 for cell in cells) < MOST * len(cells):
        return ""
    return "largo" if median(len(cell.text) for cell in cells) > LONG_CHARS else "palabras"


def _is_money(cell: Cell) -> bool:
    if is_free(cell.text):
        return True
    try:
        return amount(cell) > 0 and bool(
            _MONEY.search(cell.text) or re.search(r"S/|0[.,]00", cell.number_format)
        )
    except NotAnAmountError:
        return bool(re.search(r"s/\.?\s*\d", fold(cell.text)))


def _is_term(cell: Cell) -> bool:
    try:
        read = term(cell)
    except NotATermError:
        return False
    return read.unidad is not None or read.en_el_dia


_KINDS: tuple[tuple[str, Callable[[Cell], bool]], ...] = (
    ("codigo", lambda cell: is_code(cell.text)),
    ("accion", lambda cell: is_action(cell.text)),
    ("monto", _is_money),
    ("plazo", _is_term),
    (
        "calificacion",
        lambda cell: bool(re.search(r"aprobacion automatica|silencio|evaluacion previa", fold(cell.text))),
    ),
    ("correo", lambda cell: bool(re.fullmatch(r"\S+@\S+\.\w+", cell.text))),
)
