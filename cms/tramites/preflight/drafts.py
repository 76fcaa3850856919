"""The findings of a page being written, also while it does not hold together: what can be read of it is checked."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from cms.tramites.conversion import raw_ficha
from cms.tramites.models.pages import EntidadPage, FichaPage
from cms.tramites.preflight.current import found_beside, public_ficha
from cms.tramites.preflight.findings import Finding, Level
from cms.tramites.preflight.registry import in_order
from cms.tramites.schema import ROWS_OF_ASPECT, Aspecto, Ficha, aspect_of

RULE = "no-encaja"
MISSING_WORDS = "frase-que-falta"
ROUNDS = 50  # each round leaves out what the one before refused; a page has fewer rows than this in doubt
ASPECT_OF_LIST = {rows: aspecto for aspecto, rows in ROWS_OF_ASPECT.items()} | {
    "recursos": Aspecto.RECURSOS, "base_legal": Aspecto.BASE_LEGAL, "formularios": Aspecto.FORMULARIOS,
    "contactos": Aspecto.CONTACTO, "oficinas": Aspecto.DONDE, "sedes": Aspecto.DONDE, "cita": Aspecto.CITA,
    "vigencia": Aspecto.VIGENCIA, "tipo": Aspecto.CALIFICACION, "calificacion": Aspecto.CALIFICACION,
}  # fmt: skip
STAND_INS = {"codigo": "sin-codigo", "entidad": "sin-entidad", "nivel": "basica"}
PLAIN = {
    "missing": "falta este dato",
    "string_pattern_mismatch": "no está escrito como debe",
    "string_too_short": "falta este dato",
    "string_too_long": "es demasiado largo",
    "greater_than_equal": "es demasiado pequeño",
    "less_than_equal": "es demasiado grande",
    "decimal_max_digits": "tiene demasiadas cifras",
    "decimal_max_places": "tiene más de dos decimales",
}


@dataclass(frozen=True)
class Report:
    """What was found on a page, and the ids of the warnings that the public version already carried as they are."""

    found: list[Finding]
    standing: frozenset[str] = frozenset()
    accepted: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.found if finding.level is Level.ERROR]

    @property
    def asked(self) -> list[Finding]:
        """The warnings this change brings in: each is to be accepted by somebody before it is public."""
        return [f for f in self.found if f.level is Level.AVISO and f.id not in self.standing]

    @property
    def known(self) -> list[Finding]:
        """The warnings that are public already, unchanged: shown and counted, not asked again."""
        return [f for f in self.found if f.level is Level.AVISO and f.id in self.standing]

    @property
    def information(self) -> list[Finding]:
        return [finding for finding in self.found if finding.level is Level.INFORMACION]

    @property
    def pending(self) -> list[Finding]:
        return [finding for finding in self.asked if finding.id not in self.accepted]

    @property
    def avisos(self) -> int:
        return len(self.asked) + len(self.known)


def report_of(page: FichaPage, parent: EntidadPage | None = None) -> Report:
    """What the rules say of `page` as it is in memory; `parent` is the entity's page of a page that is new."""
    ficha, refused = read(raw_ficha(page, parent))
    before = public_ficha(page.codigo)
    found = list(refused)
    if ficha is not None:
        # A row that was left out makes its aspect look silent, or changed: one thing is told at a time.
        unread = {finding.aspecto for finding in refused if finding.rule == RULE}
        found += [finding for finding in found_beside(ficha, before) if finding.aspecto not in unread]
    standing = frozenset(f.id for f in found_beside(before, before)) if before else frozenset()
    accepted = {entry["id"]: entry for entry in page.avisos_aceptados}
    return Report(in_order(_once(found)), standing, accepted)


def _once(found: list[Finding]) -> list[Finding]:
    return list({finding.id: finding for finding in found}.values())


def read(raw: dict[str, Any]) -> tuple[Ficha | None, list[Finding]]:
    """The ficha in `raw` without what is refused, and what was refused; None where nothing sensible is left."""
    raw = deepcopy(raw)
    refused: list[Finding] = []
    for _ in range(ROUNDS):
        try:
            return Ficha.model_validate(raw), refused
        except ValidationError as error:
            details = error.errors()
            refused += [finding for detail in details for finding in _findings(raw, detail)]
            # From the last row to the first, so that those before keep their place.
            left_out = [_leave_out(raw, detail) for detail in reversed(details)]
            if not any(left_out):
                return None, refused
    return None, refused


def _findings(raw: dict[str, Any], detail: Any) -> Iterator[Finding]:
    context = detail.get("ctx") or {}
    if context.get("claves") and str(detail["msg"]).startswith("falta"):
        for key in context["claves"].split(", "):
            yield _missing_words(key)
        return
    where, column = _place(detail["loc"], context)
    clave = context.get("clave") or _clave(raw, detail["loc"])
    yield Finding(RULE, Level.ERROR, where, clave, _sentence(detail, clave), "", column)


