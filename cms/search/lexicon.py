"""The names in force: what tells the name of a tramite from the question around it."""

from typing import Any

from cms.directory.models import Entidad, Sede
from cms.directory.queries import ALO_MAC
from cms.search.index import newest_change
from cms.tramites.queries import ficha_of, public_tramites
from cms.tramites.schema import Ficha

_cached: tuple[int, dict[str, Any]] | None = None


def lexicon() -> dict[str, Any]:
    """`{revision, entries, sedes, entidades}`; made anew only when something was published since."""
    global _cached  # one cache per process, replaced whole
    revision = newest_change()
    if _cached is None or _cached[0] != revision:
        _cached = (revision, _read(revision))
    return _cached[1]


def _read(revision: int) -> dict[str, Any]:
    sedes = Sede.objects.exclude(modalidad=ALO_MAC)
    return {
        "revision": revision,
        "entries": [
            {"codigo": tramite.codigo, "names": _names(ficha_of(tramite.version))}
            for tramite in public_tramites()
            if tramite.version
        ],
        "sedes": [{"id": sede.codigo, "names": [sede.nombre]} for sede in sedes],
        "entidades": [
            {
                "id": row.codigo,
                "names": list(dict.fromkeys(filter(None, [row.sigla, row.nombre, *row.alias]))),
            }
            for row in Entidad.objects.all()
        ],
    }


def _names(ficha: Ficha) -> dict[str, list[str]]:
    spanish, quechua = ficha.name("es"), ficha.name("qu")
    return {
        "es": [spanish, *ficha.hechos.alias.es],
        "qu": [*([quechua] if quechua != spanish else []), *ficha.hechos.alias.qu],
    }
