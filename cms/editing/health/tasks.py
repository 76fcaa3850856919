"""What is measured beside the requests."""

from celery import shared_task

from cms.editing.health.links import check_beside
from cms.editing.health.measuring import count_questions, rebuild_some
from cms.editing.health.searches import forget_searches


@shared_task(name="health.rebuild")
def rebuild(after: str = "") -> None:
    """All fichas, some at a time: each call asks for the next, so that a publication is followed in between."""
    if not after:
        count_questions()
        forget_searches()
    last = rebuild_some(after)
    if last:
        rebuild.delay(last)


@shared_task(name="health.check_links")
def check_links() -> bool:
    return check_beside()
