"""Which state of the world a page was made in: compared at each look, so that no process has to be told of a change."""

import time
from typing import Any

from django.db import connection, models
from django.db.models import F

from cms.directory.models import Entidad, Feriado, Sede, Tema, Tramo
from cms.notices.models import Aviso
from cms.portal.models import Generation
from cms.publishing.models import Change

ONLY = 1
# What stands on a ficha's page beside its version: names, places and their hours, holidays, notices.
WATCHED: tuple[type[models.Model], ...] = (Entidad, Feriado, Sede, Tema, Tramo, Aviso)

Stamp = tuple[int, int]
# One question instead of two: it is asked at every look at a kept page.
QUESTION = (
    f"SELECT (SELECT MAX(id) FROM {Change._meta.db_table}), "  # noqa: S608 names of our own tables
    f"(SELECT number FROM {Generation._meta.db_table} WHERE id = {ONLY})"
)


def stamp() -> Stamp:
    """Equal as long as nothing was published, withdrawn, or changed in the directory or the notices."""
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        published, generation = cursor.fetchone()
    return published or 0, generation or 0


class Look:
    """The stamp as this process last saw it; looked at anew when it is older than a moment."""

    def __init__(self) -> None:
        self._seen: tuple[float, Stamp] | None = None

    def stamp(self, seconds: float) -> Stamp:
        """At most `seconds` old: in a rush one question serves many readers."""
        now = time.monotonic()
        seen = self._seen
        if seen is None or now - seen[0] >= seconds:
            # When it was asked counts, not when it was answered.
            seen = self._seen = (now, stamp())
        return seen[1]


def rise(sender: type, **kwargs: Any) -> None:
    """In the transaction of the change: who sees one sees the other."""
    if not Generation.objects.filter(pk=ONLY).update(number=F("number") + 1):
        Generation.objects.get_or_create(pk=ONLY)


def watch() -> None:
    """Called once, when the apps are ready."""
    links = (field.remote_field.through for field in Aviso._meta.many_to_many)
    for model in (*WATCHED, *_beside_places(), *filter(None, links)):
        name = f"portal.generation.{model._meta.label}"
        models.signals.post_save.connect(rise, sender=model, dispatch_uid=f"{name}.saved")
        models.signals.post_delete.connect(rise, sender=model, dispatch_uid=f"{name}.deleted")
        models.signals.m2m_changed.connect(rise, sender=model, dispatch_uid=f"{name}.linked")


def _beside_places() -> list[type[models.Model]]:
    """Whatever else hangs on a place, such as the hours of one special day."""
    return [
        relation.related_model
        for relation in Sede._meta.related_objects
        if relation.one_to_many and relation.related_model not in WATCHED
    ]
