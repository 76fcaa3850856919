"""What somebody proposes for one ficha, wherever it comes from: a sheet, an entity's answer, a draft."""

from dataclasses import dataclass
from enum import StrEnum

from cms.tramites.schema import Ficha


class Accion(StrEnum):
    NUEVA = "nueva"
    CAMBIA = "cambia"
    RETIRA = "retira"
    IGUAL = "igual"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One ficha as it would be. `ficha` is None only where it is to be withdrawn; `fila` is its row in a sheet."""

    codigo: str
    accion: Accion
    ficha: Ficha | None
    fila: int | None = None
    motivo: str = ""
    reemplazo: str = ""
