"""The conversation API. What it means is in `cms.conversations`; here is only how it is asked for over HTTP."""

import logging
import time
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router, Status

from cms.channels.web import cookie, limits, schemas
from cms.channels.web.events import is_full, stream
from cms.channels.web.problems import Refusal, body_of, read_body, tells_refusals, use_locale
from cms.connections import waiting
from cms.conversations import operations
from cms.conversations.contacts import Contact, read_contact
from cms.conversations.errors import ConversationNotFound, InvalidContact, UnknownPayload
from cms.conversations.faults import without_words
from cms.conversations.lines import MOST_CHARACTERS
from cms.conversations.models import Conversation, Message, Reason, Sender, TurnState
from cms.conversations.operations import Posted, Wish
from cms.conversations.payloads import HANDOFF
from cms.conversations.queries import conversation_of, messages_after
from cms.conversations.serving import Served, handoff_offer, served
from cms.conversations.typing_signs import show_typing
from lenguas.normalise import clean

logger = logging.getLogger(__name__)
router = Router(tags=["conversations"])
router.add_decorator(tells_refusals, mode="operation")

MOST_CLIENT_ID = 64
MOST_COMMENT = 4000
MOST_DETAIL = 500
# How long a request waits for a reply that another one is working on.
WAIT_SECONDS = 8.0
LOOK_EVERY_SECONDS = 0.1
BUSY_RETRY_SECONDS = 5
# In place of an id: the conversation of this browser's cookie. Cached pages know no id.
MINE = "mine"
After = Annotated[int, Query(ge=0, le=2**31 - 1)]
REFUSALS: dict[Any, Any] = {frozenset({400, 404, 413, 422, 429}): schemas.ProblemOut}


@router.post(
    "",
    response={201: schemas.ConversationOut, **REFUSALS},
    exclude_unset=True,
    summary="Start a conversation",
    openapi_extra=body_of(schemas.ConversationIn, required=False),
)
def start(request: HttpRequest, response: HttpResponse) -> Status[Served]:
    """The token is shown this once; a page of the portal itself also gets it as a cookie."""
    wanted = read_body(request, schemas.ConversationIn)
    use_locale(request, wanted.locale)
    limits.count_conversation(request)
    started = operations.start(locale=wanted.locale, codigo=clean(wanted.codigo or "")[:200])
    conversation = started.conversation
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        cookie.remember(response, cookie.Credentials(str(conversation.pk), started.token))
    shown = served(conversation, messages_after(conversation))
    return Status(201, {"id": str(conversation.pk), "token": started.token, "messages": shown})


@router.post(
    "/{conversation_id}/messages",
    response={200: schemas.PostedOut, **REFUSALS},
    exclude_unset=True,
    summary="Write, or press a button",
    openapi_extra=body_of(schemas.MessageIn),
)
def post_message(request: HttpRequest, conversation_id: str) -> Served:
    """Stored once per `client_id`; a repeat answers the same."""
    limits.count_message(request)
    conversation = _authorised(request, conversation_id)
    limits.count_message_of(conversation)
    body = read_body(request, schemas.MessageIn)
    text = _text_of(body)
    if body.payload == HANDOFF:
        limits.count_request(request, conversation)
    try:
        posted = operations.post_message(
            conversation=conversation, client_id=_client_id(body), text=text, payload=body.payload or ""
        )
    except UnknownPayload as error:
        raise Refusal(422, "unknown_payload") from error
    pending = _answer(posted)
    conversation.refresh_from_db()
    message, *after = served(conversation, messages_after(conversation, posted.message.seq - 1))
    return {"message": message, "messages": after, "pending": pending}


@router.get(
    "/{conversation_id}/messages",
    response={200: schemas.MessagesOut, **REFUSALS},
    exclude_unset=True,
    summary="What was said after a message",
)
def get_messages(request: HttpRequest, conversation_id: str, after: After = 0) -> Served:
    """In order; `after=0` is everything."""
    conversation = _authorised(request, conversation_id)
    return {
        "messages": served(conversation, messages_after(conversation, after)),
        "owner": conversation.owner,
        "handoff": handoff_offer(conversation),
    }


