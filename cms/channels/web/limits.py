"""How much one address may ask for in a minute. Generous: behind one address may sit a whole MAC centre."""

import math
import time

from django.http import HttpRequest

from cms import kept
from cms.channels.web.problems import Refusal
from cms.conversations.models import Conversation
from cms.conversations.operations.handoffs import open_handoff

WINDOW_SECONDS = 60
CONVERSATIONS_PER_MINUTE = 300
MESSAGES_PER_MINUTE = 3000
# Nobody writes five lines a second: who does is no citizen, and would only keep others waiting.
MESSAGES_OF_ONE_PER_MINUTE = 300
# Two hundred people of one centre may all ask for a person within the hour; a thousand may not.
REQUESTS_PER_HOUR = 250


def count_conversation(request: HttpRequest) -> None:
    """Raises Refusal 429 beyond the limit of new conversations."""
    _count("conversations", request, CONVERSATIONS_PER_MINUTE)


def count_message(request: HttpRequest) -> None:
    """Raises Refusal 429 beyond the limit of messages, ratings and other writes."""
    _count("messages", request, MESSAGES_PER_MINUTE)


def count_message_of(conversation: Conversation) -> None:
    """Raises Refusal 429 beyond the limit of one conversation."""
    within(f"limit:one:{conversation.pk}", MESSAGES_OF_ONE_PER_MINUTE, WINDOW_SECONDS)


def count_request(request: HttpRequest, conversation: Conversation) -> None:
    """Raises Refusal 429 when one address asks for more people than it can have: others wait too.

    Asking again in a conversation that waits already is not counted.
    """
    if open_handoff(conversation) is None:
        within(f"limit:requests:{request.META.get('REMOTE_ADDR', '')}", REQUESTS_PER_HOUR, 3600)


def _count(what: str, request: HttpRequest, most: int) -> None:
    within(f"limit:{what}:{request.META.get('REMOTE_ADDR', '')}", most, WINDOW_SECONDS)


def within(name: str, most: int, window_seconds: int) -> None:
    """Counts one more under `name`; raises Refusal 429 beyond `most` in the window, with the seconds that are left of it."""
    window = int(time.time() // window_seconds)
    if kept.count(f"{name}:{window}", 2 * window_seconds) > most:
        raise _too_many(window, window_seconds)


def room(name: str, most: int, window_seconds: int) -> None:
    """Raises Refusal 429 when `most` are counted under `name` already; counts nothing itself."""
    window = int(time.time() // window_seconds)
    if (kept.get(f"{name}:{window}") or 0) >= most:
        raise _too_many(window, window_seconds)


def _too_many(window: int, window_seconds: int) -> Refusal:
    left = (window + 1) * window_seconds - time.time()
    return Refusal(429, "too_many", retry_after_seconds=max(math.ceil(left), 1))
