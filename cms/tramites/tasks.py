"""What takes force, or ends, by the clock."""

import logging
from collections.abc import Callable
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from cms.tramites.models import FichaPage

logger = logging.getLogger(__name__)


@shared_task(name="tramites.publish_scheduled")
def publish_scheduled() -> int:
    """Publishes approved revisions whose time has come and ends pages whose time is over; one does not stop another."""
    now = timezone.now()
    done = 0
    for revision in Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by(
        "approved_go_live_at"
    ):
        done += _try(partial(revision.publish), f"revision {revision.pk}")
    for page in FichaPage.objects.live().filter(expire_at__lte=now):
        done += _try(partial(page.unpublish, set_expired=True), page.codigo)
    return done


def _try(change: Callable[[], object], subject: str) -> bool:
    try:
        with transaction.atomic():
            change()
    except Exception:  # the edge of the worker: it is logged and tried again at the next tick
        logger.exception("A scheduled change failed.", extra={"event": "schedule_failed", "subject": subject})
        return False
    return True
