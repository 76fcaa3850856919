"""What a citizen does: start, write, press a button, close, rate."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.accounts.tokens import digest, new_token
from cms.conversations import ended
from cms.conversations.availability import position
from cms.conversations.contacts import Contact, read_contact
from cms.conversations.errors import InvalidContact, NothingRequested, Superseded, UnknownPayload
from cms.conversations.lines import Draft, append, drop_unanswered, hand_over, locked
from cms.conversations.models import (
    UNCLAIMED_STATES,
    Conversation,
    Handoff,
    HandoffState,
    Message,
    Owner,
    Reason,
    Sender,
    TurnState,
)
from cms.conversations.operations.handoffs import (
    Wish,
    ask_for_person,
    cancel_request,
    leave_contact,
    masked,
    open_handoff,
    promise_call,
    takes_contact,
)
from cms.conversations.operations.originals import keep_original
from cms.conversations.payloads import Payload, read_payload
from cms.conversations.personal import Masked, mask
from cms.conversations.phrases import LANGUAGE_CHOICES, say
from cms.conversations.rendering import Rendering
from cms.directory.models import Sede
from cms.tramites.labels import aspect_question
from cms.tramites.models import Tramite
from cms.tramites.queries import public_tramites
from cms.tramites.schema import Aspecto
from lenguas.identify import identify

POSITION_TOLD_EVERY_SECONDS = 60
# Tries of a write that met somebody else's change of owner in the middle.
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Started:
    """A new conversation, and the token that is shown this once."""

    conversation: Conversation
    token: str


@dataclass(frozen=True, slots=True)
class Posted:
    """The stored message; `fresh` is False when it had been stored before."""

    message: Message
    fresh: bool


@transaction.atomic
def start(*, locale: Literal["es", "qu"] | None = None, codigo: str = "", channel: str = "web") -> Started:
    """Begins a conversation with a greeting. `codigo` is the ficha being read; one that is not public is left out.

    Spanish is where everybody lands; Quechua is only ever reached by choosing it, so only that is a choice.
    """
    token = new_token()
    known = codigo if codigo and public_tramites().filter(codigo=codigo).exists() else ""
    conversation = Conversation.objects.create(
        token_digest=digest(token),
        locale=locale or "es",
        locale_chosen=locale == "qu",
        codigo=known,
        channel=channel,
    )
    append(conversation, [Rendering(conversation, None).greeting()])
    return Started(conversation, token)


@transaction.atomic
def read_along(*, conversation: Conversation, codigo: str) -> None:
    """A question from the page of another ficha is about that ficha; one that is not public changes nothing."""
    if not codigo or codigo == conversation.codigo:
        return
    if public_tramites().filter(codigo=codigo).exists():
        append(locked(conversation.pk), [], codigo=codigo, aspecto="", sede="")


def post_message(*, conversation: Conversation, client_id: str, text: str = "", payload: str = "") -> Posted:
    """Stores the citizen's message, once per `client_id`, and does at once what needs no answerer.

    `text` is clean already. A repeat is told by its name alone: what its button meant may be gone. The message is left `due` when somebody has to answer it: see `run_turn`.
    Raises UnknownPayload.
    """
    if payload and (known := _stored(conversation, client_id)):
        return Posted(known, fresh=False)
    button = read_payload(payload) if payload else None
    said = payload_text(button, conversation.locale) if button else text
    for _attempt in range(MOST_TRIES):
        try:
            message = _store(conversation.pk, client_id, said, button, payload)
        except IntegrityError:
            known = _stored(conversation, client_id)
            if known is None:
                raise
            return Posted(known, fresh=False)
        except Superseded:
            continue
        return Posted(message, fresh=True)
    raise Superseded(str(conversation.pk))


def _stored(conversation: Conversation, client_id: str) -> Message | None:
    return Message.objects.filter(conversation_id=conversation.pk, client_id=client_id).first()


@transaction.atomic
def _store(
    conversation_id: UUID | str, client_id: str, text: str, button: Payload | None, payload: str
) -> Message:
    current = locked(conversation_id)
    contact = None if button else _contact_given(current, text)
    masked = Masked(text) if button or contact else mask(text)
    draft = Draft(
        Sender.CITIZEN,
        contact.masked if contact else masked.text,
        _language(text, current) if not button else current.locale,
        client_id=client_id,
        payload=payload,
        turn=_turn_of(current, button, contact),
    )
    changes = hand_over(Owner.ASSISTANT) if current.owner == Owner.CLOSED else {}
    message = append(current, [draft], **changes)[0]
    keep_original(message, text, masked)
    _react(current, message, button, contact)
    return message


def _turn_of(current: Conversation, button: Payload | None, contact: Contact | None) -> TurnState:
    if contact or (button and button.is_control):
        return TurnState.NONE
    return TurnState.DUE if current.owner in (Owner.ASSISTANT, Owner.CLOSED) else TurnState.NONE


def _react(current: Conversation, message: Message, button: Payload | None, contact: Contact | None) -> None:
    """What is answered in the same transaction, because it takes nobody's thinking."""
    if contact:
        leave_contact(conversation=current, contact=contact, in_reply_to=message.seq)
    elif button and button.is_control:
        _control(current, message, button)
    elif current.owner == Owner.QUEUE:
        _tell_position(current, message)


