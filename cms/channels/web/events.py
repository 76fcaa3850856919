"""A conversation as Server-Sent Events, for the citizen and for the agent's desk. The database is asked now and then; nothing is kept between processes."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection

from cms.accounts.models import User
from cms.channels.web.stopping import is_stopping, watch_for_stop
from cms.channels.web.watching import Stamp, Standings, watch
from cms.conversations.faults import without_words
from cms.conversations.models import Conversation, Owner, Sender
from cms.conversations.operations import may_follow
from cms.conversations.queries import is_being_answered, messages_after
from cms.conversations.serving import handoff_offer, served
from cms.conversations.typing_signs import is_typing

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.25
# A place in the queue changes with what others do: it is worked out anew so often for who waits.
STATE_EVERY_POLLS = 20
# For all others only what was seen to change: this is for what nobody sees, as a supervisor's leave that ends.
LOOK_EVERY_POLLS = 240
KEEP_ALIVE_SECONDS = 15.0
# A stream ends by itself and the browser comes back: nothing lives for ever, and a stop need not wait.
LASTS_SECONDS = 300.0
RETRY_MS = 2000
# Beyond, clients are asked to come back: each open stream costs queries now and then.
MOST_STREAMS = 400
# Of one conversation: a browser opens six connections to a host at most, and pages must load beside the streams.
MOST_OF_ONE = 4
CROWDED_RETRY_MS = 30_000


@dataclass(slots=True)
class Seen:
    """What this stream has sent already."""

    conversation_id: UUID
    seq: int
    # Who looks on: a citizen, or an agent for as long as `may_follow` lets through.
    agent: User | None = None
    polls: int = 0
    stamp: Stamp | None = None
    standings: Standings | None = None
    # Whether how it stands with a person is to be worked out anew.
    state_due: bool = True
    state: dict[str, Any] = field(default_factory=dict)
    typing: dict[str, Any] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)
    ended: bool = False


# Those open in this process, with the conversation each belongs to, the oldest first.
_open_streams: dict[object, UUID] = {}


def is_full() -> bool:
    """Whether this process has as many streams open as it should."""
    return len(_open_streams) >= MOST_STREAMS


async def stream(conversation_id: UUID, after: int, agent: User | None = None) -> AsyncIterator[bytes]:
    """Everything after `after`, then what comes, until the stream's time is over.

    A browser has some streams of a conversation, not any number: one too many ends the oldest, which comes back late.
    """
    watch_for_stop()
    place = object()
    _open_streams[place] = conversation_id
    own = [each for each, opened in _open_streams.items() if opened == conversation_id]
    for oldest in own[:-MOST_OF_ONE]:
        del _open_streams[oldest]
    watch().follow(place, conversation_id, POLL_SECONDS)
    try:
        async for part in _parts(Seen(conversation_id, after, agent), place):
            yield part
    finally:
        _open_streams.pop(place, None)
        watch().leave(place)


async def _parts(seen: Seen, place: object) -> AsyncIterator[bytes]:
    ends_at = time.monotonic() + LASTS_SECONDS
    quiet_since = time.monotonic()
    yield f"retry: {RETRY_MS}\n\n".encode()
    while time.monotonic() < ends_at and not is_stopping() and not seen.ended:
        if place not in _open_streams:
            yield f"retry: {CROWDED_RETRY_MS}\n\n".encode()
            return
        # Not thread-sensitive: a thread and a connection for each open page would be too many.
        news = await sync_to_async(_told, thread_sensitive=False)(seen) if _is_to_look(seen) else []
        if news:
            quiet_since = time.monotonic()
            yield b"".join(news)
        elif time.monotonic() - quiet_since > KEEP_ALIVE_SECONDS:
            quiet_since = time.monotonic()
            yield b": still here\n\n"
        await asyncio.sleep(POLL_SECONDS)


def _is_to_look(seen: Seen) -> bool:
    """When the conversation or what is offered to its citizen changed, and now and then for what changes unseen."""
    stamp, standings = watch().stamp(seen.conversation_id), watch().standings
    changed = stamp is None or stamp != seen.stamp
    owner = seen.state.get("owner")
    stands_otherwise = owner != Owner.AGENT and standings != seen.standings
    seen.stamp, seen.standings, seen.polls = stamp, standings, seen.polls + 1
    every = STATE_EVERY_POLLS if owner == Owner.QUEUE or stamp is None else LOOK_EVERY_POLLS
    seen.state_due = seen.state_due or stands_otherwise or seen.polls % every == 0
    return changed or seen.state_due


def _told(seen: Seen) -> list[bytes]:
    """What is new; where it cannot be looked up the stream ends, and who listens comes back where it broke off."""
    try:
        return _news(seen)
    except DatabaseError as error:
        extra = {"event": "stream_failed"}
        logger.warning("A stream of events broke off.", exc_info=without_words(error), extra=extra)
        seen.ended = True
        return []


def _news(seen: Seen) -> list[bytes]:
    try:
        return list(_changes(seen))
    finally:
        # The thread is borrowed: what it opened is given back.
        if not connection.in_atomic_block:
            connection.close()


def _changes(seen: Seen) -> list[bytes]:
    conversation = Conversation.objects.filter(pk=seen.conversation_id).first()
    if conversation is None or (seen.agent is not None and not may_follow(conversation, seen.agent)):
        seen.ended = True
        return [_event("gone", {})]
    events = [*_new_messages(seen, conversation), *_new_state(seen, conversation)]
    return [*events, *_new_typing(seen, conversation), *_new_read(seen, conversation)]


def _new_messages(seen: Seen, conversation: Conversation) -> list[bytes]:
    if conversation.last_seq <= seen.seq:
        return []
    shown = served(conversation, messages_after(conversation, seen.seq), seen.standings)
    if shown:
        seen.seq = shown[-1]["seq"]
    return [_event("message", message, message["seq"]) for message in shown]


def _new_state(seen: Seen, conversation: Conversation) -> list[bytes]:
    same_owner = seen.state.get("owner") == conversation.owner
    if same_owner and not seen.state_due:
        return []
    seen.state_due = False
    state = {"owner": conversation.owner, "handoff": handoff_offer(conversation, seen.standings)}
    if state == seen.state:
        return []
    seen.state = state
    return [_event("state", state)]


def _new_typing(seen: Seen, conversation: Conversation) -> list[bytes]:
    typing = {"sender": _who_types(conversation, for_agent=seen.agent is not None)}
    if typing == (seen.typing or {"sender": None}):
        return []
    seen.typing = typing
    return [_event("typing", typing)]


def _new_read(seen: Seen, conversation: Conversation) -> list[bytes]:
    """How far the other side has read; nothing as long as nobody has."""
    read = {"citizen": conversation.read_by_citizen, "agent": conversation.read_by_agent}
    if read == (seen.read or {"citizen": 0, "agent": 0}):
        return []
    seen.read = read
    return [_event("read", read)]


def _who_types(conversation: Conversation, *, for_agent: bool) -> str | None:
    if for_agent:
        return "citizen" if is_typing(conversation.pk, Sender.CITIZEN) else None
    if conversation.owner == Owner.AGENT and is_typing(conversation.pk, Sender.AGENT):
        return "agent"
    return "assistant" if is_being_answered(conversation) else None


def _event(name: str, data: dict[str, Any], seq: int | None = None) -> bytes:
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
