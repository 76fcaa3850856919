"""A citizen's wish for a person: asking, leaving a contact, undoing. No part of the assistant is involved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from cms.conversations.availability import (
    Standing,
    callback_due,
    is_attended_hour,
    position,
    standing,
    standing_of,
    state_for,
)
from cms.conversations.contacts import Contact
from cms.conversations.errors import NothingRequested
from cms.conversations.lines import Draft, append, drop_unanswered, hand_over, locked
from cms.conversations.models import (
    OPEN_STATES,
    UNCLAIMED_STATES,
    ContactKind,
    Conversation,
    Handoff,
    HandoffState,
    Message,
    Owner,
    Reason,
    Sender,
)
from cms.conversations.one_by_one import one_by_one
from cms.conversations.payloads import UNDO_HANDOFF, of_locale
from cms.conversations.personal import mask
from cms.conversations.phrases import LANGUAGE_CHOICES, say
from cms.directory.hours import LIMA
from cms.directory.weekdays import weekday

NOBODY_FOR_SECONDS = 300
# For so long a Quechua-speaking citizen is kept for agents who speak it; then better somebody than nobody.
QUECHUA_KEPT_SECONDS = 180
SAID_AGAIN_AFTER_SECONDS = 30
MOST_DETAIL = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a person is asked for, in a closed word and in the citizen's own, and how to reach the citizen."""

    reason: Reason = Reason.ASKED
    detail: str = ""
    contact: Contact | None = None
    best_time: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said about a request, and what changes in the conversation with it."""

    draft: Draft
    changes: dict[str, Any]


@transaction.atomic
def ask_for_person(
    *, conversation: Conversation, wish: Wish = Wish(), in_reply_to: int | None = None
) -> Message:
    """Requests a person and announces it; asking again changes nothing but says how it stands.

    Somebody who asks again and again is answered with what was said a moment ago.
    """
    current = locked(conversation.pk)
    if in_reply_to is None and wish.contact is None and (said := _said_a_moment_ago(current)):
        return said
    announced = announce(current, wish, sender=Sender.SYSTEM, in_reply_to=in_reply_to)
    return append(current, [announced.draft], **announced.changes)[0]


def _said_a_moment_ago(current: Conversation) -> Message | None:
    """The announcement of the open request, if it is the last thing said and fresh."""
    if open_handoff(current) is None:
        return None
    since = timezone.now() - timedelta(seconds=SAID_AGAIN_AFTER_SECONDS)
    last = Message.objects.filter(conversation=current, seq=current.last_seq, at__gt=since).first()
    offers = [choice.get("payload") for choice in last.choices] if last else []
    return last if UNDO_HANDOFF in offers else None


def announce(
    conversation: Conversation, wish: Wish, *, sender: Sender, in_reply_to: int | None, locale: str = ""
) -> Announcement:
    """Opens the request, or finds the one that is open, inside the caller's transaction."""
    locale = locale or conversation.locale
    handoff = open_handoff(conversation)
    stands = standing_of(handoff) if handoff else standing(locale)
    told_before = handoff is not None and handoff.state == HandoffState.WAITING
    if handoff is None:
        handoff = _open(conversation, wish, locale, stands)
    _keep_contact(handoff, wish.contact, wish.best_time)
    if handoff.state != HandoffState.ACTIVE:
        _set_state(handoff, stands)
    draft = Draft(
        sender,
        _announcement(handoff, stands, locale, left=wish.contact is not None, told_before=told_before),
        locale,
        in_reply_to,
        choices=_choices(handoff, locale),
    )
    return Announcement(draft, _changes(conversation, handoff))


def _choices(handoff: Handoff, locale: str) -> list[dict[str, Any]]:
    """The way back, and where only Spanish is spoken now the way to it."""
    if handoff.state == HandoffState.ACTIVE:
        return []
    if _is_spanish_spoken_instead(handoff, locale):
        spanish = {
            "title": LANGUAGE_CHOICES["es"],
            "codigo": None,
            "aspecto": None,
            "payload": of_locale("es"),
        }
        return [undo_choice(locale), spanish]
    return [undo_choice(locale)]


def _is_spanish_spoken_instead(handoff: Handoff, locale: str) -> bool:
    """Whether nobody is there for a Quechua speaker, and somebody for who speaks Spanish."""
    return handoff.state == HandoffState.CALLBACK and locale == "qu" and standing("es").attended


def open_handoff(conversation: Conversation) -> Handoff | None:
    return Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()


def open_handoffs(conversation_ids: Collection[UUID]) -> dict[UUID, Handoff]:
    """The same of many conversations at once; those without one are left out."""
    found = Handoff.objects.filter(conversation_id__in=conversation_ids, state__in=OPEN_STATES)
    return {handoff.conversation_id: handoff for handoff in found.reverse()}


