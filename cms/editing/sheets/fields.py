"""What each column of a sheet does to a ficha; fees and terms, which take rows of their own, stand in `fees` and `limits`."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from cms.editing.sheets.cells import Cell
from cms.editing.sheets.drafts import Draft, clears, is_unknown, says_nothing
from cms.editing.sheets.lists import (
    apply_channels,
    apply_forms,
    apply_norms,
    apply_requirements,
    apply_steps,
    items,
    prose,
)
from cms.editing.sheets.showing import APRUEBA, LISTS, PRESENTA, PROSE
from cms.editing.sheets.terms import NotATermError, days
from cms.tramites.schema import Aspecto, Calificacion, Contacto, Recurso, Tipo
from lenguas.normalise import fold

Apply = Callable[[Draft, Cell, str], None]


def apply_fields(draft: Draft, cells: Mapping[str, Cell]) -> None:
    """Puts every cell that says something new into `draft`."""
    for column, apply in _APPLY.items():
        cell = cells.get(column)
        if cell is None or cell.blank or says_nothing(cell):
            continue
        if cell.fault:
            draft.error(column, cell.fault)
            continue
        if cell.text == draft.shown(column):
            continue
        apply(draft, cell, column)


def _name(draft: Draft, cell: Cell, column: str) -> None:
    if clears(cell) or is_unknown(cell):
        draft.error(column, "una ficha no puede quedarse sin nombre")
    else:
        draft.say("nombre", " ".join(cell.text.split()), column)


def _code(draft: Draft, cell: Cell, _column: str) -> None:
    draft.facts["codigo_tupa"] = "" if clears(cell) else re.sub(r"\s+", "", cell.text).upper()


def _prose(draft: Draft, cell: Cell, column: str) -> None:
    aspecto = PROSE[column]
    if is_unknown(cell) and aspecto not in (Aspecto.REQUISITOS, Aspecto.COSTO):
        draft.say(aspecto, "", column)
        draft.unknown.add(aspecto)
    else:
        draft.say(aspecto, "" if clears(cell) else prose(cell.text), column)


def _list(apply: Apply) -> Apply:
    """A list whose cell may also clear it, or say that it is not known."""

    def applied(draft: Draft, cell: Cell, column: str) -> None:
        if not (clears(cell) or is_unknown(cell)):
            apply(draft, cell, column)
            return
        draft.drop_words(column)
        draft.facts[column] = []
        if is_unknown(cell):
            draft.unknown.add(LISTS[column])

    return applied


def _kind(draft: Draft, cell: Cell, column: str) -> None:
    said = fold(cell.text)
    if clears(cell) or is_unknown(cell):
        draft.facts["tipo"] = Tipo.POR_CONFIRMAR
    elif re.search(r"no exclusiv|no prestado en exclusiv|tusne", said):
        draft.facts["tipo"] = Tipo.NO_EXCLUSIVO
    elif "servicio" in said or "exclusiv" in said:
        draft.facts["tipo"] = Tipo.EXCLUSIVO
    elif "procedimiento" in said:
        draft.facts["tipo"] = Tipo.PROCEDIMIENTO
    else:
        draft.error(column, f"«{cell.text[:40]}»: escribe procedimiento, servicio prestado en exclusividad o servicio no exclusivo")  # fmt: skip


def _approval(draft: Draft, cell: Cell, column: str) -> None:
    said = fold(cell.text)
    found = {value for pattern, value in _APPROVALS if re.search(pattern, said)}
    if clears(cell) or is_unknown(cell):
        draft.facts["calificacion"] = Calificacion.POR_CONFIRMAR
        if is_unknown(cell):
            draft.unknown.add(Aspecto.CALIFICACION)
    elif len(found) == 1:
        draft.facts["calificacion"] = found.pop()
    else:
        draft.error(
            column,
            f"«{cell.text[:60]}»: escribe aprobación automática, o evaluación previa con silencio positivo o negativo, o no aplica",
        )


_APPROVALS = (
    (r"automatic", Calificacion.AUTOMATICA),
    (r"positiv", Calificacion.SILENCIO_POSITIVO),
    (r"negativ", Calificacion.SILENCIO_NEGATIVO),
    (r"no (se )?aplica", Calificacion.NO_APLICA),
)


def _marked(value: Calificacion) -> Apply:
    """A column of the older format, marked with an X where it applies."""

    def apply(draft: Draft, cell: Cell, column: str) -> None:
        if fold(cell.text).strip(" .") in ("no", "0"):
            return
        if "calificacion" in draft.kinds:
            draft.error(column, "hay más de una calificación marcada: deja una")
        draft.kinds.append("calificacion")
        draft.facts["calificacion"] = value

    return apply


def _unit(prefix: str) -> Apply:
    def apply(draft: Draft, cell: Cell, column: str) -> None:
        rest = [row for row in draft.facts["contactos"] if not row.valor.startswith(prefix)]
        if clears(cell) or is_unknown(cell):
            draft.facts["contactos"] = rest
            return
        row = draft.make(Contacto, {"tipo": "unidad", "valor": prefix + prose(cell.text)}, column)
        draft.facts["contactos"] = [*rest, *([row] if row else [])]

    return apply


_BETWEEN = {"correo": re.compile(r"[\s;,/]+"), "telefono": re.compile(r"\s*\n\s*|\s*;\s*|\s+/\s+")}


def _contacts(kind: str) -> Apply:
    def apply(draft: Draft, cell: Cell, column: str) -> None:
        rows: list[Contacto] = draft.facts["contactos"]
        old = [row for row in rows if row.tipo == kind]
        lines = [] if clears(cell) or is_unknown(cell) else _BETWEEN[kind].split(cell.text)
        made = [row for line in lines if line and (row := _contact(draft, kind, line, old, column))]
        place = rows.index(old[0]) if old else len(rows)
        others = [row for row in rows if row.tipo != kind]
        draft.facts["contactos"] = [*others[:place], *made, *others[place:]]

    return apply


def _contact(draft: Draft, kind: str, line: str, old: list[Contacto], column: str) -> Contacto | None:
    value, _, extension = re.sub(r"\s*[,;]?\s*\banexos?\b\s*[:.]?\s*", "\x00", line, count=1).partition(
        "\x00"
    )
    if kind == "correo" and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", value):
        draft.error(column, f"«{line[:60]}» no es un correo: pon uno por línea")
        return None
    if kind == "telefono" and not re.search(r"\d{3}", value):
        draft.error(column, f"«{line[:60]}» no es un teléfono: pon uno por línea")
        return None
    known = next((row for row in old if row.valor == value), None)
    if known is not None and not extension:
        return known
    return draft.make(Contacto, {"tipo": kind, "valor": value, "anexo": extension.strip()}, column)


def _extension(draft: Draft, cell: Cell, column: str) -> None:
    rows: list[Contacto] = draft.facts["contactos"]
    phones = [row for row in rows if row.tipo == "telefono"]
    if len(phones) != 1:
        draft.error(column, "el anexo va con un solo teléfono: si hay varios, escríbelo junto a cada uno («… anexo 123»)")  # fmt: skip
        return
    values = {**phones[0].model_dump(), "anexo": "" if clears(cell) else cell.text}
    made = draft.make(Contacto, values, column)
    draft.facts["contactos"] = [made or row if row is phones[0] else row for row in rows]


def _appeal(kind: str, name: str) -> Apply:
    def apply(draft: Draft, cell: Cell, column: str) -> None:
        value: Any = None if name.endswith("_dias") else ""
        if not (clears(cell) or is_unknown(cell)):
            try:
                value = days(cell) if name.endswith("_dias") else " ".join(cell.text.split())
            except NotATermError as error:
                draft.error(column, str(error))
                return
        rows: list[Recurso] = draft.facts["recursos"]
        old = next((row for row in rows if row.tipo == kind), None)
        made = draft.make(Recurso, {**(old.model_dump() if old else {"tipo": kind}), name: value}, column)
        empty = made is not None and not (made.autoridad or made.presentar_dias or made.resolver_dias)
        kept = [] if made is None or empty else [made]
        if old is None:
            draft.facts["recursos"] = [*rows, *kept]
        else:
            place = rows.index(old)
            draft.facts["recursos"] = [*rows[:place], *kept, *rows[place + 1 :]]

    return apply


def _name_and_norms(draft: Draft, cell: Cell, column: str) -> None:
    """The older format's first column: the name, and below it the norms."""
    parts = re.split(r"\bbase legal\b\s*:?", cell.text, maxsplit=1, flags=re.IGNORECASE)
    head, tail = parts if len(parts) == 2 else cell.text.partition("\n")[::2]
    _name(draft, Cell(head.strip()), column)
    if tail.strip():
        apply_norms(draft, Cell(tail.strip()), "base_legal")


