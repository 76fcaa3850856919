"""What agents noted of calls is not kept for ever; the figures of the call are."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from cms.desk.models import Outcome

# As long as the contact of a promised call: long enough for whoever calls again.
NOTE_DAYS = 30
NOTES = "notas de llamadas"


def due(now: datetime) -> dict[str, int]:
    return {NOTES: _notes(now).count()}


def delete(now: datetime) -> dict[str, int]:
    return {NOTES: _notes(now).update(note="")}


def reseal() -> tuple[int, int]:
    """Nothing here is sealed: a note is covered when it is written."""
    return 0, 0


def _notes(now: datetime) -> QuerySet[Outcome]:
    return Outcome.objects.filter(at__lt=now - timedelta(days=NOTE_DAYS)).exclude(note="")