def undo_choice(locale: str) -> dict[str, Any]:
    return {"title": say("undo_handoff", locale), "codigo": None, "aspecto": None, "payload": UNDO_HANDOFF}


def _open(conversation: Conversation, wish: Wish, locale: str, stands: Standing) -> Handoff:
    return Handoff.objects.create(
        conversation=conversation,
        reason=wish.reason,
        detail=mask(wish.detail).text[:MOST_DETAIL],
        codigo=conversation.codigo,
        locale=locale,
        requested_at=timezone.now(),
        state=HandoffState.WAITING if stands.attended else HandoffState.CALLBACK,
    )


def _keep_contact(handoff: Handoff, contact: Contact | None, best_time: str = "") -> None:
    if best_time:
        handoff.best_time = best_time
        handoff.due_at = callback_due(best_time, timezone.now())
    if contact is not None:
        handoff.contact_kind, handoff.contact = contact.kind, contact.value
        handoff.contact_at = timezone.now()
    if best_time or contact is not None:
        handoff.save(update_fields=["contact_kind", "contact", "contact_at", "best_time", "due_at"])


def _set_state(handoff: Handoff, stands: Standing) -> None:
    """A place in the queue while somebody attends, a callback otherwise; the time of asking stays."""
    if stands.attended:
        handoff.state, handoff.due_at = HandoffState.WAITING, None
        handoff.save(update_fields=["state", "due_at"])
    else:
        promise_call(handoff)


def promise_call(handoff: Handoff) -> None:
    """The request becomes a task for the next opening, under a case number; asking again does not put it off."""
    handoff.state = HandoffState.CALLBACK
    handoff.claimed_at = handoff.claimed_by = handoff.taken_at = None
    handoff.due_at = handoff.due_at or callback_due(handoff.best_time, timezone.now())
    handoff.save(update_fields=["state", "claimed_at", "claimed_by", "taken_at", "due_at"])
    give_case_number(handoff)


def give_case_number(handoff: Handoff) -> None:
    """Made of the year and the row's own id: unique without a counter that everybody would wait for."""
    if handoff.case_number is None:
        handoff.case_number = f"MAC-{handoff.requested_at.astimezone(LIMA):%Y}-{handoff.pk:06d}"
        handoff.save(update_fields=["case_number"])


def asks_contact(conversation: Conversation, handoff: Handoff | None) -> bool:
    """Whether this citizen is to be called back, and nobody knows how."""
    if handoff is None or handoff.contact:
        return False
    return state_for(conversation, handoff, standing_of(handoff)) == "callback"


def takes_contact(conversation: Conversation, handoff: Handoff | None) -> bool:
    """Whether a phone or a mail address alone is a contact: somebody waits for a person, and left none yet."""
    waits = handoff is not None and handoff.state in UNCLAIMED_STATES
    return waits and handoff is not None and not handoff.contact and conversation.owner != Owner.AGENT


def _changes(conversation: Conversation, handoff: Handoff) -> dict[str, Any]:
    """In the queue nobody answers but people; while a callback is pending the assistant goes on."""
    if handoff.state == HandoffState.WAITING and conversation.owner != Owner.QUEUE:
        drop_unanswered(conversation)
        return hand_over(Owner.QUEUE)
    if handoff.state == HandoffState.CALLBACK and conversation.owner != Owner.ASSISTANT:
        return hand_over(Owner.ASSISTANT)
    return {}


def _announcement(handoff: Handoff, stands: Standing, locale: str, *, left: bool, told_before: bool) -> str:
    """`left`: the contact came with this very wish; `told_before`: who waits knows already that they do."""
    if handoff.state == HandoffState.ACTIVE:
        return say("handoff_active", locale)
    if handoff.state == HandoffState.CALLBACK and handoff.contact:
        key = "contact_saved" if left else "handoff_contact_known"
        return say(key, locale, case=handoff.case_number, contact=masked(handoff))
    if handoff.state == HandoffState.CALLBACK:
        return _callback_text(handoff, stands, locale)
    noted = say("contact_saved_waiting", locale, contact=masked(handoff)) if left else ""
    if noted and told_before:
        return noted
    return f"{_place_text(handoff, stands, locale)} {noted}".rstrip()


def _place_text(handoff: Handoff, stands: Standing, locale: str) -> str:
    if stands.state == "now":
        return say("handoff_now", locale)
    return say("handoff_queued", locale, position=position(handoff))


