"""How long a citizen may wait for a person of Aló MAC, as an administrator has written it down."""

from dataclasses import dataclass

from cms import kept
from cms.directory.models import MetasDeAtencion

KEY = "directory:metas"
KEPT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Metas:
    """In seconds, and percent of those who asked. `fijadas`: somebody wrote them; else the desk's own beginning."""

    respuesta: int = 180
    aviso: int = 60
    alarma: int = 180
    abandono: int | None = None
    fijadas: bool = False


def metas() -> Metas:
    """Those in force; asked for with each row of a list, so they are kept for some seconds."""
    known: Metas | None = kept.get(KEY)
    if known is None:
        row = MetasDeAtencion.objects.first()
        known = Metas(row.respuesta, row.aviso, row.alarma, row.abandono, fijadas=True) if row else Metas()
        kept.put(KEY, known, KEPT_SECONDS)
    return known


def forget() -> None:
    """What was written a moment ago holds from the next look on, in this process."""
    kept.put(KEY, None, 1)
