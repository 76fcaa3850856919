"""The worker's side of the outbox."""

from celery import shared_task

from cms.publishing.operations import work_due


@shared_task(name="publishing.work_outbox")
def work_outbox() -> int:
    """Also the sweeper: the schedule calls it every few seconds, so a lost wake-up costs seconds, not a fact."""
    return work_due()
