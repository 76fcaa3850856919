"""When nobody is left who could come: the queue is kept for a while, then calls are promised; whoever is back finds it."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.conversations.availability import (
    is_attended_hour,
    is_somebody_on_break,
    position,
    present_agents,
    was_attended,
)
from cms.conversations.lines import Draft, append, drop_unanswered, hand_over, locked
from cms.conversations.models import LOCALES, Handoff, HandoffState, Owner, Sender
from cms.conversations.one_by_one import one_by_one
from cms.conversations.operations.handoffs import NOBODY_FOR_SECONDS, give_up_waiting, undo_choice
from cms.conversations.phrases import say
from cms.directory.hours import LIMA


def turn_into_callbacks(*, now: datetime | None = None) -> int:
    """Requests nobody is there to take become callbacks, with a case number; returns how many.

    After closing time at once. In open hours only when nobody who speaks the language has been there for some
    minutes, because an agent whose connection broke is often back in one; and while somebody is on a break, after
    a time of grace. Who was told that anybody may come waits for anybody.
    """
    now = now or timezone.now()
    waiting = Handoff.objects.filter(state=HandoffState.WAITING)
    if not is_attended_hour(now):
        given_up = list(waiting)
    else:
        alone = _left_alone(now)
        waiting.exclude(alone).exclude(unattended_since=None).update(unattended_since=None)
        given_up = [handoff for handoff in waiting.filter(alone) if not _is_in_grace(handoff, now)]
    keys = [handoff.conversation_id for handoff in given_up]
    return one_by_one(_turn_into_callback, keys, job="turn_into_callbacks")


def _left_alone(now: datetime) -> Q:
    """Those for whom nobody has been available lately."""
    gone = [locale for locale, _name in LOCALES if not was_attended(locale, now, NOBODY_FOR_SECONDS)]
    alone = Q(locale__in=gone)
    return alone & Q(fallback_told_at=None) if was_attended("", now, NOBODY_FOR_SECONDS) else alone


def _is_in_grace(handoff: Handoff, now: datetime) -> bool:
    """Whether somebody is on a break only, and has not been for too long; the time runs from the first look on."""
    if not is_somebody_on_break("" if handoff.fallback_told_at else handoff.locale, now):
        return False
    if handoff.unattended_since is None:
        Handoff.objects.filter(pk=handoff.pk, unattended_since=None).update(unattended_since=now)
        return True
    return now < handoff.unattended_since + timedelta(seconds=settings.QUEUE_GRACE_SECONDS)


@transaction.atomic
def _turn_into_callback(conversation_id: UUID | str) -> bool:
    current = locked(conversation_id)
    handoff = Handoff.objects.filter(conversation=current, state=HandoffState.WAITING).first()
    if handoff is None or current.owner != Owner.QUEUE:
        return False
    give_up_waiting(current, handoff)
    return True


def bring_back(*, now: datetime | None = None) -> int:
    """Who waited today, was given up and left no contact waits again, in the old place, once an agent is back.

    Without a contact nobody can call them, so the queue is the only way to keep what was promised. Returns how many.
    """
    now = now or timezone.now()
    if not is_attended_hour(now):
        return 0
    morning = datetime.combine(now.astimezone(LIMA).date(), time.min, tzinfo=LIMA)
    given_up = Handoff.objects.filter(
        state=HandoffState.CALLBACK,
        contact="",
        dropped_at__gte=morning,
        conversation__owner=Owner.ASSISTANT,
    )
    if not given_up.exists():
        return 0
    there = [locale for locale, _name in LOCALES if present_agents(now, locale).exists()]
    met = Q(locale__in=there)
    if present_agents(now).exists():
        met |= Q(fallback_told_at__isnull=False)
    again = given_up.filter(met).order_by("requested_at", "id").values_list("conversation_id", flat=True)
    return one_by_one(_bring_back, list(again), job="bring_back")


@transaction.atomic
def _bring_back(conversation_id: UUID | str) -> bool:
    current = locked(conversation_id)
    handoff = Handoff.objects.filter(
        conversation=current, state=HandoffState.CALLBACK, contact="", dropped_at__isnull=False
    ).first()
    if handoff is None or current.owner != Owner.ASSISTANT:
        return False
    handoff.state, handoff.due_at, handoff.unattended_since = HandoffState.WAITING, None, None
    handoff.save(update_fields=["state", "due_at", "unattended_since"])
    drop_unanswered(current)
    text = say("back_in_queue", current.locale, position=position(handoff))
    told = Draft(Sender.SYSTEM, text, current.locale, choices=[undo_choice(current.locale)])
    append(current, [told], **hand_over(Owner.QUEUE))
    return True
