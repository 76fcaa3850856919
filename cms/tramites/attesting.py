"""An entity's own word behind an aspect: how the source says it, and how it is read again."""

import re
from datetime import date

from cms.tramites.schema import Confianza, Evidencia

# At the end of the source: before it stand the norms the entity named.
WORDED = re.compile(r"Confirmado por .+ \(.+\), (\d{4}-\d{2}-\d{2})$")


def attested(entidad: str, cargo: str, day: date) -> str:
    """The source of what a person of the entity confirmed."""
    return f"Confirmado por {entidad} ({cargo}), {day.isoformat()}"


def attested_on(evidence: Evidencia) -> date | None:
    """The day the entity confirmed all of the aspect; None where it left something open, or somebody else says it."""
    found = WORDED.search(evidence.fuente) if evidence.confianza is Confianza.ALTA else None
    return date.fromisoformat(found[1]) if found else None
