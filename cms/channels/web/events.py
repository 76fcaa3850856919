"""A conversation as Server-Sent Events, for the citizen and for the agent's desk. The database is asked now and then; nothing is kept between processes."""

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import UUID

from cms.accounts.models import User
from cms.channels.web.news import Seen
from cms.channels.web.stopping import watch_for_stop
from cms.channels.web.watching import watch

POLL_SECONDS = 0.25
KEEP_ALIVE_SECONDS = 15.0
# A stream ends by itself and the browser comes back: nothing lives for ever, and a stop need not wait.
LASTS_SECONDS = 300.0
RETRY_MS = 2000
# Beyond, citizens are asked to come back. All streams share one look, so one more costs little.
MOST_STREAMS = 1000
# Of one address, which may be a whole centre; and never so many that nobody elsewhere gets one.
MOST_OF_ADDRESS = 400
# Of one conversation: a browser opens six connections to a host at most, and pages must load beside the streams.
MOST_OF_ONE = 4
CROWDED_RETRY_MS = 30_000

# Those open in this process, the oldest first.
_open_streams: dict[Seen, None] = {}


def is_full(address: str) -> bool:
    """Whether this process has as many streams open as it should, in all or to `address`."""
    here = sum(seen.address == address for seen in _open_streams)
    return len(_open_streams) >= MOST_STREAMS or here >= MOST_OF_ADDRESS


async def stream(
    conversation_id: UUID, after: int, agent: User | None = None, *, address: str = ""
) -> AsyncIterator[bytes]:
    """Everything after `after`, then what comes, until the stream's time is over. `address`: where a citizen's goes to.

    A browser has some streams of a conversation, not any number: one too many ends the oldest, which comes back late.
    """
    watch_for_stop()
    seen = Seen(conversation_id, after, agent, address=address)
    _open_streams[seen] = None
    own = [each for each in _open_streams if each.conversation_id == conversation_id]
    for oldest in own[:-MOST_OF_ONE]:
        _open_streams.pop(oldest)
        watch().leave(oldest)
        oldest.end(f"retry: {CROWDED_RETRY_MS}\n\n".encode())
    watch().follow(seen, POLL_SECONDS)
    try:
        async for part in _parts(seen):
            yield part
    finally:
        _open_streams.pop(seen, None)
        watch().leave(seen)


async def _parts(seen: Seen) -> AsyncIterator[bytes]:
    ends_at = time.monotonic() + LASTS_SECONDS
    yield f"retry: {RETRY_MS}\n\n".encode()
    while (left := ends_at - time.monotonic()) > 0 and not seen.has_told_all:
        try:
            async with asyncio.timeout(min(left, KEEP_ALIVE_SECONDS)):
                part = await seen.news.get()
        except TimeoutError:
            part = b": still here\n\n"
        if part:
            yield part
