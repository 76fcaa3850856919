"""Fichas as agents name them in a form: the name and the entity, chosen from a list or typed."""

from cms import kept
from cms.directory.models import Entidad
from cms.tramites.models import Tramite
from cms.tramites.queries import public_tramites
from lenguas.normalise import fold

KEPT_SECONDS = 60


def names() -> dict[str, str]:
    """`Duplicado del DNIe · RENIEC` of every public ficha, by its code."""
    known: dict[str, str] | None = kept.get("desk:ficha-names")
    if known is None:
        corto = dict(entities())
        rows = public_tramites().values_list("codigo", "nombre", "entidad__codigo").order_by("nombre")
        known = {codigo: f"{nombre} · {corto[entidad]}" for codigo, nombre, entidad in rows}
        kept.put("desk:ficha-names", known, KEPT_SECONDS)
    return known


def entities() -> list[tuple[str, str]]:
    """(code, what people call it) of every entity, in alphabetical order."""
    return sorted(((row.codigo, row.corto) for row in Entidad.objects.all()), key=lambda row: fold(row[1]))


def code_of(said: str) -> str:
    """The code of the ficha that is named so; "" where no one, or more than one, is."""
    if said in names():
        return said
    wanted = fold(said)
    found = [codigo for codigo, name in names().items() if fold(name) == wanted]
    return found[0] if len(found) == 1 else ""


def entity_of(codigo: str) -> str:
    """The code of the entity a ficha belongs to; "" for an unknown one."""
    return Tramite.objects.filter(codigo=codigo).values_list("entidad__codigo", flat=True).first() or ""
