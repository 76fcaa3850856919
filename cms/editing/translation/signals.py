"""A draft saved by a person, and a package sent, taken back or stopped, change what can be translated ahead."""

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from cms.editing.packages.models import Paquete
from cms.editing.proposals import Accion
from cms.editing.translation.progress import refresh, refresh_all


def revision_was_saved(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """What machines load in bulk is counted when it is published, or at night."""
    if instance.user_id is None or "codigo" not in instance.content or "aspectos" not in instance.content:
        return
    # robust: a count that fails must not undo what an editor saved.
    transaction.on_commit(partial(refresh, [instance.content["codigo"]]), robust=True)


def package_was_saved(
    sender: type[Paquete], instance: Paquete, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Counts its fichas anew where it may have moved on: what stands in a draft of a package is nobody's promise yet."""
    if update_fields is not None and "estado" in update_fields:
        # robust: a count that fails must not undo a decision.
        transaction.on_commit(partial(_count, instance), robust=True)


def _count(package: Paquete) -> None:
    refresh_all(package.partidas.exclude(accion=Accion.IGUAL).values_list("codigo", flat=True))
