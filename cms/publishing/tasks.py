"""The worker's side of the outbox."""

from celery import shared_task
from django.utils import timezone

from cms.publishing.models import Pulse
from cms.publishing.operations import prune, work_due

WORKER = "worker"


@shared_task(name="publishing.work_outbox")
def work_outbox() -> int:
    """Also the sweeper: the schedule calls it every few seconds, so a lost wake-up costs seconds, not a fact.

    Having run it is the worker's sign of life, read by /readyz.
    """
    done = work_due()
    Pulse.objects.update_or_create(name=WORKER, defaults={"at": timezone.now()})
    return done


@shared_task(name="publishing.prune")
def prune_outbox() -> int:
    return prune()