def _control(current: Conversation, message: Message, button: Payload) -> None:
    if button.kind == "handoff":
        ask_for_person(conversation=current, wish=Wish(Reason.BUTTON), in_reply_to=message.seq)
    elif button.kind == "locale":
        _choose_locale(current, message, button.target)
    else:
        _undo(current, message)


def _undo(current: Conversation, message: Message) -> None:
    try:
        cancel_request(conversation=current, in_reply_to=message.seq)
    except NothingRequested:
        key = "handoff_active" if current.owner == Owner.AGENT else "handoff_nothing_to_undo"
        append(current, [Draft(Sender.SYSTEM, say(key, current.locale), current.locale, message.seq)])


def _choose_locale(current: Conversation, message: Message, locale: str) -> None:
    """The citizen's choice, which no guess changes any more; a request that waits follows it."""
    pending = Handoff.objects.filter(conversation=current, state__in=UNCLAIMED_STATES)
    pending.update(locale=locale)
    answered = Draft(Sender.ASSISTANT, say("locale_switched", locale), locale, message.seq)
    moved = pending.exists() and current.locale != locale
    append(current, [answered], locale=locale, locale_chosen=True)
    if moved:
        ask_for_person(conversation=current, in_reply_to=message.seq)


def _tell_position(current: Conversation, message: Message) -> None:
    """Now and then, not after each line a waiting citizen writes."""
    since = timezone.now() - timedelta(seconds=POSITION_TOLD_EVERY_SECONDS)
    told = Message.objects.filter(conversation=current, sender=Sender.SYSTEM, at__gt=since)
    handoff = Handoff.objects.filter(conversation=current, state=HandoffState.WAITING).first()
    if handoff and not told.exists():
        text = say("queue_position", current.locale, position=position(handoff))
        append(current, [Draft(Sender.SYSTEM, text, current.locale, message.seq)])


def _contact_given(current: Conversation, text: str) -> Contact | None:
    """A message that is nothing but a contact, while one is being asked for, is kept as one and not as text."""
    try:
        contact = read_contact(text)
    except InvalidContact:
        return None
    return contact if takes_contact(current, open_handoff(current)) else None


def _language(text: str, current: Conversation) -> str:
    found = identify(text)
    return found.code if found.certain else current.locale


def payload_text(button: Payload, locale: str) -> str:
    """What the pressed button says, as the citizen's line; raises UnknownPayload for what does not exist."""
    if button.kind == "aspecto":
        tramite = once_public(button.target)
        if tramite is None:
            raise UnknownPayload(f"there never was a public tramite {button.target}")
        name = (tramite.nombre_qu if locale == "qu" else "") or tramite.nombre
        return f"{name}: {aspect_question(Aspecto(button.aspecto), locale)}"
    if button.kind == "sede":
        sede = Sede.objects.filter(codigo=button.target).first()
        if sede is None:
            raise UnknownPayload(f"there is no sede {button.target}")
        return f"{sede.nombre}: {aspect_question(Aspecto(button.aspecto), locale)}"
    if button.kind == "locale":
        return LANGUAGE_CHOICES[button.target]
    return say({"ninguno": "none_of_these"}.get(button.kind, button.kind), locale)


def once_public(codigo: str) -> Tramite | None:
    """The tramite, if it is public or was: its buttons are still on somebody's screen."""
    return Tramite.objects.filter(codigo=codigo, versions__isnull=False).first()


@transaction.atomic
def close_by_citizen(*, conversation: Conversation) -> Message:
    """Ends the conversation, whoever has it. Who left a contact and was not attended is called; other requests end."""
    current = locked(conversation.pk)
    ended.tell(current)
    call = _end_requests(current)
    drop_unanswered(current)
    closing: dict[str, Any] = {**hand_over(Owner.CLOSED), "closed_at": timezone.now()}
    text = say("closed_by_citizen", current.locale)
    if call is not None:
        still = say("handoff_contact_known", current.locale, case=call.case_number, contact=masked(call))
        text = f"{text} {still}"
    draft = Draft(Sender.SYSTEM, text, current.locale)
    return append(current, [draft], **({} if current.owner == Owner.CLOSED else closing))[0]


def _end_requests(current: Conversation) -> Handoff | None:
    """The call that is still owed, if one is."""
    handoff = open_handoff(current)
    if handoff is None:
        return None
    if handoff.contact and handoff.state in UNCLAIMED_STATES:
        if handoff.state == HandoffState.WAITING:
            promise_call(handoff)
        return handoff
    active = handoff.state == HandoffState.ACTIVE
    handoff.state = HandoffState.DONE if active else HandoffState.CANCELLED
    handoff.ended_at = timezone.now()
    handoff.save(update_fields=["state", "ended_at"])
    return None


@transaction.atomic
def rate(*, conversation: Conversation, score: int, comment: str = "") -> Message:
    """Keeps the citizen's rating, 1 to 5; a later one replaces it. Raises ValueError for another number."""
    if not 1 <= score <= 5:
        raise ValueError("a score is a whole number from 1 to 5")
    current = locked(conversation.pk)
    kept = {"rating": score, "rating_comment": mask(comment).text, "rated_at": timezone.now()}
    return append(current, [Draft(Sender.SYSTEM, say("rated", current.locale), current.locale)], **kept)[0]