@router.get("/{conversation_id}/events", summary="The same as Server-Sent Events")
def events(request: HttpRequest, conversation_id: str, after: After = 0) -> StreamingHttpResponse:
    """Events `message`, `state` and `typing`; resumes after `Last-Event-ID`."""
    conversation = _authorised(request, conversation_id)
    address = request.META.get("REMOTE_ADDR", "")
    if is_full(address):
        raise Refusal(429, "busy", retry_after_seconds=BUSY_RETRY_SECONDS)
    last = request.headers.get("Last-Event-ID", "")
    seq = int(last) if last.isascii() and last.isdigit() else after
    response = StreamingHttpResponse(
        stream(conversation.pk, min(seq, 2**31 - 1), address=address), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


@router.post(
    "/{conversation_id}/handoff",
    response={200: schemas.HandedOut, **REFUSALS},
    exclude_unset=True,
    summary="Ask for a person",
    openapi_extra=body_of(schemas.HandoffIn, required=False),
)
def ask_for_person(request: HttpRequest, conversation_id: str) -> Served:
    """With no part of the assistant involved; asking again says how it stands, and may add a contact."""
    limits.count_message(request)
    conversation = _authorised(request, conversation_id)
    wish = _wish(read_body(request, schemas.HandoffIn))
    limits.count_request(request, conversation)
    message = operations.ask_for_person(conversation=conversation, wish=wish)
    shown = _shown(conversation, message)
    return {"message": shown, "handoff": shown["handoff"]}


@router.post(
    "/{conversation_id}/read",
    response={200: schemas.ReadOut, **REFUSALS},
    summary="Tell how far the citizen has read",
    openapi_extra=body_of(schemas.ReadIn),
)
def read(request: HttpRequest, conversation_id: str) -> Served:
    """It only ever goes on; the agent sees it."""
    limits.count_message(request)
    conversation = _authorised(request, conversation_id)
    seen = read_body(request, schemas.ReadIn).seq
    operations.mark_read(conversation=conversation, side=Sender.CITIZEN, seq=seen)
    conversation.refresh_from_db(fields=["read_by_citizen", "read_by_agent"])
    return {"citizen": conversation.read_by_citizen, "agent": conversation.read_by_agent}


@router.post(
    "/{conversation_id}/typing",
    response={200: schemas.DoneOut, **REFUSALS},
    summary="Tell that the citizen is typing",
)
def typing(request: HttpRequest, conversation_id: str) -> Served:
    """The agent is shown so for some seconds."""
    limits.count_message(request)
    show_typing(_authorised(request, conversation_id).pk, Sender.CITIZEN)
    return {"done": True}


@router.post(
    "/{conversation_id}/close",
    response={200: schemas.SaidOut, **REFUSALS},
    exclude_unset=True,
    summary="Close the conversation",
)
def close(request: HttpRequest, conversation_id: str) -> Served:
    """A message after the close reopens it with the assistant."""
    limits.count_message(request)
    conversation = _authorised(request, conversation_id)
    return {"message": _shown(conversation, operations.close_by_citizen(conversation=conversation))}


@router.post(
    "/{conversation_id}/rating",
    response={200: schemas.SaidOut, **REFUSALS},
    exclude_unset=True,
    summary="Rate the conversation",
    openapi_extra=body_of(schemas.RatingIn),
)
def rate(request: HttpRequest, conversation_id: str) -> Served:
    """From 1 to 5; a later rating replaces the one before."""
    limits.count_message(request)
    conversation = _authorised(request, conversation_id)
    body = read_body(request, schemas.RatingIn)
    comment = clean(body.comment or "").strip()[:MOST_COMMENT]
    message = operations.rate(conversation=conversation, score=body.score, comment=comment)
    return {"message": _shown(conversation, message)}


def _authorised(request: HttpRequest, conversation_id: str) -> Conversation:
    """The conversation, for who holds its token or its cookie; raises Refusal 404 for everybody else."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        credentials = cookie.Credentials(conversation_id, bearer.strip())
    else:
        credentials = _of_cookie(request, conversation_id)
    try:
        conversation = conversation_of(credentials.conversation_id, credentials.token)
    except ConversationNotFound as error:
        raise Refusal(404, "no_conversation") from error
    use_locale(request, conversation.locale)
    return conversation


def _of_cookie(request: HttpRequest, conversation_id: str) -> cookie.Credentials:
    kept = cookie.read_credentials(request)
    if kept is None or not cookie.is_same_origin(request):
        raise Refusal(404, "no_conversation")
    if conversation_id != MINE and _uuid(conversation_id) != _uuid(kept.conversation_id):
        raise Refusal(404, "no_conversation")
    return kept


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal(404, "no_conversation") from error


def _text_of(body: schemas.MessageIn) -> str:
    if (body.text is None) == (body.payload is None):
        raise Refusal(422, "text_or_payload")
    if body.payload == "":
        raise Refusal(422, "unknown_payload")
    if body.text is None:
        return ""
    text = clean(body.text).strip()
    if not text:
        raise Refusal(422, "empty")
    if len(text) > MOST_CHARACTERS:
        raise Refusal(413, "too_long")
    return text


def _client_id(body: schemas.MessageIn) -> str:
    name = body.client_id
    # Compared byte for byte by the database, so nothing that cleaning would change is let in.
    if not 1 <= len(name) <= MOST_CLIENT_ID or not name.isprintable() or not name.strip():
        raise Refusal(422, "client_id")
    return name


def _wish(body: schemas.HandoffIn) -> Wish:
    said = clean(body.reason or "").strip()
    reason = Reason(said) if said in Reason.values else Reason.BUTTON
    return Wish(
        reason,
        "" if said in Reason.values else said[:MOST_DETAIL],
        _contact(body.contact),
        body.best_time or "",
    )


def _contact(text: str | None) -> Contact | None:
    if text is None or not text.strip():
        return None
    try:
        return read_contact(text)
    except InvalidContact as error:
        raise Refusal(422, "contact") from error


def _answer(posted: Posted) -> bool:
    """Gets the reply; returns whether it is still to come. What is stored is never reported as failed."""
    if posted.message.turn != TurnState.DUE:
        return False
    if not posted.fresh:
        return _wait_for_reply(posted.message)
    try:
        operations.run_turn(message=posted.message)
    except Exception as error:  # the message is safe; the worker answers what stays due
        extra = {"event": "turn_broke_off", "message_id": posted.message.pk}
        logger.error("A turn broke off.", exc_info=without_words(error), extra=extra)
        return True
    return False


def _wait_for_reply(message: Message) -> bool:
    ends_at = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < ends_at:
        message.refresh_from_db(fields=["turn"])
        if message.turn != TurnState.DUE:
            return False
        with waiting():
            time.sleep(LOOK_EVERY_SECONDS)
    return True


def _shown(conversation: Conversation, message: Message) -> Served:
    conversation.refresh_from_db()
    return served(conversation, [message])[0]
