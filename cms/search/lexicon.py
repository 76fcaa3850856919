"""The names in force: what tells the name of a tramite from the question around it."""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cms.directory.models import Entidad, Sede
from cms.directory.queries import ALO_MAC
from cms.publishing.models import Change
from cms.tramites.models import Tramite, Version
from cms.tramites.queries import TOPIC, ficha_of
from cms.tramites.schema import Ficha

BATCH = 500  # versions whose names are read at once

Key = tuple[int | None, str]  # a version's id and digest


@dataclass(frozen=True, slots=True)
class Lexicon:
    """JSON of `{revision, entries, sedes, entidades}`, megabytes of it, and a tag that is its own."""

    revision: int
    body: bytes
    etag: str
    at: datetime | None


@dataclass
class _Written:
    """The lexicon as it was last written, and the JSON of each version's names, which never change."""

    lexicon: Lexicon | None = None
    names: dict[Key, str] = field(default_factory=dict)
    writing: threading.Lock = field(default_factory=threading.Lock)


_written = _Written()  # one per process


def lexicon() -> Lexicon:
    """Made anew only when something was published since, and of that only what was: it is asked for every second."""
    revision, at = _newest()
    found = _written.lexicon
    if found is None or (found.revision, found.at) != (revision, at):
        with _written.writing:
            found = _written.lexicon = _write(revision, at)
    return found


def _newest() -> tuple[int, datetime | None]:
    """The last change and its time: what is rolled back leaves its number to another."""
    changes = Change.objects.filter(topic=TOPIC).order_by("-id")
    return changes.values_list("id", "at").first() or (0, None)


def _write(revision: int, at: datetime | None) -> Lexicon:
    head = {"revision": revision, "sedes": _sedes(), "entidades": _entidades()}
    entries = ", ".join(_entries())
    body = f'{_json(head)[:-1]}, "entries": [{entries}]}}'.encode()
    digest = hashlib.md5(body, usedforsecurity=False).hexdigest()
    return Lexicon(revision, body, f'"{digest}"', at)


def _entries() -> Iterator[str]:
    """Of every public tramite, in alphabetical order."""
    current: list[Key] = list(Tramite.objects.public().values_list("version_id", "version__digest"))
    names = {key: known for key in current if (known := _written.names.get(key))}
    unread = [pk for pk, digest in current if pk and (pk, digest) not in names]
    for start in range(0, len(unread), BATCH):
        for version in Version.objects.filter(pk__in=unread[start : start + BATCH]):
            ficha = ficha_of(version)
            entry = {"codigo": ficha.codigo, "names": _names(ficha)}
            names[version.pk, version.digest] = _json(entry)
    _written.names = names
    return (names[key] for key in current)


def _sedes() -> list[dict[str, Any]]:
    sedes = Sede.objects.exclude(modalidad=ALO_MAC)
    return [{"id": sede.codigo, "names": [sede.nombre]} for sede in sedes]


def _entidades() -> list[dict[str, Any]]:
    return [
        {"id": row.codigo, "names": list(dict.fromkeys(filter(None, [row.sigla, row.nombre, *row.alias])))}
        for row in Entidad.objects.all()
    ]


def _names(ficha: Ficha) -> dict[str, list[str]]:
    spanish, quechua = ficha.name("es"), ficha.name("qu")
    return {
        "es": [spanish, *ficha.hechos.alias.es],
        "qu": [*([quechua] if quechua != spanish else []), *ficha.hechos.alias.qu],
    }


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
