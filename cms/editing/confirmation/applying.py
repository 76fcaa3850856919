"""Answers put into a ficha: corrections become its facts, and what the entity stands behind becomes certain.

Pure: nothing is written here. An answer is applied only to the fact it was given about; what cannot be applied is
named with its reason, for an editor to read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import slugify
from pydantic import ValidationError

from cms.editing.confirmation.facts import Entrada, Hecho, facts_of
from cms.editing.confirmation.models import Veredicto
from cms.tramites.attesting import attested
from cms.tramites.schema import Aspecto, Confianza, Evidencia, Ficha, placeholders


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given; `valor` is what `AnswerForm.value` told."""

    hecho: str
    sello: str
    veredicto: str
    valor: Mapping[str, Any] | None = None
    fuente: str = ""
    fuente_url: str = ""


@dataclass(frozen=True, slots=True)
class Attestation:
    """Who stands behind the answers, and since when."""

    entidad: str
    cargo: str
    fecha: date

    @property
    def fuente(self) -> str:
        return attested(self.entidad, self.cargo, self.fecha)


@dataclass(frozen=True, slots=True)
class Applied:
    """The ficha as the entity says it is. `sin_aplicar`: for each fact left out, why."""

    ficha: Ficha
    corregidos: tuple[str, ...]
    confirmados: tuple[Aspecto, ...]
    sin_aplicar: dict[str, str]


Payload = dict[str, Any]


def apply(ficha: Ficha, answers: Iterable[Answer], who: Attestation) -> Applied:
    facts = {fact.id: fact for fact in facts_of(ficha, who.fecha)}
    held: dict[str, Answer] = {}
    refused: dict[str, str] = {}
    corrected: list[str] = []
    for answer in answers:
        fact = facts.get(answer.hecho)
        if fact is None or fact.sello != answer.sello:
            refused[answer.hecho] = "El dato cambió después de la respuesta."
            continue
        if answer.veredicto == Veredicto.CORREGIR:
            try:
                ficha = _corrected(ficha, fact, dict(answer.valor or {}))
            except (ValidationError, ValueError, KeyError) as error:
                refused[answer.hecho] = _reason(error)
                continue
            corrected.append(answer.hecho)
        held[answer.hecho] = answer
    ficha, confirmed = _attested(ficha, list(facts.values()), held, who)
    refused |= _held_up(list(facts.values()), held, confirmed)
    return Applied(ficha, tuple(sorted(corrected)), tuple(confirmed), refused)


def _held_up(facts: list[Hecho], held: Mapping[str, Answer], confirmed: list[Aspecto]) -> dict[str, str]:
    """Facts said to be right that change nothing, because something else of their aspect was left open."""
    found = {}
    for fact in facts:
        answer = held.get(fact.id)
        if answer is None or answer.veredicto != Veredicto.CORRECTO or fact.aspecto in confirmed:
            continue
        left = [
            other.titulo
            for other in facts
            if other.aspecto is fact.aspecto
            and (other.id not in held or held[other.id].veredicto == Veredicto.NO_SE)
        ]
        found[fact.id] = f"Sigue por confirmar: falta responder {', '.join(f'«{title}»' for title in left)}."
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"]).removeprefix("Value error, ")[:300]
    return "La corrección no cabe en la ficha como está ahora."


def _corrected(ficha: Ficha, fact: Hecho, value: dict[str, Any]) -> Ficha:
    """`ficha` with one correction; raises when the whole would not hold together."""
    payload: Payload = ficha.model_dump(mode="json")
    _CORRECT[fact.entrada](payload, fact, value)
    known = {name for name in payload["qu"] if name in payload["es"]}
    payload["qu"] = {name: payload["qu"][name] for name in known}
    return Ficha.model_validate(payload)


