"""A conversation as Server-Sent Events. The database is asked now and then; nothing is kept between processes."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connection

from cms.channels.web.stopping import is_stopping, watch_for_stop
from cms.conversations.models import Conversation, Owner, Sender
from cms.conversations.queries import is_being_answered, messages_after
from cms.conversations.serving import handoff_offer, served
from cms.conversations.typing_signs import is_typing

POLL_SECONDS = 0.5
# Whether a person can be reached changes by itself, but not twice a second.
STATE_EVERY_POLLS = 4
KEEP_ALIVE_SECONDS = 15.0
# A stream ends by itself and the browser comes back: nothing lives for ever, and a stop need not wait.
LASTS_SECONDS = 300.0
RETRY_MS = 2000
# Beyond, clients are asked to come back: each open stream costs queries twice a second.
MOST_STREAMS = 400


@dataclass(slots=True)
class Seen:
    """What this stream has sent already."""

    conversation_id: UUID
    seq: int
    polls: int = 0
    state: dict[str, Any] = field(default_factory=dict)
    typing: dict[str, Any] = field(default_factory=dict)


_open_streams: set[object] = set()


def is_full() -> bool:
    """Whether this process has as many streams open as it should."""
    return len(_open_streams) >= MOST_STREAMS


async def stream(conversation_id: UUID, after: int) -> AsyncIterator[bytes]:
    """Everything after `after`, then what comes, until the stream's time is over."""
    watch_for_stop()
    place = object()
    _open_streams.add(place)
    try:
        async for part in _parts(conversation_id, after):
            yield part
    finally:
        _open_streams.discard(place)


async def _parts(conversation_id: UUID, after: int) -> AsyncIterator[bytes]:
    seen = Seen(conversation_id, after)
    ends_at = time.monotonic() + LASTS_SECONDS
    quiet_since = time.monotonic()
    yield f"retry: {RETRY_MS}\n\n".encode()
    while time.monotonic() < ends_at and not is_stopping():
        # Not thread-sensitive: a thread and a connection for each open page would be too many.
        news = await sync_to_async(_news, thread_sensitive=False)(seen)
        if news:
            quiet_since = time.monotonic()
            yield b"".join(news)
        elif time.monotonic() - quiet_since > KEEP_ALIVE_SECONDS:
            quiet_since = time.monotonic()
            yield b": still here\n\n"
        await asyncio.sleep(POLL_SECONDS)


def _news(seen: Seen) -> list[bytes]:
    try:
        return list(_changes(seen))
    finally:
        # The thread is borrowed: what it opened is given back.
        if not connection.in_atomic_block:
            connection.close()


def _changes(seen: Seen) -> list[bytes]:
    conversation = Conversation.objects.filter(pk=seen.conversation_id).first()
    if conversation is None:
        return []
    events = [*_new_messages(seen, conversation), *_new_state(seen, conversation)]
    seen.polls += 1
    return [*events, *_new_typing(seen, conversation)]


def _new_messages(seen: Seen, conversation: Conversation) -> list[bytes]:
    if conversation.last_seq <= seen.seq:
        return []
    shown = served(conversation, messages_after(conversation, seen.seq))
    if shown:
        seen.seq = shown[-1]["seq"]
    return [_event("message", message, message["seq"]) for message in shown]


def _new_state(seen: Seen, conversation: Conversation) -> list[bytes]:
    same_owner = seen.state.get("owner") == conversation.owner
    if same_owner and seen.polls % STATE_EVERY_POLLS:
        return []
    state = {"owner": conversation.owner, "handoff": handoff_offer(conversation)}
    if state == seen.state:
        return []
    seen.state = state
    return [_event("state", state)]


def _new_typing(seen: Seen, conversation: Conversation) -> list[bytes]:
    typing = {"sender": _who_types(conversation)}
    if typing == (seen.typing or {"sender": None}):
        return []
    seen.typing = typing
    return [_event("typing", typing)]


def _who_types(conversation: Conversation) -> str | None:
    if conversation.owner == Owner.AGENT and is_typing(conversation.pk, Sender.AGENT):
        return "agent"
    return "assistant" if is_being_answered(conversation) else None


def _event(name: str, data: dict[str, Any], seq: int | None = None) -> bytes:
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
