"""What the sheet itself has to say of its rows: errors that stop the package, and warnings somebody must accept by name."""

import hashlib
from collections.abc import Iterable
from typing import Any

from cms.editing.packages.checking import Check
from cms.editing.packages.models import Paquete
from cms.editing.sheets.problems import Level, Problem

OF_THE_SHEET = "hoja."


def as_kept(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """As a package keeps them; a warning has an id, which says of which row and what: it is accepted once."""
    return [
        {"fila": p.fila, "columna": p.columna, "mensaje": p.mensaje, "level": str(p.level)}
        | ({"id": _id(p)} if p.level is Level.AVISO else {})
        | ({"pide": p.pide} if p.pide else {})
        for p in problems
    ]


def _id(problem: Problem) -> str:
    said = "\n".join((str(problem.fila or ""), problem.columna, problem.mensaje))
    return OF_THE_SHEET + hashlib.sha256(said.encode()).hexdigest()[:16]


def sheet_checks(package: Paquete) -> list[Check]:
    """The warnings of its sheet, in its order. What a person left out by name is no question any more and has no id."""
    return [
        Check(told["id"], told["level"], _told(told), aceptado=package.avisos.get(told["id"]))
        for told in package.problemas
        if "id" in told
    ]


def _told(told: dict[str, Any]) -> str:
    return Problem(told["fila"], told["columna"], told["mensaje"], Level.AVISO).texto


def pending(package: Paquete) -> int:
    return sum(check.pending for check in sheet_checks(package))


def still_said(package: Paquete, problems: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Of what was accepted, what a sheet read again still says."""
    said = {told["id"] for told in problems if "id" in told}
    return {identifier: why for identifier, why in package.avisos.items() if identifier in said}


def asked(package: Paquete) -> list[str]:
    """What its sheet leaves open and a person can answer here: `pagos`, `plazos`, `nombre:<codigo>`."""
    return list(dict.fromkeys(told["pide"] for told in package.problemas if told.get("pide")))