def _text(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    if value["texto"]:
        payload["es"][fact.id] = value["texto"]
    else:
        payload["es"].pop(fact.id, None)


def _lines(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    rows = fact.id.partition(".")[0]
    if len(value["lineas"]) != len(fact.claves):
        raise ValueError(fact.id)
    if rows in ("base_legal", "formularios", "contactos"):
        payload["hechos"][rows] = _unkeyed(payload["hechos"][rows], rows, fact, value)
    else:
        payload["hechos"][rows] = _keyed(payload, rows, fact, value)


def _keyed(payload: Payload, rows: str, fact: Hecho, value: dict[str, Any]) -> list[Payload]:
    """A changed line keeps its row and key, an emptied one goes; Quechua of what changed is left to its digest."""
    kept = []
    said = dict(zip(fact.claves, zip(fact.lineas, value["lineas"], strict=True), strict=True))
    for row in payload["hechos"][rows]:
        before, now = said[row["clave"]]
        key = f"{rows}.{row['clave']}"
        if not now:
            payload["es"].pop(key, None)
            continue
        kept.append(row)
        if now != " ".join(before.split()):
            payload["es"][key] = now
    for line in value["nuevas"]:
        clave = _new_key(line, {row["clave"] for row in kept})
        kept.append({"clave": clave})
        payload["es"][f"{rows}.{clave}"] = line
    return kept


def _new_key(line: str, taken: set[str]) -> str:
    words = slugify(line).split("-")[:4]
    stem = "-".join(words)[:40].strip("-") or "otro"
    return next(name for n in range(1, 1000) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)


def _unkeyed(before: list[Payload], rows: str, fact: Hecho, value: dict[str, Any]) -> list[Payload]:
    kept = []
    for number, now in enumerate(value["lineas"]):
        if now == " ".join(fact.lineas[number].split()):
            kept.append(before[number])
        elif now:
            kept.append(_row_of_line(rows, now))
    return kept + [_row_of_line(rows, line) for line in value["nuevas"]]


def _row_of_line(rows: str, line: str) -> Payload:
    if rows == "base_legal":
        return {"norma": line}
    if rows == "formularios":
        return {"nombre": line}
    return {"tipo": _kind_of_contact(line), "valor": line}


def _kind_of_contact(line: str) -> str:
    if "@" in line:
        return "correo"
    if re.match(r"https?://|www\.", line):
        return "web"
    return "telefono" if len(re.findall(r"\d", line)) >= 4 else "unidad"


def _row(payload: Payload, fact: Hecho, new_key: str) -> Payload:
    """The row a fact is of, made where there is none yet."""
    rows, _dot, key = fact.id.partition(".")
    found = next((row for row in payload["hechos"][rows] if row["clave"] == key), None)
    if found is None:
        found = {"clave": new_key}
        payload["hechos"][rows].append(found)
    return found


def _fee(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    row = _row(payload, fact, "pago")
    free = bool(value["gratuito"])
    row |= {
        "monto": None if free else value["monto"],
        "gratuito": free,
        "por_confirmar": False,
        "codigo_pago": value["codigo_pago"] or "",
        "uit_porcentaje": None,
    }
    key = f"costos.{row['clave']}"
    sentence = payload["es"].get(key, "")
    room = placeholders(sentence)
    if "monto" not in room or (not row["codigo_pago"] and "codigo_pago" in room):
        # A sentence that has no room for the figure would contradict it.
        payload["es"].pop(key, None)
    if value.get("concepto"):
        code = ", con el código {codigo_pago}" if row["codigo_pago"] else ""
        payload["es"][key] = f"{value['concepto'].rstrip(':. ')}: {{monto}}{code}."


def _term(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    row = _row(payload, fact, "plazo")
    at_once = bool(value["en_el_dia"])
    row |= {
        "en_el_dia": at_once,
        "por_confirmar": False,
        "valor": None if at_once else value["valor"],
        "valor_max": None if at_once else value["valor_max"],
        "unidad": None if at_once else value["unidad"],
    }
    key = f"plazos.{row['clave']}"
    if at_once or "plazo" not in placeholders(payload["es"].get(key, "")):
        payload["es"].pop(key, None)


def _appointment(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    payload["hechos"]["cita"] = {
        "requerida": {"si": True, "no": False}[value["requerida"]],
        "url": value["url"] or "",
        "telefono": value["telefono"] or "",
    }


def _validity(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    for_ever = bool(value["indefinida"])
    payload["hechos"]["vigencia"] = {
        "indefinida": for_ever,
        "valor": None if for_ever else value["valor"],
        "unidad": None if for_ever else value["unidad"],
    }


def _approval(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    payload["hechos"]["calificacion"] = value["calificacion"]


def _appeal(payload: Payload, fact: Hecho, value: dict[str, Any]) -> None:
    row = {
        "tipo": value["tipo"],
        "autoridad": value["autoridad"] or "",
        "presentar_dias": value["presentar_dias"],
        "resolver_dias": value["resolver_dias"],
    }
    number = fact.id.partition(".")[2]
    if number.isdigit():
        payload["hechos"]["recursos"][int(number)] = row
    else:
        payload["hechos"]["recursos"].append(row)


_CORRECT: dict[Entrada, Callable[[Payload, Hecho, dict[str, Any]], None]] = {
    Entrada.TEXTO: _text,
    Entrada.LINEAS: _lines,
    Entrada.COSTO: _fee,
    Entrada.PLAZO: _term,
    Entrada.CITA: _appointment,
    Entrada.VIGENCIA: _validity,
    Entrada.CALIFICACION: _approval,
    Entrada.RECURSO: _appeal,
}


def _attested(
    ficha: Ficha, facts: list[Hecho], held: Mapping[str, Answer], who: Attestation
) -> tuple[Ficha, list[Aspecto]]:
    """Raises the aspects of which every fact was confirmed or corrected; the others keep no source they outgrew."""
    evidence = dict(ficha.hechos.evidencia)
    confirmed = []
    for aspecto in Aspecto:
        of_it = [fact for fact in facts if fact.aspecto is aspecto]
        answers = [held[fact.id] for fact in of_it if fact.id in held]
        corrections = [answer for answer in answers if answer.veredicto == Veredicto.CORREGIR]
        sure = [answer for answer in answers if answer.veredicto != Veredicto.NO_SE]
        if sure and len(sure) == len(of_it):
            confirmed.append(aspecto)
            evidence[aspecto] = _evidence(Confianza.ALTA, corrections, who)
        elif corrections:
            evidence[aspecto] = _evidence(Confianza.MEDIA, corrections, who)
    facts_now = ficha.hechos.model_copy(update={"evidencia": evidence})
    return ficha.model_copy(update={"hechos": facts_now}), confirmed


def _evidence(confidence: Confianza, corrections: list[Answer], who: Attestation) -> Evidencia:
    """The entity's word and, where it corrected something, the norm or address it gave."""
    norms = list(dict.fromkeys(answer.fuente for answer in corrections if answer.fuente))
    urls = [answer.fuente_url for answer in corrections if answer.fuente_url]
    return Evidencia(
        confianza=confidence,
        fuente="; ".join([*norms, who.fuente])[-500:] if norms else who.fuente,
        fuente_url=urls[0] if urls else "",
        fecha=who.fecha.isoformat(),
        vista=who.fecha,
    )
