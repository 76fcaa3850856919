"""Writing a PO file somebody has said yes to: in the worker, ficha by ficha.

Each ficha is a transaction of its own, so that a large file holds up nobody, and one that is cut short goes on where it
stopped.
"""

import logging
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.editing.translation import sources
from cms.editing.translation.models import Importacion
from cms.editing.translation.operations import BadText, EditedMeanwhile, publish_and_count, store_word
from cms.editing.translation.rights import can_translate
from cms.tramites.schema import seal

logger = logging.getLogger(__name__)
Estado = Importacion.Estado


class AlreadyDecided(Exception):
    """The import was confirmed or discarded before."""


@transaction.atomic
def confirm(importacion: Importacion, *, by: User) -> None:
    """Says yes to what the report promised; the worker writes it. Raises AlreadyDecided."""
    _decide(importacion, Estado.APLICANDO)
    record("translation.import_confirmed", importacion.archivo, by=by, importacion=importacion.pk)
    # robust: where the broker is down, the schedule finds it.
    transaction.on_commit(_wake, robust=True)


@transaction.atomic
def discard(importacion: Importacion, *, by: User) -> None:
    """Forgets the file. Raises AlreadyDecided."""
    _decide(importacion, Estado.DESCARTADA)
    Importacion.objects.filter(pk=importacion.pk).update(entradas=[])
    record("translation.import_discarded", importacion.archivo, by=by, importacion=importacion.pk)


def _decide(importacion: Importacion, estado: str) -> None:
    pending = Importacion.objects.filter(pk=importacion.pk, estado=Estado.PENDIENTE)
    if not pending.update(estado=estado):
        raise AlreadyDecided(str(importacion))


def _wake() -> None:
    from cms.editing.translation.tasks import apply_imports  # the task imports this module

    apply_imports.delay()


def apply_confirmed() -> int:
    """Writes all that was confirmed and is not written yet; returns how many files were finished."""
    waiting = list(Importacion.objects.filter(estado=Estado.APLICANDO).select_related("by"))
    return sum(_apply(importacion) for importacion in waiting)


def _apply(importacion: Importacion) -> bool:
    """False where another process is at it."""
    entries: list[dict[str, Any]] = importacion.entradas
    done = importacion.hechas
    for _codigo, group in groupby(entries[done:], key=itemgetter("codigo")):
        some = list(group)
        if not _apply_ficha(importacion, done, some):
            return False
        done += len(some)
    finished = Importacion.objects.filter(pk=importacion.pk, estado=Estado.APLICANDO)
    return bool(finished.update(estado=Estado.APLICADA, aplicada_at=timezone.now(), entradas=[]))


def _apply_ficha(importacion: Importacion, done: int, entries: list[dict[str, Any]]) -> bool:
    """Compare-and-set on what is done: of two processes one writes the ficha."""
    with transaction.atomic():
        mine = Importacion.objects.filter(pk=importacion.pk, estado=Estado.APLICANDO, hechas=done)
        if not mine.update(hechas=done + len(entries)):
            return False
        written = _written(importacion, entries)
        Importacion.objects.filter(pk=importacion.pk).update(escritas=F("escritas") + written)
    return True


def _written(importacion: Importacion, entries: list[dict[str, Any]]) -> int:
    """How many were written. A ficha that cannot be published is left as it was, and does not stop the others."""
    try:
        with transaction.atomic():
            return _write(importacion, entries)
    except Exception:  # the edge of the worker: the file goes on with the next ficha
        logger.exception(
            "Imported translations were left.",
            extra={"event": "translation_import_failed", "subject": entries[0]["codigo"]},
        )
        return 0


def _write(importacion: Importacion, entries: list[dict[str, Any]]) -> int:
    codigo = entries[0]["codigo"]
    entidad = sources.entity_of(codigo)
    if entidad is None or not can_translate(importacion.by, entidad.codigo):
        return 0
    current = sources.current_seals(codigo)
    fresh = [entry for entry in entries if (entry["clave"], seal(entry["castellano"])) in current]
    written = sum(_store(entry, importacion) for entry in fresh)
    if written:
        publish_and_count(codigo, by=importacion.by)
    return written


def _store(entry: dict[str, Any], importacion: Importacion) -> bool:
    """A sentence somebody saved since the report stays as it is."""
    try:
        store_word(
            entry["codigo"],
            entry["clave"],
            spanish=entry["castellano"],
            texto=entry["texto"],
            edicion=entry["edicion"],
            variedad=importacion.variedad,
            by=importacion.by,
            draft=entry["borrador"],
        )
    except (EditedMeanwhile, BadText):
        return False
    return True
