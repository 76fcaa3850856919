"""Holding a package back when what it was compared with is no longer so, and telling whom it concerns."""

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.editing.packages.models import Estado, Paquete


def halt(package: Paquete, *, by: User | None, why: str) -> Paquete:
    """Marks a locked package as stopped, with which fichas and who; inside the caller's transaction.

    Who sent it and who approved it are written to: at the hour it was to take force nobody is looking.
    """
    package.estado, package.porque = Estado.DETENIDO, why
    concerned = {package.enviado_por_id, package.aprobado_por_id} - {None, by.pk if by else None}
    told = {"a": sorted(pk for pk in concerned if pk), "porque": why, "at": timezone.now().isoformat()}
    package.por_avisar = told if told["a"] else {}
    package.save(update_fields=["estado", "porque", "por_avisar"])
    record("package.stopped", package.subject, by=by, why=why)
    transaction.on_commit(_wake, robust=True)
    return package


def _wake() -> None:
    from cms.editing.packages.tasks import tell_stopped  # the task imports the operations

    tell_stopped.delay()
