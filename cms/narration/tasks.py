"""The worker's side of the recordings."""

from celery import shared_task

from cms.narration.making import shelf
from cms.narration.operations import mark_stale


@shared_task(name="narration.trim")
def trim() -> int:
    return shelf().trim()


@shared_task(name="narration.mark_stale")
def look_for_changed_texts() -> int:
    """Texts also change with the day: a fee may be in force from a date on."""
    return mark_stale()
