"""JSON and JSON Lines, in two shapes that may stand side by side.

Rows, as in the sheet: `{"filas": [{"codigo": "reniec-dni-duplicado", "monto": "36.00", "requisitos": ["…", "…"]}]}`.
The keys are the ids of the columns or their headers; a list is one thing per line; null and "" leave a field as it is.

Whole fichas, as the export has them: `{"fichas": [{"hechos": {…}, "es": {…}}]}`. Each may be wrapped to say more:
`{"accion": "retira", "codigo": "…", "motivo": "…", "reemplazo": "…"}`, `{"accion": "cambia", "ficha": {…}}`. Quechua in
them is not read: it has its own way. A list alone, and one object per line, hold the same things.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from cms.editing.proposals import Accion, Proposal
from cms.editing.sheets.cells import Cell, text_cell
from cms.editing.sheets.columns import IGNORED, column_of, is_label
from cms.editing.sheets.delimited import read_text
from cms.editing.sheets.drafts import spoken
from cms.editing.sheets.entries import Current
from cms.editing.sheets.problems import FileRefusedError, Problems
from cms.editing.sheets.tables import MAX_ROWS, Line, Table
from cms.tramites.schema import Ficha, word_keys
from lenguas.normalise import clean

Item = tuple[int, dict[str, Any]]
_TOP = {"entidad", "filas", "fichas", "formato", "generado", "version", "nota", "count", "results"}
# What an export says about a ficha beside the ficha itself; none of it is proposed.
_ABOUT = {"codigo", "accion", "motivo", "reemplazo", "ficha", "entidad", "revision", "digest", "actualizado_at", "publicado_at", "estado", "nota", "norma", "url", "locale", "numero", "at", "variedad"}  # fmt: skip

# What open data say besides, made from the facts and sentences.
_DERIVED = {"dicho", "nombre_qu", "nivel", "evidencia", "url"}


@dataclass(slots=True)
class JsonFile:
    """`table` holds the rows, None where there are none; `whole` the fichas given whole."""

    table: Table | None
    whole: list[Item] = field(default_factory=list)

    def proposals(self, *, entidad: str, current: Current, problems: Problems) -> Iterator[Proposal]:
        seen: dict[str, int] = {}
        for number, item in self.whole:
            before = problems.errors
            proposal = _proposal(number, item, current, problems)
            if proposal is None:
                continue
            if proposal.codigo in seen:
                problems.error(f"el código «{proposal.codigo}» está dos veces: en el elemento {seen[proposal.codigo]} y en el {number}", fila=number)  # fmt: skip
            elif proposal.ficha is not None and proposal.ficha.hechos.entidad != entidad:
                problems.error(f"la ficha «{proposal.codigo}» es de otra entidad ({proposal.ficha.hechos.entidad})", fila=number)  # fmt: skip
            seen.setdefault(proposal.codigo, number)
            if problems.errors == before:
                yield proposal


def read_json(content: bytes, problems: Problems) -> JsonFile:
    """Raises FileRefusedError, with the line, for what is no JSON or has another shape."""
    text = read_text(content, problems)
    items = list(_items(text))
    if len(items) > MAX_ROWS:
        raise FileRefusedError(
            f"El archivo tiene {len(items)} elementos; se leen hasta {MAX_ROWS}. Súbelo por partes."
        )
    if not items:
        raise FileRefusedError("El archivo no tiene ninguna ficha: falta la lista «filas» o «fichas».")
    rows = [(number, item) for number, item in items if not _is_whole(item)]
    whole = [(number, item) for number, item in items if _is_whole(item)]
    return JsonFile(_table(rows, problems) if rows else None, whole)


def _items(text: str) -> Iterator[Item]:
    parsed = _parsed(text)
    if isinstance(parsed, dict) and not ({"filas", "fichas", "results"} & set(parsed)):
        parsed = [parsed]
    if isinstance(parsed, dict):
        strange = sorted(set(parsed) - _TOP)
        if strange:
            raise FileRefusedError(f"El JSON tiene algo que no se lee: «{strange[0][:60]}». Van «filas» o «fichas».")  # fmt: skip
        parts = [parsed.get(name) or [] for name in ("filas", "fichas", "results")]
        if not all(isinstance(part, list) for part in parts):
            raise FileRefusedError("«filas» y «fichas» son listas: [ … ].")
        parsed = [item for part in parts for item in part]
    if not isinstance(parsed, list):
        raise FileRefusedError("El JSON no es una lista de fichas.")
    for number, item in enumerate(parsed, 1):
        if not isinstance(item, dict):
            raise FileRefusedError(f"El elemento {number} no es una ficha: tiene que ser un objeto {{ … }}.")
        yield number, item


def _parsed(text: str) -> Any:
    """The whole text as JSON or, where each line is an object, their list."""
    lines = text.split("\n")
    if sum(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines[:2]) == 2:
        return [_loaded(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    return _loaded(text, 1)


def _loaded(text: str, first_line: int) -> Any:
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise FileRefusedError(f"Línea {line}, carácter {error.colno}: el JSON está mal escrito ({_reason(error.msg)}).") from error  # fmt: skip
    except RecursionError as error:
        raise FileRefusedError("El JSON tiene demasiados niveles, unos dentro de otros.") from error


_REASONS = {
    "Expecting ',' delimiter": "falta una coma, o sobra algo",
    "Expecting property name enclosed in double quotes": "falta un nombre entre comillas, o sobra una coma",
    "Expecting value": "falta un valor",
    "Expecting ':' delimiter": "faltan los dos puntos",
    "Unterminated string starting at": "falta cerrar las comillas",
    "Extra data": "sobra algo después del final",
    "Invalid control character at": "un salto de línea dentro de un texto se escribe \\n",
    "Illegal trailing comma before end of object": "sobra una coma",
    "Illegal trailing comma before end of array": "sobra una coma",
}


def _reason(message: str) -> str:
    return _REASONS.get(message, "revisa comas y comillas")


def _integer(digits: str) -> Decimal:
    if len(digits) > 30:
        raise FileRefusedError(f"El número {digits[:12]}… es demasiado grande.")
    return Decimal(digits)


def _no_constant(name: str) -> None:
    raise FileRefusedError(f"«{name}» no es un dato: escribe un número o deja null.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FileRefusedError(f"«{twice[:60]}» está dos veces en el mismo objeto: no se sabe cuál vale.")
    return found


def _is_whole(item: dict[str, Any]) -> bool:
    if "hechos" in item or "ficha" in item:
        return True
    return set(item) <= {"codigo", "accion", "motivo", "reemplazo"} and "codigo" in item and "accion" in item


def _table(rows: list[Item], problems: Problems) -> Table:
    names = list(dict.fromkeys(str(name) for _number, item in rows for name in item))
    mapping: dict[str, str] = {}
    faulty: set[int] = set()
    for name in names:
        identifier = column_of(name) if is_label(name) else ""
        if not identifier or identifier in IGNORED:
            said = [number for number, item in rows if name in item]
            problems.error(f"«{name[:60]}» no es un dato de la ficha", fila=said[0])
            faulty.update(said)
        elif identifier in mapping.values():
            problems.error(f"«{name}» dice lo mismo que otra clave", fila=None)
        else:
            mapping[name] = identifier
    return Table(names, mapping, [], [_line(number, item, mapping) for number, item in rows], faulty=faulty)


def _line(number: int, item: dict[str, Any], mapping: dict[str, str]) -> Line:
    cells: dict[str, Cell] = {}
    for name, value in item.items():
        identifier = mapping.get(name)
        if identifier:
            cells[identifier] = _cell(value)
    return number, cells


def _cell(value: Any) -> Cell:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return text_cell("\n".join(" ".join(part.split()) for part in value))
    if value is None or isinstance(value, str):
        return text_cell(value or "")
    if isinstance(value, bool):
        return Cell("sí" if value else "no")
    if isinstance(value, Decimal):
        text = format(value, "f") if abs(value.adjusted()) < 40 else str(value)
        return Cell(text, number=value)
    return Cell(fault="tiene que ser un texto, un número o una lista de textos")


def _proposal(number: int, item: dict[str, Any], current: Current, problems: Problems) -> Proposal | None:
    codigo = str(item.get("codigo") or "")
    if "hechos" in item or "ficha" in item:
        return _of_whole(number, item, current, problems)
    old = current(codigo)
    why, replacement = str(item.get("motivo") or ""), str(item.get("reemplazo") or "")
    if item.get("accion") != Accion.RETIRA:
        problems.error("sin la ficha solo se puede retirar: «accion» tiene que decir «retira»", fila=number)
    elif old is None:
        problems.error(f"no hay ninguna ficha con el código «{codigo[:80]}»", fila=number)
    elif not why and not replacement:
        problems.error("para retirar una ficha escribe el motivo o el reemplazo", fila=number)
    else:
        return Proposal(old.codigo, Accion.RETIRA, None, number, why, replacement)
    return None


def _of_whole(number: int, item: dict[str, Any], current: Current, problems: Problems) -> Proposal | None:
    payload = _payload(item, current)
    strange = sorted(set(item) - _ABOUT - {"hechos", "es", "qu", "nombre", *_DERIVED})
    if strange or not isinstance(payload, dict):
        problems.error(f"«{strange[0][:60] if strange else 'ficha'}» no es un dato de la ficha", fila=number)
        return None
    words = payload.get("es")
    if "nombre" in item and isinstance(words, dict) and item["nombre"] != words.get("nombre"):
        problems.error(
            "«nombre» y el nombre que está en «es» dicen dos cosas: cambia el de «es»", fila=number
        )
        return None
    if _DERIVED & set(item):
        problems.warn(
            "De un archivo de datos abiertos se leen «hechos», «evidencia» y «es»; lo demás sale de ellos."
        )
    try:
        ficha = _ficha(_cleaned(payload), current)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"])
            problems.error(spoken(fault), fila=number, columna=where)
        return None
    old = current(ficha.codigo)
    action = _action(old, ficha, str(item.get("accion") or ""), number, problems)
    kept = old if action is Accion.IGUAL else ficha
    return Proposal(ficha.codigo, action, kept, number, str(item.get("motivo") or "")) if action else None


def _payload(item: dict[str, Any], current: Current) -> Any:
    """The ficha of an item. Open data hold its code, entity, level and evidence beside its facts."""
    if "ficha" in item:
        return item["ficha"]
    facts = item["hechos"]
    if isinstance(facts, dict) and "codigo" not in facts and "evidencia" in item:
        old = current(str(item.get("codigo") or ""))
        beside = {name: item[name] for name in ("codigo", "entidad", "nivel") if name in item}
        facts = {**facts, **beside, "evidencia": _evidence(item["evidencia"], old)}
    return {"hechos": facts, **{key: item[key] for key in ("es", "variedad") if key in item}}


def _evidence(said: Any, old: Ficha | None) -> Any:
    """Only what says something: open data name every aspect, also those nobody knows anything of."""
    if not isinstance(said, dict):
        return said
    known = set(old.hechos.evidencia) if old else set()
    return {
        aspecto: row
        for aspecto, row in said.items()
        if aspecto in known or not isinstance(row, dict) or row.get("fuente") or row.get("vista")
    }


def _action(old: Ficha | None, ficha: Ficha, said: str, number: int, problems: Problems) -> Accion | None:
    action = Accion.NUEVA if old is None else Accion.CAMBIA
    if old is not None and (old.hechos, old.es) == (ficha.hechos, ficha.es):
        action = Accion.IGUAL
    if said and said != action and not (said == Accion.CAMBIA and action is Accion.IGUAL):
        problems.error(f"«accion» dice {said[:20]}, y comparada con lo publicado es {action}", fila=number)
        return None
    return action


def _cleaned(value: Any) -> Any:
    """Texts without what one cannot see, and numbers as numbers."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**12 else str(value)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    return value


def _ficha(payload: dict[str, Any], current: Current) -> Ficha:
    """The ficha with the Quechua it has today, of the sentences it keeps."""
    ficha = Ficha.model_validate({**payload, "qu": {}})
    old = current(ficha.codigo)
    if old is None:
        return ficha
    known = set(word_keys(ficha.hechos))
    kept = {key: word for key, word in old.qu.items() if key in known}
    return ficha.model_copy(update={"qu": kept, "variedad": old.variedad})
