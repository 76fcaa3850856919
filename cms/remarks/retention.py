"""What is not kept: contact, name and sealed text a month after the answer, all of it after the time of a conversation.

One that nobody has answered is never deleted by its age: it is still to be done.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.conversations import sealing
from cms.conversations.keepers import Keeper
from cms.conversations.models import Hold
from cms.conversations.operations.retention import CONTACT_DAYS
from cms.remarks.models import Letter, Remark, State

PERSONAL = "datos de quien escribió un reclamo, una felicitación o una sugerencia"
WHOLE = "reclamos, felicitaciones y sugerencias"


def due(now: datetime) -> dict[str, int]:
    return {PERSONAL: _personal(now).count(), WHOLE: _whole(now).count()}


def delete(now: datetime) -> dict[str, int]:
    """Deletes what is over its time; the digest stays, so that the answer is still found with the contact."""
    bared = _personal(now).update(name="", contact="", contact_kind="", sealed="")
    return {PERSONAL: bared, WHOLE: _whole(now).delete()[0]}


def _answered_before(now: datetime, days: int) -> QuerySet[Remark]:
    """Without those whose conversation is kept by order, and those whose answer is still being sent."""
    held = Hold.objects.filter(conversation=OuterRef("conversation"))
    old = Remark.objects.filter(state=State.ANSWERED, answered_at__lt=now - timedelta(days=days))
    return old.exclude(Exists(held)).exclude(letter=Letter.DUE)


def _personal(now: datetime) -> QuerySet[Remark]:
    return _answered_before(now, CONTACT_DAYS).exclude(Q(name="") & Q(contact="") & Q(sealed=""))


def _whole(now: datetime) -> QuerySet[Remark]:
    return _answered_before(now, settings.RETENTION_DAYS)


def reseal() -> tuple[int, int]:
    """Seals every text with the first key; how many were, and how many no key opens."""
    done = shut = 0
    for remark in Remark.objects.exclude(sealed="").only("sealed").iterator(chunk_size=500):
        again = sealing.resealed(remark.sealed)
        shut += again is None
        if again is not None:
            done += Remark.objects.filter(pk=remark.pk, sealed=remark.sealed).update(sealed=again)
    return done, shut


KEEPER = Keeper(due, delete, reseal)
