"""What the clock does for the API."""

from celery import shared_task

from cms.api.operations import prune


@shared_task(name="api.prune_drafts")
def prune_drafts() -> int:
    return prune()