def _callback_text(handoff: Handoff, stands: Standing, locale: str) -> str:
    if stands.opens_at is None:
        key = "handoff_only_spanish" if _is_spanish_spoken_instead(handoff, locale) else "handoff_nobody"
        return say(key, locale, case=handoff.case_number)
    return say(
        "handoff_closed", locale, case=handoff.case_number, opens=day_and_hour(stands.opens_at, locale)
    )


def day_and_hour(at: datetime, locale: str) -> str:
    """`lunes 23/11, 08:00`, by Lima's clock."""
    local = at.astimezone(LIMA)
    with translation.override(locale):
        return f"{weekday(local.isoweekday())} {local:%d/%m, %H:%M}"


def masked(handoff: Handoff) -> str:
    return Contact(ContactKind(handoff.contact_kind), handoff.contact).masked


@transaction.atomic
def leave_contact(*, conversation: Conversation, contact: Contact, in_reply_to: int | None = None) -> Message:
    """Keeps the contact with the open request, apart from the text; raises NothingRequested without one."""
    current = locked(conversation.pk)
    handoff = open_handoff(current)
    if handoff is None:
        raise NothingRequested("ask for a person first, then leave the contact")
    if asks_contact(current, handoff):
        give_case_number(handoff)
    _keep_contact(handoff, contact)
    key = "contact_saved_waiting" if handoff.case_number is None else "contact_saved"
    text = say(key, current.locale, contact=contact.masked, case=handoff.case_number)
    return append(current, [Draft(Sender.SYSTEM, text, current.locale, in_reply_to)])[0]


@transaction.atomic
def want_in(*, conversation: Conversation, locale: str) -> None:
    """The person is wanted in this language, whatever the conversation with the assistant is in."""
    current = locked(conversation.pk)
    if open_handoff(current) is None:
        _open(current, Wish(Reason.BUTTON), locale, standing(locale))
    Handoff.objects.filter(conversation=current, state__in=UNCLAIMED_STATES).update(locale=locale)


@transaction.atomic
def cancel_request(*, conversation: Conversation, in_reply_to: int | None = None) -> Message:
    """Takes the request back and gives the conversation to the assistant.

    Raises NothingRequested when there is none, or a person is already there.
    """
    current = locked(conversation.pk)
    pending = Handoff.objects.filter(conversation=current, state__in=UNCLAIMED_STATES)
    if not pending.update(state=HandoffState.CANCELLED, ended_at=timezone.now()):
        raise NothingRequested("there is no request for a person that could be undone")
    changes = hand_over(Owner.ASSISTANT) if current.owner == Owner.QUEUE else {}
    draft = Draft(Sender.ASSISTANT, say("handoff_undone", current.locale), current.locale, in_reply_to)
    return append(current, [draft], **changes)[0]


def give_up_waiting(current: Conversation, handoff: Handoff) -> None:
    """Nobody will come now: a call is promised, said with its number, and the assistant goes on meanwhile."""
    promise_call(handoff)
    handoff.dropped_at, handoff.unattended_since = timezone.now(), None
    handoff.save(update_fields=["dropped_at", "unattended_since"])
    text = _gone_text(handoff, current.locale)
    append(current, [Draft(Sender.SYSTEM, text, current.locale)], **hand_over(Owner.ASSISTANT))


def tell_fallback(*, now: datetime | None = None) -> int:
    """Quechua speakers who waited long enough are told that somebody without Quechua may come; returns how many.

    Only where there is such a person: an announcement nobody stands behind would be one more empty promise.
    """
    now = now or timezone.now()
    if not is_attended_hour(now) or not standing("es", now).attended:
        return 0
    since = now - timedelta(seconds=QUECHUA_KEPT_SECONDS)
    waiting = Handoff.objects.filter(state=HandoffState.WAITING, locale="qu", requested_at__lte=since)
    untold = waiting.filter(fallback_told_at=None).values_list("conversation_id", flat=True)
    return one_by_one(lambda pk: _tell_fallback(pk, now), list(untold), job="tell_fallback")


@transaction.atomic
def _tell_fallback(conversation_id: UUID | str, now: datetime) -> bool:
    current = locked(conversation_id)
    waiting = Handoff.objects.filter(conversation=current, state=HandoffState.WAITING, fallback_told_at=None)
    if current.owner != Owner.QUEUE or not waiting.update(fallback_told_at=now):
        return False
    append(current, [Draft(Sender.SYSTEM, say("queue_fallback", current.locale), current.locale)])
    return True


def _gone_text(handoff: Handoff, locale: str) -> str:
    if handoff.contact:
        return say("waiting_to_call", locale, case=handoff.case_number, contact=masked(handoff))
    key = "waiting_place_kept" if is_attended_hour(timezone.now()) else "waiting_to_callback"
    return say(key, locale, case=handoff.case_number)
