"""What a row says is to be done with its ficha, in the words entities write: «Se elimina», «DEROGADO», "sin modificación"."""

import re

from cms.editing.proposals import Accion
from lenguas.normalise import fold

UNDERSTOOD = (
    "nueva (nuevo, alta, incorporado, creado); cambia (modificado, actualizado); "
    "retira (eliminado, suprimido, derogado, baja); igual (sin cambio, se mantiene, vigente); o deja la celda vacía"
)
_MEANINGS: tuple[tuple[Accion, str], ...] = (
    (Accion.IGUAL, r"(sin|ningun|no (tiene|hay|sufre)) (cambio|modificacion|variacion)(e?s)?|no (se )?(cambia|modifica|varia)n?"
                   r"|vigentes?|(queda )?igual(es)?|mantener|(se )?(mantiene|conserva|continua)n?|mantenid[oa]s?"),
    (Accion.NUEVA, r"nuev[oa]s?|alta|crear|creacion|incorporar|incorporacion|inclusion|agregar"
                   r"|(se )?(crea|incorpora|agrega|incluye)n?|(cread|incorporad|agregad|incluid)[oa]s?"),
    (Accion.CAMBIA, r"cambios?|cambiar|modificar|modificacion(es)?|actualizar|actualizacion"
                    r"|(se )?(cambia|modifica|actualiza)n?|(cambiad|modificad|actualizad)[oa]s?"),
    (Accion.RETIRA, r"retiros?|retirar|eliminar|eliminacion|suprimir|supresion|derogar|derogacion|(de )?baja|dar de baja"
                    r"|(se )?(retira|elimina|suprime|deroga)n?|(retirad|eliminad|suprimid|derogad)[oa]s?|dad[oa]s? de baja"),
)  # fmt: skip
# What is done is said of the thing it is done to: «Procedimiento nuevo».
_THING = r"\b(procedimiento|servicio|tramite|ficha)s?\b"


class NotAnActionError(ValueError):
    """The message lists the words that are understood."""


def action(text: str) -> Accion | None:
    """None where the cell leaves it to what results of comparing; raises NotAnActionError."""
    said = " ".join(re.sub(r"[^\w\s?¿]|_", " ", re.sub(_THING, " ", fold(text))).split())
    if not said and not re.search(r"\w", text):
        return None
    for meaning, pattern in _MEANINGS:
        if re.fullmatch(pattern, said):
            return meaning
    raise NotAnActionError(f"«{text[:40]}» no es una acción que se entienda. Se entiende: {UNDERSTOOD}.")


def is_action(text: str) -> bool:
    try:
        return action(text) is not None
    except NotAnActionError:
        return False
