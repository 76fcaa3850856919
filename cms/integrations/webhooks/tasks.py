"""The worker's side: it hands deliveries to threads of its own and is free again at once."""

from celery import shared_task

from cms.integrations.webhooks.operations import prune, send_due


@shared_task(name="webhooks.deliver")
def deliver() -> int:
    """Also the sweeper: the schedule calls it every few seconds, for retries and for wake-ups that were lost."""
    return send_due()


@shared_task(name="webhooks.prune")
def prune_deliveries() -> int:
    return prune()
