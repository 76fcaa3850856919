"""A form of the chat page becomes a message: whose conversation it is, and stored once however often it is sent."""

import hashlib
import logging
from dataclasses import dataclass

from django.http import HttpRequest

from cms import kept
from cms.channels.web import limits
from cms.channels.web.cookie import Credentials, current_conversation
from cms.channels.web.problems import Refusal
from cms.conversations import client_ids, operations
from cms.conversations.errors import ConversationNotFound, UnknownPayload
from cms.conversations.faults import without_words
from cms.conversations.lines import MOST_CHARACTERS
from cms.conversations.models import Conversation, TurnState
from cms.conversations.operations import Posted
from cms.conversations.payloads import HANDOFF
from cms.conversations.queries import conversation_of
from lenguas.normalise import clean

logger = logging.getLogger(__name__)

# How long a second press of the button that began a conversation finds the one the first press made.
FIRST_FORM_KEPT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form said. `client_id` is the server's own name for this view of the page."""

    client_id: str
    text: str = ""
    payload: str = ""
    codigo: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The stored message; `credentials` are for the cookie when the conversation is new."""

    posted: Posted
    credentials: Credentials | None


def read_form(request: HttpRequest) -> Asked:
    """Raises Refusal for an empty or too long text."""
    given = request.POST
    text, payload = clean(given.get("text", "")).strip(), given.get("payload", "")[:250]
    if not payload and not text:
        raise Refusal(422, "empty")
    if len(text) > MOST_CHARACTERS:
        raise Refusal(413, "too_long")
    said = payload or text
    return Asked(
        client_ids.of_view(given.get("client_id", ""), said),
        "" if payload else text,
        payload,
        clean(given.get("codigo", ""))[:200],
    )


def tell(request: HttpRequest, asked: Asked, locale: str) -> Told:
    """Stores the message in this browser's conversation, beginning one if there is none; gets the reply.

    Raises Refusal.
    """
    conversation, credentials = _conversation(request, asked, locale)
    limits.count_message(request)
    limits.count_message_of(conversation)
    if asked.payload == HANDOFF:
        limits.count_request(request, conversation)
    operations.read_along(conversation=conversation, codigo=asked.codigo)
    try:
        posted = operations.post_message(
            conversation=conversation, client_id=asked.client_id, text=asked.text, payload=asked.payload
        )
    except UnknownPayload as error:
        raise Refusal(422, "unknown_payload") from error
    _reply(posted)
    return Told(posted, credentials)


def _conversation(request: HttpRequest, asked: Asked, locale: str) -> tuple[Conversation, Credentials | None]:
    known = current_conversation(request)
    if known is not None:
        return known, None
    return begin(request, locale, asked.codigo, asked.client_id)


def begin(
    request: HttpRequest, locale: str, codigo: str, client_id: str
) -> tuple[Conversation, Credentials | None]:
    """A new conversation, or the one the same form began a moment ago: its answer may not have arrived yet."""
    key = _first_form(request, client_id)
    if found := _begun(key):
        return found
    limits.count_conversation(request)
    started = operations.start(locale="qu" if locale == "qu" else "es", codigo=codigo)
    credentials = Credentials(str(started.conversation.pk), started.token)
    if not kept.add(key, (credentials.conversation_id, credentials.token), FIRST_FORM_KEPT_SECONDS):
        return _begun(key) or (started.conversation, credentials)
    return started.conversation, credentials


def _begun(key: str) -> tuple[Conversation, Credentials] | None:
    known = kept.get(key)
    if known is None:
        return None
    credentials = Credentials(*known)
    try:
        return conversation_of(credentials.conversation_id, credentials.token), credentials
    except ConversationNotFound:
        return None


def _first_form(request: HttpRequest, client_id: str) -> str:
    """Bound to this browser by its CSRF secret: nobody else's form finds the conversation."""
    secret = request.META.get("CSRF_COOKIE", "")
    return "first-form:" + hashlib.sha256(f"{secret}:{client_id}".encode()).hexdigest()


def _reply(posted: Posted) -> None:
    """Gets the assistant's reply. What is stored is never reported as failed: the worker answers what stays due."""
    if not posted.fresh or posted.message.turn != TurnState.DUE:
        return
    try:
        operations.run_turn(message=posted.message)
    except Exception as error:  # the message is safe, and the page says that the answer is on its way
        extra = {"event": "turn_broke_off", "message_id": posted.message.pk}
        logger.error("A turn broke off.", exc_info=without_words(error), extra=extra)
