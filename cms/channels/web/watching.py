"""One look at the database for all open streams of a process: which conversations changed since the last look, and what is new in them.

Each stream asking for itself would cost hundreds of queries a second with nothing to tell, and a thread for each that has.
"""

import asyncio
import contextlib
import logging
from collections.abc import Collection
from uuid import UUID
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.db import connection

from cms.channels.web.news import Seen, Stamp, Standings, news_of
from cms.channels.web.stopping import is_stopping
from cms.conversations.availability import standing
from cms.conversations.faults import without_words
from cms.conversations.models import LOCALES, Conversation, Owner
from cms.conversations.typing_signs import who_types

logger = logging.getLogger(__name__)

# Whether a person can be reached changes by itself, but not at each look.
STANDINGS_EVERY_LOOKS = 20
# Who comes in need not wait for the next look, but many who come at once share one.
SHORTEST_PAUSE_SECONDS = 0.02
FIELDS = ("last_seq", "epoch", "owner", "read_by_citizen", "read_by_agent")


class Watch:
    """The streams that are open in this event loop."""

    def __init__(self) -> None:
        self._followers: dict[Seen, None] = {}
        self._task: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._standings: Standings | None = None
        self._looks = 0

    def follow(self, seen: Seen, every_seconds: float) -> None:
        self._followers[seen] = None
        self._woken.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look(every_seconds))

    def leave(self, seen: Seen) -> None:
        self._followers.pop(seen, None)

    async def _look(self, every_seconds: float) -> None:
        while self._followers:
            self._woken.clear()
            await self._tell()
            await asyncio.sleep(min(SHORTEST_PAUSE_SECONDS, every_seconds))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(every_seconds):
                    await self._woken.wait()

    async def _tell(self) -> None:
        followers = list(self._followers)
        known = self._standings if self._looks % STANDINGS_EVERY_LOOKS else None
        self._looks += 1
        try:
            look = sync_to_async(_news, thread_sensitive=False)
            self._standings, news = await look(followers, known)
        except Exception as error:  # whatever broke: all come back where they broke off
            self._standings, news = None, [(seen, b"") for seen in followers]
            for seen in followers:
                seen.ended = True
            extra = {"event": "watch_failed"}
            logger.warning("Looking for changes failed.", exc_info=without_words(error), extra=extra)
        for seen, part in news:
            seen.news.put_nowait(part)
        if is_stopping():
            for seen in followers:
                seen.end()


def _news(
    followers: Collection[Seen], standings: Standings | None
) -> tuple[Standings, list[tuple[Seen, bytes]]]:
    try:
        stamps = _stamps({seen.conversation_id for seen in followers})
        stand = standings or {locale: standing(locale) for locale, _name in LOCALES}
        due = [seen for seen in followers if seen.is_due(stamps.get(seen.conversation_id), stand)]
        return stand, news_of(due, stand)
    finally:
        # The thread is borrowed: what it opened is given back.
        if not connection.in_atomic_block:
            connection.close()


def _stamps(wanted: Collection[UUID]) -> dict[UUID, Stamp]:
    rows = list(Conversation.objects.filter(pk__in=wanted).values_list("pk", *FIELDS))
    # Signs of typing are shown where people write to each other.
    signs = who_types(pk for pk, *stamp in rows if stamp[2] == Owner.AGENT)
    return {pk: (*stamp, *signs.get(pk, ())) for pk, *stamp in rows}


_watches: WeakKeyDictionary[asyncio.AbstractEventLoop, Watch] = WeakKeyDictionary()


def watch() -> Watch:
    """The one of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _watches:
        _watches[loop] = Watch()
    return _watches[loop]
