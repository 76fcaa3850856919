"""A citizen's wish for a person: asking, leaving a contact, undoing. No part of the assistant is involved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from cms.conversations.availability import (
    Standing,
    is_attended_hour,
    position,
    standing,
    state_for,
    was_attended,
)
from cms.conversations.contacts import Contact
from cms.conversations.errors import NothingRequested
from cms.conversations.lines import Draft, append, drop_unanswered, hand_over, locked
from cms.conversations.models import (
    LOCALES,
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
from cms.conversations.payloads import UNDO_HANDOFF
from cms.conversations.phrases import say
from cms.directory.answers import weekday
from cms.directory.hours import LIMA

NOBODY_FOR_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a person is asked for, in a closed word and in the citizen's own, and how to reach the citizen."""

    reason: Reason = Reason.ASKED
    detail: str = ""
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said about a request, and what changes in the conversation with it."""

    draft: Draft
    changes: dict[str, Any]


@transaction.atomic
def ask_for_person(
    *, conversation: Conversation, wish: Wish = Wish(), in_reply_to: int | None = None
) -> Message:
    """Requests a person and announces it; asking again changes nothing but says how it stands."""
    current = locked(conversation.pk)
    announced = announce(current, wish, sender=Sender.SYSTEM, in_reply_to=in_reply_to)
    return append(current, [announced.draft], **announced.changes)[0]


def announce(
    conversation: Conversation, wish: Wish, *, sender: Sender, in_reply_to: int | None, locale: str = ""
) -> Announcement:
    """Opens the request, or finds the one that is open, inside the caller's transaction."""
    locale = locale or conversation.locale
    now = timezone.now()
    stands = standing(locale, now)
    handoff = open_handoff(conversation)
    if handoff is None:
        handoff = _open(conversation, wish, locale, stands)
    _keep_contact(handoff, wish.contact)
    if handoff.state != HandoffState.ACTIVE:
        _set_state(handoff, stands)
    draft = Draft(
        sender,
        _announcement(handoff, stands, locale),
        locale,
        in_reply_to,
        choices=[] if handoff.state == HandoffState.ACTIVE else [undo_choice(locale)],
    )
    return Announcement(draft, _changes(conversation, handoff))


def open_handoff(conversation: Conversation) -> Handoff | None:
    return Handoff.objects.filter(conversation=conversation, state__in=OPEN_STATES).first()


def undo_choice(locale: str) -> dict[str, Any]:
    return {"title": say("undo_handoff", locale), "codigo": None, "aspecto": None, "payload": UNDO_HANDOFF}


def _open(conversation: Conversation, wish: Wish, locale: str, stands: Standing) -> Handoff:
    return Handoff.objects.create(
        conversation=conversation,
        reason=wish.reason,
        detail=wish.detail,
        codigo=conversation.codigo,
        locale=locale,
        requested_at=timezone.now(),
        state=HandoffState.WAITING if stands.attended else HandoffState.CALLBACK,
    )


def _keep_contact(handoff: Handoff, contact: Contact | None) -> None:
    if contact is None:
        return
    handoff.contact_kind, handoff.contact, handoff.contact_at = contact.kind, contact.value, timezone.now()
    handoff.save(update_fields=["contact_kind", "contact", "contact_at"])


def _set_state(handoff: Handoff, stands: Standing) -> None:
    """A place in the queue while somebody attends, a callback otherwise; the time of asking stays."""
    handoff.state = HandoffState.WAITING if stands.attended else HandoffState.CALLBACK
    handoff.save(update_fields=["state"])
    if handoff.state == HandoffState.CALLBACK:
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
    return state_for(conversation, handoff, standing(handoff.locale)) == "callback"


def _changes(conversation: Conversation, handoff: Handoff) -> dict[str, Any]:
    """In the queue nobody answers but people; while a callback is pending the assistant goes on."""
    if handoff.state == HandoffState.WAITING and conversation.owner != Owner.QUEUE:
        drop_unanswered(conversation)
        return hand_over(Owner.QUEUE)
    if handoff.state == HandoffState.CALLBACK and conversation.owner != Owner.ASSISTANT:
        return hand_over(Owner.ASSISTANT)
    return {}


def _announcement(handoff: Handoff, stands: Standing, locale: str) -> str:
    if handoff.state == HandoffState.ACTIVE:
        return say("handoff_active", locale)
    if handoff.state == HandoffState.CALLBACK and handoff.contact:
        return say("handoff_contact_known", locale, case=handoff.case_number, contact=masked(handoff))
    if handoff.state == HandoffState.CALLBACK:
        return _callback_text(handoff, stands, locale)
    if stands.state == "now":
        return say("handoff_now", locale)
    return say("handoff_queued", locale, position=position(handoff))


def _callback_text(handoff: Handoff, stands: Standing, locale: str) -> str:
    if stands.opens_at is None:
        return say("handoff_nobody", locale, case=handoff.case_number)
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


def turn_into_callbacks(*, now: datetime | None = None) -> int:
    """Requests nobody is there to take become callbacks, with a case number; returns how many.

    After closing time at once; in open hours only when nobody who speaks the language has been there for some
    minutes, because an agent whose connection broke is often back in one.
    """
    now = now or timezone.now()
    waiting = Handoff.objects.filter(state=HandoffState.WAITING)
    if is_attended_hour(now):
        gone = [locale for locale, _name in LOCALES if not was_attended(locale, now, NOBODY_FOR_SECONDS)]
        waiting = waiting.filter(locale__in=gone)
    return sum(_turn_into_callback(pk) for pk in list(waiting.values_list("conversation_id", flat=True)))


@transaction.atomic
def _turn_into_callback(conversation_id: UUID | str) -> bool:
    current = locked(conversation_id)
    handoff = Handoff.objects.filter(conversation=current, state=HandoffState.WAITING).first()
    if handoff is None or current.owner != Owner.QUEUE:
        return False
    handoff.state = HandoffState.CALLBACK
    handoff.save(update_fields=["state"])
    give_case_number(handoff)
    text = _gone_text(handoff, current.locale)
    append(current, [Draft(Sender.SYSTEM, text, current.locale)], **hand_over(Owner.ASSISTANT))
    return True


def _gone_text(handoff: Handoff, locale: str) -> str:
    if handoff.contact:
        return say("waiting_to_call", locale, case=handoff.case_number, contact=masked(handoff))
    return say("waiting_to_callback", locale, case=handoff.case_number)
