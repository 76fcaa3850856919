"""Work on translations that nobody waits for."""

from celery import shared_task

from cms.editing.translation.applying import apply_confirmed
from cms.editing.translation.progress import rebuild


@shared_task(name="translation.apply_imports")
def apply_imports() -> int:
    """Also the sweeper: the schedule calls it, so that a file confirmed before a crash is written after it."""
    return apply_confirmed()


@shared_task(name="translation.rebuild_progress")
def rebuild_progress() -> int:
    """Mends whatever a lost signal left behind, and takes in what citizens asked about since."""
    return rebuild()