def _missing_words(key: str) -> Finding:
    rows, _, clave = key.partition(".")
    what = "el nombre del trámite" if key == "nombre" else f"el texto de la fila «{clave}» de {rows}"
    column = "title" if key == "nombre" else "texto"
    return Finding(MISSING_WORDS, Level.ERROR, aspect_of(key), clave, f"Falta {what}. Escríbelo.", "", column)


def _place(loc: tuple[Any, ...], context: dict[str, Any]) -> tuple[Aspecto, str]:
    """The aspect a refusal is about, and its column."""
    parts = [part for part in loc[1:] if isinstance(part, str)]
    if context.get("lista"):
        return ASPECT_OF_LIST[context["lista"]], "desde" if "antes" in context else "clave"
    if parts[:1] == ["evidencia"] and len(parts) > 1 and parts[1] in set(Aspecto):
        return Aspecto(parts[1]), parts[2] if len(parts) > 2 else "fuente"
    if loc[:1] == ("es",) and parts:
        rows, _, _clave = parts[0].partition(".")
        known = parts[0] == "nombre" or rows in ASPECT_OF_LIST or rows in {*Aspecto, "duda"}
        return aspect_of(parts[0]) if known else Aspecto.DESCRIPCION, "texto"
    name = parts[0] if parts else ""
    of_row = len(loc) > 2 and isinstance(loc[2], int)
    column = parts[1] if len(parts) > 1 else "" if of_row else name
    return ASPECT_OF_LIST.get(name, Aspecto.DESCRIPCION), column


def _clave(raw: dict[str, Any], loc: tuple[Any, ...]) -> str:
    if len(loc) > 2 and loc[0] == "hechos" and isinstance(loc[2], int):
        row = raw["hechos"][loc[1]][loc[2]]
        return str(row.get("clave") or loc[2] + 1) if isinstance(row, dict) else ""
    return str(loc[1]).partition(".")[2] if loc[:1] == ("es",) and len(loc) > 1 else ""


def _sentence(detail: Any, clave: str) -> str:
    """What is wrong, in Spanish: our own refusals are; pydantic's are told by their kind."""
    message = re.sub(r"^Value error, ", "", str(detail["msg"]))
    if detail["type"] not in ("value_error", "ficha"):
        message = PLAIN.get(detail["type"], "no es un valor válido")
    column = _place(detail["loc"], detail.get("ctx") or {})[1].replace("_", " ")
    if column and not detail.get("ctx", {}).get("lista"):
        return f"{column}: {message}."
    return f"{message}." if clave else f"{message[:1].upper()}{message[1:]}."


def _leave_out(raw: dict[str, Any], detail: Any) -> bool:
    """Takes what was refused out of `raw`; False where that is not possible."""
    loc, context = detail["loc"], detail.get("ctx") or {}
    if context.get("lista"):
        return _drop_row(raw, context["lista"], _last_with(raw, context["lista"], context["clave"]))
    if context.get("claves"):
        return _mend_words(raw, str(detail["msg"]), context["claves"].split(", "))
    if loc[:1] == ("es",) and len(loc) > 1:
        return raw["es"].pop(loc[1], None) is not None
    if len(loc) > 2 and isinstance(loc[2], int) and isinstance(raw["hechos"].get(loc[1]), list):
        return _drop_row(raw, loc[1], loc[2])
    if len(loc) > 2 and loc[1] == "evidencia":
        return raw["hechos"]["evidencia"].pop(loc[2], None) is not None
    if len(loc) > 1 and loc[0] == "hechos":
        return _set_aside(raw["hechos"], str(loc[1]))
    return _unplace_words(raw) if not loc else False


def _set_aside(facts: dict[str, Any], name: str) -> bool:
    """A fact that may not be missing is read as if it were the least."""
    before, stand_in = facts.pop(name, None), STAND_INS.get(name)
    if stand_in is not None:
        facts[name] = stand_in
    return bool(before is not None or stand_in is not None)


def _last_with(raw: dict[str, Any], rows: str, clave: str) -> int:
    return max(place for place, row in enumerate(raw["hechos"][rows]) if row.get("clave") == clave)


def _drop_row(raw: dict[str, Any], rows: str, place: int) -> bool:
    if place >= len(raw["hechos"][rows]):
        return False  # already left out in this round
    row = raw["hechos"][rows].pop(place)
    clave = row.get("clave", "") if isinstance(row, dict) else ""
    if not any(isinstance(other, dict) and other.get("clave", "") == clave for other in raw["hechos"][rows]):
        raw["es"].pop(f"{rows}.{clave}", None)
    return True


def _mend_words(raw: dict[str, Any], message: str, keys: list[str]) -> bool:
    if message.startswith("falta"):
        raw["es"] |= dict.fromkeys(keys, "…")
        return True
    strange = [raw["es"].pop(key, None) for key in keys]
    return any(strange)


def _unplace_words(raw: dict[str, Any]) -> bool:
    """A fact in braces that is not known: the sentence is read without its braces."""
    before = dict(raw["es"])
    raw["es"] = {
        key: re.sub(r"\{(?!(monto|codigo_pago|plazo)\})([^}]*)\}", r"\2", text)
        for key, text in before.items()
    }
    return bool(raw["es"] != before)
