"""What takes force, or ends, by the clock."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.audit.operations import record
from cms.tramites.models import FichaPage
from cms.tramites.workflow import publish_when_due

logger = logging.getLogger(__name__)

LOCK_KEPT = timedelta(hours=24)


@shared_task(name="tramites.publish_scheduled")
def publish_scheduled() -> int:
    """Publishes approved revisions whose time has come and ends pages whose time is over; one does not stop another."""
    now = timezone.now()
    done = 0
    for revision in Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by(
        "approved_go_live_at"
    ):
        done += _try(partial(publish_when_due, revision), f"revision {revision.pk}")
    for page in FichaPage.objects.live().filter(expire_at__lte=now):
        done += _try(partial(page.unpublish, set_expired=True), page.codigo)
    _release_forgotten_locks()
    return done


def _release_forgotten_locks() -> None:
    """Who locked a ficha and went home does not keep it: a lock is for a working day."""
    forgotten = Page.objects.filter(locked=True, locked_at__lt=timezone.now() - LOCK_KEPT)
    for page in forgotten.select_related("locked_by"):
        locker = page.locked_by.get_username() if page.locked_by else ""
        if forgotten.filter(pk=page.pk).update(locked=False, locked_by=None, locked_at=None):
            record("tramite.lock_released", page.slug, locked_by=locker)


def _try(change: Callable[[], object], subject: str) -> bool:
    """Whether `change` was made: it was not when it says so (False), or failed."""
    try:
        with transaction.atomic():
            return change() is not False
    except Exception:  # the edge of the worker: it is logged and tried again at the next tick
        logger.exception("A scheduled change failed.", extra={"event": "schedule_failed", "subject": subject})
        return False
