"""Cells that hold a list: one thing per line, however they were numbered, wrapped or run together."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from cms.editing.sheets.cells import Cell
from cms.editing.sheets.days import NotADayError, day
from cms.editing.sheets.drafts import Draft
from cms.editing.sheets.matching import new_key, pairs, same
from cms.editing.sheets.showing import KIND, VIA, channel, form, norm
from cms.tramites.schema import Canal, Formulario, Model, Norma, Paso, Requisito, Via
from lenguas.normalise import fold

MAX_LINES = 100
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*[.)°º]-?|[a-zA-Z]\))\s+|^\d{1,2}\.-\s*")
_BULLET = re.compile(r"^(?:[-–—•·*▪►➢✓●○]|o(?=\s))\s*")
_INLINE = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)]-?\s+")
_URL = re.compile(r"https?://\S+")
_MARKS = re.compile(r"\s*\[([^\[\]]*)\]$")
_KINDS = {fold(label): kind for kind, label in KIND.items()} | {"documento": "documento"}
_VIAS: tuple[tuple[str, Via], ...] = (
    (r"presencial|en persona|ventanilla|oficina", Via.PRESENCIAL),
    (r"en linea|virtual|internet|web|digital|electronic[oa]|plataforma", Via.EN_LINEA),
    (r"(por )?telefon(o|ic[oa])", Via.TELEFONO),
    (r"aplicacion|aplicativo|app", Via.APP),
)
M = TypeVar("M", bound=Model)


def via_of(text: str) -> Via | None:
    """The way a whole cell or mark names; None where it names none, or more than one."""
    found = {via for pattern, via in _VIAS if re.search(rf"\b(?:{pattern})\b", fold(text))}
    return found.pop() if len(found) == 1 else None


def items(text: str, known: Collection[str] = ()) -> list[str]:
    """The things a cell lists, without their numbers. Lines in `known` are whole as they stand."""
    lines = text.split("\n")
    if len(lines) == 1 and text not in known:
        lines = _run_together(text)
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines) >= 2
    found: list[str] = []
    for line in lines:
        if found and line not in known and _goes_on(line, found[-1], numbered=numbered):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return [item for line in found if (item := line if line in known else _bare(line))]


def _run_together(text: str) -> list[str]:
    """`1. Uno 2. Dos` in one line: taken apart only where the numbers count up from 1."""
    starts = list(_INLINE.finditer(text))
    if len(starts) < 2 or [int(match[1]) for match in starts] != list(range(1, len(starts) + 1)):
        return [text]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    head = text[: starts[0].start()].strip()
    return ([head] if head else []) + [
        text[m.start() : end].strip() for m, end in zip(starts, ends, strict=True)
    ]


def _goes_on(line: str, before: str, *, numbered: bool) -> bool:
    """Whether a line is the rest of the one before it: text wrapped by hand."""
    if _NUMBERED.match(line) or _BULLET.match(line):
        return False
    return numbered or (line[:1].islower() and not before.endswith((".", ";", ":", "]")))


def _bare(line: str) -> str:
    return _BULLET.sub("", _NUMBERED.sub("", line, count=1), count=1).strip()


def prose(text: str) -> str:
    """Lines as one paragraph, each closed."""
    lines = [_BULLET.sub("", line).strip() for line in text.split("\n")]
    closed = [
        line if line.endswith((".", ";", ":", ",", "?", "!")) else f"{line}." for line in lines[:-1] if line
    ]
    return " ".join([*closed, lines[-1]]).strip()


def apply_requirements(draft: Draft, cell: Cell, column: str) -> None:
    _apply_sentences(draft, cell, column, Requisito, _requirement_marks)


def apply_steps(draft: Draft, cell: Cell, column: str) -> None:
    _apply_sentences(draft, cell, column, Paso, _step_marks)


def _apply_sentences(
    draft: Draft, cell: Cell, column: str, model: type[M], read: Callable[[str], tuple[str, dict[str, Any]]]
) -> None:
    """`column` is the name of the rows too. What a line does not say of its row (kind, way) stays as it was."""
    rows: list[Any] = draft.facts[column]
    before = draft.drop_words(column)
    sentences = [" ".join(before[row.clave].split()) for row in rows]
    known = {*sentences, *(_lines(draft, column))}
    said = [read(line) for line in items(cell.text, known)]
    if _too_many(draft, column, said):
        return
    _refuse_twins(draft, column, [text for text, _facts in said])
    found = pairs([text for text, _facts in said], sentences)
    taken = {row.clave for row in rows}
    made = []
    for number, (text, facts) in enumerate(said):
        old = rows[found[number]] if number in found else None
        key = old.clave if old else new_key(text, taken, column)
        taken.add(key)
        row = draft.make(model, {**(old.model_dump() if old else {"clave": key}), **facts}, column)
        unchanged = old is not None and text == sentences[found[number]]
        draft.say(f"{column}.{key}", before[key] if unchanged else text, column)
        made += [row] if row else []
    draft.facts[column] = made


def _lines(draft: Draft, column: str) -> list[str]:
    return draft.shown(column).split("\n") if draft.old else []


def _refuse_twins(draft: Draft, column: str, texts: Sequence[str]) -> None:
    seen: set[str] = set()
    for text in texts:
        spelled = " ".join(fold(text).split()).strip(" .")
        if spelled in seen:
            draft.error(column, f"«{text[:60]}» está dos veces")
        seen.add(spelled)


def _too_many(draft: Draft, column: str, said: Sequence[object]) -> bool:
    if len(said) > MAX_LINES:
        draft.error(column, f"tiene {len(said)} líneas; caben {MAX_LINES}")
    return len(said) > MAX_LINES


def _marks(line: str) -> tuple[str, list[str]]:
    match = _MARKS.search(line)
    return (
        (line[: match.start()], [fold(mark).strip() for mark in match[1].split(",")]) if match else (line, [])
    )


def _requirement_marks(line: str) -> tuple[str, dict[str, Any]]:
    text, marks = _marks(line)
    facts: dict[str, Any] = {}
    for mark in marks:
        if mark in _KINDS:
            facts["tipo"] = _KINDS[mark]
        elif mark in ("opcional", "obligatorio"):
            facts["obligatorio"] = mark == "obligatorio"
        elif (via := _exact_via(mark)) is not None:
            facts["via"] = via
        else:
            return line, {}
    return text, facts


def _step_marks(line: str) -> tuple[str, dict[str, Any]]:
    text, marks = _marks(line)
    vias = [_exact_via(mark) for mark in marks]
    return (text, {"via": vias[0]}) if len(vias) == 1 and vias[0] else (line, {})


def _exact_via(mark: str) -> Via | None:
    return next((via for via, label in VIA.items() if fold(label) == mark), None)


def apply_channels(draft: Draft, cell: Cell, column: str) -> None:
    rows: list[Canal] = draft.facts["canales"]
    known = _lines(draft, column)
    before = draft.drop_words("canales")
    made: list[Canal] = []
    free = list(rows)
    lines = items(cell.text, known)
    if _too_many(draft, column, lines):
        return
    for line in lines:
        facts, text = _channel(draft, line, column)
        if not facts:
            continue
        old = _known_channel(line, facts, text, free, draft)
        if old in free:
            free.remove(old)
        taken = {row.clave for row in (*rows, *made)}
        key = old.clave if old else new_key(facts["via"].replace("_", "-"), taken)
        row = draft.make(Canal, {**(old.model_dump() if old else {"clave": key}), **facts}, column)
        kept = before.get(key, "")
        draft.say(f"canales.{key}", kept if not text or text == " ".join(kept.split()) else text, column)
        made += [row] if row else []
    draft.facts["canales"] = made


def _channel(draft: Draft, line: str, column: str) -> tuple[dict[str, Any], str]:
    """(facts the line says, its sentence); no facts where it names no way, which is said."""
    head, *parts = [part.strip() for part in line.split("|")]
    name, colon, text = head.partition(":")
    via = via_of(name if colon and not name.lower().startswith("http") else head)
    if via is None:
        draft.error(
            column,
            f"«{line[:60]}» no dice por dónde: empieza la línea con «Presencial:», «En línea:», «Por teléfono:» o «Aplicación:»",
        )
        return {}, ""
    facts: dict[str, Any] = {"via": via}
    for part in parts:
        _channel_part(facts, part)
    loose = _URL.search(text)
    if loose and "url" not in facts and text.strip() == loose.group():
        facts["url"], text = loose.group(), ""
    plain_name = not colon and len(head.split()) <= 3
    return facts, "" if plain_name else (text.strip() if colon else head)


def _channel_part(facts: dict[str, Any], part: str) -> None:
    if _URL.fullmatch(part):
        facts["url"] = part
    elif fold(part) in ("con cita", "sin cita"):
        facts["con_cita"] = fold(part) == "con cita"
    elif part:
        facts["telefono"] = re.sub(r"^(tel(éfono)?|telf)\.?:?\s*", "", part, flags=re.IGNORECASE)


def _known_channel(
    line: str, facts: dict[str, Any], text: str, free: list[Canal], draft: Draft
) -> Canal | None:
    if draft.old is None:
        return None
    exact = next((row for row in free if channel(draft.old, row) == line), None)
    alike = [row for row in free if row.via == facts["via"]]
    if exact or len(alike) == 1:
        return exact or alike[0]
    sentences = [draft.old.es.get(f"canales.{row.clave}", "") for row in alike]
    index = pairs([text], sentences).get(0)
    return alike[index] if index is not None else None


def apply_norms(draft: Draft, cell: Cell, column: str) -> None:
    rows: list[Norma] = draft.facts["base_legal"]
    known = {norm(row): row for row in rows}
    made = []
    lines = items(cell.text, known)
    if _too_many(draft, column, lines):
        return
    for line in lines:
        facts = _norm(line)
        alike = [
            r
            for r in rows
            if same(r.norma, facts["norma"]) and same(r.articulo, facts.get("articulo", r.articulo))
        ]
        base = alike[0].model_dump() if len(alike) == 1 else {}
        row = known.get(line) or draft.make(Norma, {**base, **facts}, column)
        made += [row] if row else []
    draft.facts["base_legal"] = made


def _norm(line: str) -> dict[str, Any]:
    """Parts are told apart by what they are: an address, a day; the others by their order."""
    facts: dict[str, Any] = {}
    names = ["norma", "articulo", "titulo"]
    for place, part in enumerate(piece.strip() for piece in line.split("|")):
        if not part:
            continue
        if _URL.fullmatch(part):
            facts["url"] = part
        elif (published := _published(part)) and place:
            facts["fecha_publicacion"] = published
        elif place < len(names):
            facts[names[place]] = part
        else:
            facts["titulo"] = f"{facts.get('titulo', '')} {part}".strip()
    return {"norma": "", **_shortened(facts)}


def _published(part: str) -> Any:
    try:
        return day(Cell(part))[0]
    except NotADayError:
        return None


def _shortened(facts: dict[str, Any]) -> dict[str, Any]:
    """A norm written with its title in one go: its name goes before the first comma, its title after."""
    name = facts.get("norma", "")
    if len(name) <= 200 or "titulo" in facts:
        return facts
    head, comma, tail = name.partition(",")
    return {**facts, "norma": head, "titulo": tail.strip()} if comma and len(head) <= 200 else facts


def apply_forms(draft: Draft, cell: Cell, column: str) -> None:
    rows: list[Formulario] = draft.facts["formularios"]
    known = {form(row): row for row in rows}
    made = []
    lines = items(cell.text, known)
    if _too_many(draft, column, lines):
        return
    for line in lines:
        facts = _form(line)
        base = next((row.model_dump() for row in rows if same(row.nombre, facts["nombre"])), {})
        row = known.get(line) or draft.make(Formulario, {**base, **facts}, column)
        made += [row] if row else []
    draft.facts["formularios"] = made


def _form(line: str) -> dict[str, Any]:
    url = _URL.search(line)
    parts = [part.strip() for part in _URL.sub("", line).split("|")]
    named = {name: part for name, part in zip(("nombre", "codigo"), parts, strict=False) if part}
    return {"nombre": "", **named, **({"url": url.group()} if url else {})}
