"""What is not kept: originals after a day, contacts after a month, conversations after a year, all by setting."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations import ended, keepers
from cms.conversations.errors import NotAnAgent, OnHold
from cms.conversations.lines import locked
from cms.conversations.models import (
    OPEN_STATES,
    Conversation,
    Handoff,
    HandoffState,
    Hold,
    Message,
    Original,
    Owner,
)
from cms.conversations.one_by_one import one_by_one
from cms.conversations.operations.originals import agents_text

ORIGINAL_HOURS = 24
CONTACT_DAYS = 30
# A promised call nobody made ends by itself: at once almost where there is nobody to call.
CALL_DAYS = 30
CALL_WITHOUT_CONTACT_DAYS = 2
# Deleted in one transaction: a long one would keep citizens waiting.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows are over their time; `held`: conversations that stay by order though their time is over.

    `others`: what other apps keep of citizens, by its name.
    """

    originals: int
    contacts: int
    conversations: int
    held: int
    others: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.originals + self.contacts + self.conversations + sum(self.others.values())


def due(*, now: datetime | None = None) -> Report:
    """What `apply_retention` would delete now, with nothing deleted."""
    now = now or timezone.now()
    return Report(
        _originals(now).count(),
        _contacts(now).count(),
        _conversations(now).count(),
        _held(now).count(),
        keepers.due(now),
    )


def apply_retention(*, now: datetime | None = None) -> Report:
    """Deletes what is over its time and says how much it was; what is on hold stays. Can be stopped at any moment."""
    now = now or timezone.now()
    end_old_calls(now=now)
    held = _held(now).count()
    done = Report(
        _delete_originals(now),
        _delete_contacts(now),
        _delete_conversations(now),
        held,
        keepers.delete(now),
    )
    if done.total:
        record("conversations.retention", "conversations", **asdict(done))
    return done


def end_old_calls(*, now: datetime) -> int:
    """Ends the calls that nobody made in time, or else what they belong to would stay for ever; returns how many."""
    old = _old_calls(now).values_list("pk", "conversation_id")
    return one_by_one(lambda row: _end_if_old(*row, now), list(old), job="end_old_calls")


def _old_calls(now: datetime) -> QuerySet[Handoff]:
    calls = Handoff.objects.filter(state=HandoffState.CALLBACK).annotate(
        since=Coalesce("due_at", "requested_at")
    )
    without = Q(contact="", since__lt=now - timedelta(days=CALL_WITHOUT_CONTACT_DAYS))
    return calls.filter(without | Q(since__lt=now - timedelta(days=CALL_DAYS)))


@transaction.atomic
def _end_if_old(handoff_id: int, conversation_id: UUID, now: datetime) -> bool:
    locked(conversation_id)
    call = _old_calls(now).filter(pk=handoff_id).first()
    if call is None:
        return False
    Handoff.objects.filter(pk=call.pk).update(state=HandoffState.CANCELLED, ended_at=now)
    record("callback.expired", str(call.pk), contact=bool(call.contact), attempts=call.attempts)
    return True


def _free(now: datetime) -> Q:
    """Not on hold, and with nobody waiting for a person or a call."""
    wishes = Handoff.objects.filter(conversation=OuterRef("pk"), state__in=OPEN_STATES)
    wishes = wishes.exclude(pk__in=_old_calls(now).values("pk"))
    holds = Hold.objects.filter(conversation=OuterRef("pk"))
    return ~Exists(wishes) & ~Exists(holds) & ~Q(owner=Owner.AGENT)


def _quiet_since(now: datetime, **age: int) -> QuerySet[Conversation]:
    return Conversation.objects.filter(_free(now), last_activity_at__lt=now - timedelta(**age))


def _originals(now: datetime) -> QuerySet[Original]:
    return Original.objects.filter(
        message__conversation__in=_quiet_since(now, hours=ORIGINAL_HOURS).values("pk")
    )


def _contacts(now: datetime) -> QuerySet[Handoff]:
    held = Hold.objects.filter(conversation=OuterRef("conversation"))
    ended = Handoff.objects.filter(ended_at__lt=now - timedelta(days=CONTACT_DAYS)).exclude(contact="")
    return ended.exclude(Exists(held))


def _conversations(now: datetime) -> QuerySet[Conversation]:
    return _quiet_since(now, days=settings.RETENTION_DAYS)


def _held(now: datetime) -> QuerySet[Hold]:
    return Hold.objects.filter(
        conversation__last_activity_at__lt=now - timedelta(days=settings.RETENTION_DAYS)
    )


def _delete_originals(now: datetime) -> int:
    total = 0
    while keys := list(_originals(now).values_list("pk", flat=True)[:AT_ONCE]):
        total += Original.objects.filter(pk__in=keys).delete()[0]
    return total


def _delete_contacts(now: datetime) -> int:
    return _contacts(now).update(contact="", contact_kind="", contact_at=None)


def _delete_conversations(now: datetime) -> int:
    """One by one, each looked at again under its lock: somebody may just have written."""
    keys = list(_conversations(now).values_list("pk", flat=True))
    return one_by_one(lambda pk: _delete_if_over(pk, now), keys, job="apply_retention")


@transaction.atomic
def _delete_if_over(conversation_id: UUID, now: datetime) -> bool:
    locked(conversation_id)
    found = _conversations(now).filter(pk=conversation_id).first()
    if found is None:
        return False
    found.delete()
    return True


@transaction.atomic
def hold(*, conversation_id: UUID | str, by: User, why: str) -> Hold:
    """Keeps a conversation whatever its age. Raises NotAnAgent, ConversationNotFound, ValueError without a reason."""
    _check_supervisor(by)
    if not why.strip():
        raise ValueError("say who asks for it and why")
    current = locked(conversation_id)
    kept, fresh = Hold.objects.get_or_create(conversation=current, defaults={"by": by, "why": why.strip()})
    if fresh:
        record("conversation.held", str(current.pk), by=by, why=agents_text(current.pk, why.strip()))
    return kept


@transaction.atomic
def lift_hold(*, conversation_id: UUID | str, by: User, why: str) -> bool:
    """Lets retention go on; returns whether there was a hold. Raises NotAnAgent, ValueError without a reason."""
    _check_supervisor(by)
    if not why.strip():
        raise ValueError("say why it need not be kept any more")
    lifted, _rows = Hold.objects.filter(conversation_id=conversation_id).delete()
    if lifted:
        reason = agents_text(conversation_id, why.strip())
        record("conversation.released", str(conversation_id), by=by, why=reason)
    return bool(lifted)


@transaction.atomic
def erase_for_citizen(*, conversation: Conversation) -> None:
    """Deletes a conversation because its citizen wants so, a request for a person with it. Raises OnHold.

    Whoever is writing with an agent ends that first, by the same act.
    """
    current = locked(conversation.pk)
    if Hold.objects.filter(conversation=current).exists():
        raise OnHold(f"conversation {current.pk} is kept by order")
    lines = Message.objects.filter(conversation=current).count()
    ended.tell(current, erased=True)
    record("conversation.erased_by_citizen", str(current.pk), lines=lines, locale=current.locale)
    current.delete()


def _check_supervisor(by: User) -> None:
    if not has_role(by, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is no supervisor")
