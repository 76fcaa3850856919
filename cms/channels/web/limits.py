"""How much one address may ask for in a minute. Generous: behind one address may sit a whole MAC centre."""

import math
import time

from django.http import HttpRequest

from cms import kept
from cms.channels.web.problems import Refusal

WINDOW_SECONDS = 60
CONVERSATIONS_PER_MINUTE = 300
MESSAGES_PER_MINUTE = 3000


def count_conversation(request: HttpRequest) -> None:
    """Raises Refusal 429 beyond the limit of new conversations."""
    _count("conversations", request, CONVERSATIONS_PER_MINUTE)


def count_message(request: HttpRequest) -> None:
    """Raises Refusal 429 beyond the limit of messages, ratings and other writes."""
    _count("messages", request, MESSAGES_PER_MINUTE)


def _count(what: str, request: HttpRequest, most: int) -> None:
    now = time.time()
    window = int(now // WINDOW_SECONDS)
    key = f"limit:{what}:{request.META.get('REMOTE_ADDR', '')}:{window}"
    if kept.count(key, 2 * WINDOW_SECONDS) > most:
        left = (window + 1) * WINDOW_SECONDS - now
        raise Refusal(429, "too_many", retry_after_seconds=max(math.ceil(left), 1))
