"""Who says it, as a reader is told: nothing where the entity says it itself."""

import re

from cms.directory.models import Entidad
from cms.ui.blocks import Respuesta
from cms.ui.formats import source_name
from lenguas.normalise import fold


def told_source(answer: Respuesta, entidad: Entidad) -> str:
    """The sources of `answer` with month and year; empty where all of them are the entity's own."""
    if not answer.fuente or all(_own(part, entidad) for part in answer.fuente.split(";")):
        return ""
    named = source_name(answer.fuente)
    when = source_name(answer.fecha)
    return named if not when or when[-4:] in named else f"{named} ({when})"


def _own(source: str, entidad: Entidad) -> bool:
    said = set(re.findall(r"\w+", fold(source)))
    sigla = set(re.findall(r"\w+", fold(entidad.sigla)))
    return (
        "gob.pe" in source
        or "Confirmado por" in source
        or (bool(sigla) and sigla <= said and "guia" not in said)
    )
