"""The state a sentence is in, in Quechua: what there is for the Spanish as it stands now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cms.tramites.models import Palabra
from cms.tramites.schema import seal


class Situacion(StrEnum):
    FALTA = "falta"
    DESACTUALIZADO = "desactualizado"
    BORRADOR = "borrador"
    TRADUCIDO = "traducido"
    REVISADO = "revisado"


PENDING = (Situacion.FALTA, Situacion.DESACTUALIZADO, Situacion.BORRADOR)
LABELS = {
    Situacion.FALTA: "Falta",
    Situacion.DESACTUALIZADO: "Desactualizado",
    Situacion.BORRADOR: "Borrador de máquina",
    Situacion.TRADUCIDO: "Traducido, sin revisar",
    Situacion.REVISADO: "Revisado",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`row` translates the sentence as it stands; `before` is the latest that translated an earlier one."""

    situacion: Situacion
    row: Palabra | None = None
    before: Palabra | None = None


def standing(spanish: str, rows: Iterable[Palabra]) -> Standing:
    """What `rows` (all of one key, oldest first) are worth for the sentence `spanish`."""
    sello, row, before = seal(spanish), None, None
    for candidate in rows:
        if candidate.sello == sello:
            row = candidate
        elif candidate.estado != Palabra.Estado.BORRADOR:
            before = candidate
    if row is not None and row.estado != Palabra.Estado.BORRADOR:
        return Standing(Situacion(row.estado), row, before)
    # A machine's draft beside a person's older sentence: citizens lack both; what the person wrote is what was lost.
    if row is not None:
        return Standing(Situacion.BORRADOR, row, before)
    return Standing(Situacion.DESACTUALIZADO if before else Situacion.FALTA, None, before)


def by_key(rows: Iterable[Palabra]) -> Mapping[str, list[Palabra]]:
    """Rows of one ficha, oldest first, by key."""
    found: dict[str, list[Palabra]] = {}
    for row in rows:
        found.setdefault(row.clave, []).append(row)
    return found
