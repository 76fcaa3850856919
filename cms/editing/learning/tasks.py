"""What is done beside the requests."""

from celery import shared_task

from cms.editing.learning.collecting import collect


@shared_task(name="learning.collect")
def collect_candidates() -> int:
    """Finds what was not understood since the last time; forgets what may not be kept."""
    return collect()