def _places_and_hours(draft: Draft, cell: Cell, column: str) -> None:
    """`lugar | horario` by line; without the bar nobody can tell the hours apart, so all of it says where."""
    parts = [line.partition("|") for line in items(cell.text)]
    places = [place.strip() for place, _bar, _hours in parts if place.strip()]
    hours = [
        f"{place.strip()}: {hours.strip()}" if len(parts) > 1 else hours.strip()
        for place, _bar, hours in parts
        if hours.strip()
    ]
    if not hours and re.search(r"\d{1,2}[:.]\d{2}", cell.text):
        draft.warn(column, "el horario no está separado del lugar con «|»: todo queda en «Sedes de atención»")
    draft.say(Aspecto.DONDE, prose("\n".join(places)), column)
    if hours:
        draft.say(Aspecto.HORARIO, prose("\n".join(hours)), column)


_APPLY: dict[str, Apply] = {
    "nombre": _name,
    "nombre_base_legal": _name_and_norms,
    "codigo_tupa": _code,
    "tipo": _kind,
    **dict.fromkeys(PROSE, _prose),
    "requisitos": _list(apply_requirements),
    "pasos": _list(apply_steps),
    "canales": _list(apply_channels),
    "base_legal": _list(apply_norms),
    "formularios": _list(apply_forms),
    "calificacion": _approval,
    "cal_automatica": _marked(Calificacion.AUTOMATICA),
    "cal_positivo": _marked(Calificacion.SILENCIO_POSITIVO),
    "cal_negativo": _marked(Calificacion.SILENCIO_NEGATIVO),
    "sedes_horarios": _places_and_hours,
    "unidad_presenta": _unit(PRESENTA),
    "unidad_aprueba": _unit(APRUEBA),
    "telefono": _contacts("telefono"),
    "anexo": _extension,
    "correo": _contacts("correo"),
    **{
        f"{kind}_{column}": _appeal(kind, name)
        for kind in ("reconsideracion", "apelacion")
        for column, name in (("autoridad", "autoridad"), ("presentar", "presentar_dias"), ("resolver", "resolver_dias"))
    },
}  # fmt: skip
