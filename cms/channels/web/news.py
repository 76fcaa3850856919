"""What is new for the open streams, looked up for all of them at once: as many queries for two hundred as for one."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Q

from cms.accounts.models import User
from cms.conversations.availability import Standing
from cms.conversations.faults import without_words
from cms.conversations.models import Conversation, Message, Owner
from cms.conversations.operations import may_follow
from cms.conversations.operations.handoffs import open_handoffs
from cms.conversations.queries import being_answered
from cms.conversations.serving import Known, Served, handoff_offer, served
from cms.conversations.typing_signs import who_types

logger = logging.getLogger(__name__)

Stamp = tuple[Any, ...]
# How things stand with a person for whoever asks now, by language: the same for all, so it is asked once for all.
Standings = Mapping[str, Standing]
# A place in the queue changes with what others do: it is worked out anew so often for who waits.
STATE_EVERY_POLLS = 20
# For all others only what was seen to change: this is for what nobody sees, as a supervisor's leave that ends.
LOOK_EVERY_POLLS = 240
# As many streams are looked up with one query for their messages: a database takes so many terms.
MOST_AT_ONCE = 50


@dataclass(slots=True, eq=False)
class Seen:
    """One stream, and what it has sent already."""

    conversation_id: UUID
    seq: int
    # Who looks on: a citizen, or an agent for as long as `may_follow` lets through.
    agent: User | None = None
    # Where a citizen's stream goes to; nothing is counted for agents.
    address: str = ""
    polls: int = 0
    stamp: Stamp | None = None
    standings: Standings | None = None
    state: dict[str, Any] = field(default_factory=dict)
    typing: dict[str, Any] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)
    ended: bool = False
    # What it is to send next; an empty part wakes it up to see that it ended.
    news: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)

    @property
    def has_told_all(self) -> bool:
        """Whether it ended and nothing is left to send."""
        return self.ended and self.news.empty()

    def end(self, last: bytes = b"") -> None:
        self.ended = True
        self.news.put_nowait(last)

    def is_due(self, stamp: Stamp | None, standings: Standings | None) -> bool:
        """When the conversation or what is offered to its citizen changed, and now and then for what changes unseen."""
        changed = stamp is None or stamp != self.stamp
        owner = self.state.get("owner")
        stands_otherwise = owner != Owner.AGENT and standings != self.standings
        self.stamp, self.standings, self.polls = stamp, standings, self.polls + 1
        every = STATE_EVERY_POLLS if owner == Owner.QUEUE else LOOK_EVERY_POLLS
        return changed or stands_otherwise or self.polls % every == 0


def news_of(due: Sequence[Seen], standings: Standings) -> list[tuple[Seen, bytes]]:
    """What each is to send now, in one part; who has nothing is left out.

    Where it cannot be looked up for one it is that one who ends, and comes back where it broke off.
    """
    found = []
    for begin in range(0, len(due), MOST_AT_ONCE):
        some = due[begin : begin + MOST_AT_ONCE]
        try:
            looked_up = Look(some, standings)
        except DatabaseError as error:
            _broke_off(some, error)
            continue
        found += [(seen, b"".join(_told(seen, looked_up))) for seen in some]
    return [(seen, part) for seen, part in found if part or seen.ended]


def _told(seen: Seen, look: "Look") -> list[bytes]:
    try:
        return list(look.changes(seen))
    except Exception as error:  # one conversation that cannot be told keeps nothing from the others
        _broke_off([seen], error)
        return []


def _broke_off(streams: Collection[Seen], error: Exception) -> None:
    extra = {"event": "stream_failed"}
    logger.warning(
        "%d streams of events broke off.", len(streams), exc_info=without_words(error), extra=extra
    )
    for seen in streams:
        seen.ended = True


class Look:
    """What the database holds about the conversations of some streams."""

    def __init__(self, due: Sequence[Seen], standings: Standings) -> None:
        """Raises DatabaseError."""
        ids = {seen.conversation_id for seen in due}
        self._conversations = Conversation.objects.in_bulk(ids)
        self._messages = _messages_after(_sent(due))
        self._known = Known(standings, open_handoffs(ids))
        self._answered = being_answered(ids)
        self._typing = who_types(ids)
        self._offers: dict[UUID, Served] = {}

    def changes(self, seen: Seen) -> Iterator[bytes]:
        conversation = self._conversations.get(seen.conversation_id)
        if conversation is None or (seen.agent is not None and not may_follow(conversation, seen.agent)):
            seen.ended = True
            yield _event("gone", {})
            return
        yield from self._new_messages(seen, conversation)
        yield from self._new_state(seen, conversation)
        yield from self._new_typing(seen, conversation)
        yield from self._new_read(seen, conversation)

    def _new_messages(self, seen: Seen, conversation: Conversation) -> Iterator[bytes]:
        new = [message for message in self._messages[conversation.pk] if message.seq > seen.seq]
        if not new:
            return
        shown = served(conversation, new, self._offer(conversation))
        seen.seq = shown[-1]["seq"]
        for message in shown:
            yield _event("message", message, message["seq"])

    def _new_state(self, seen: Seen, conversation: Conversation) -> Iterator[bytes]:
        state = {"owner": conversation.owner, "handoff": self._offer(conversation)}
        if state != seen.state:
            seen.state = state
            yield _event("state", state)

    def _new_typing(self, seen: Seen, conversation: Conversation) -> Iterator[bytes]:
        typing = {"sender": self._who_types(conversation, for_agent=seen.agent is not None)}
        if typing != (seen.typing or {"sender": None}):
            seen.typing = typing
            yield _event("typing", typing)

    def _new_read(self, seen: Seen, conversation: Conversation) -> Iterator[bytes]:
        """How far the other side has read; nothing as long as nobody has."""
        read = {"citizen": conversation.read_by_citizen, "agent": conversation.read_by_agent}
        if read != (seen.read or {"citizen": 0, "agent": 0}):
            seen.read = read
            yield _event("read", read)

    def _who_types(self, conversation: Conversation, *, for_agent: bool) -> str | None:
        agent, citizen = self._typing.get(conversation.pk, (False, False))
        if for_agent:
            return "citizen" if citizen else None
        if conversation.owner == Owner.AGENT and agent:
            return "agent"
        answered = conversation.owner == Owner.ASSISTANT and conversation.pk in self._answered
        return "assistant" if answered else None

    def _offer(self, conversation: Conversation) -> Served:
        """The same for both sides of a conversation."""
        if conversation.pk not in self._offers:
            self._offers[conversation.pk] = handoff_offer(conversation, self._known)
        return self._offers[conversation.pk]


def _sent(due: Sequence[Seen]) -> dict[UUID, int]:
    """Of each conversation, the number that the stream which is furthest behind has sent."""
    sent: dict[UUID, int] = {}
    for seen in due:
        sent[seen.conversation_id] = min(sent.get(seen.conversation_id, seen.seq), seen.seq)
    return sent


def _messages_after(sent: Mapping[UUID, int]) -> dict[UUID, list[Message]]:
    wanted = reduce(or_, (Q(conversation_id=pk, seq__gt=seq) for pk, seq in sent.items()))
    found: dict[UUID, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(wanted).order_by("seq"):
        found[message.conversation_id].append(message)
    return found


def _event(name: str, data: dict[str, Any], seq: int | None = None) -> bytes:
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
