"""One look at the database for all open streams of a process: which conversations changed since the last look.

Each stream asking for itself would cost hundreds of queries a second with nothing to tell.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.db import connection

from cms.conversations.availability import Standing, standing
from cms.conversations.faults import without_words
from cms.conversations.models import LOCALES, Conversation, Owner
from cms.conversations.typing_signs import who_types

logger = logging.getLogger(__name__)

Stamp = tuple[Any, ...]
# How things stand with a person for whoever asks now, by language: the same for all, so it is asked once for all.
Standings = Mapping[str, Standing]
# Whether a person can be reached changes by itself, but not at each look.
STANDINGS_EVERY_LOOKS = 20
FIELDS = ("last_seq", "epoch", "owner", "read_by_citizen", "read_by_agent")


class Watch:
    """The stamps of the conversations that somebody in this event loop follows."""

    def __init__(self) -> None:
        self._followers: dict[object, UUID] = {}
        self._stamps: dict[UUID, Stamp | None] = {}
        self._task: asyncio.Task[None] | None = None
        # None while it is not known.
        self.standings: Standings | None = None

    def follow(self, follower: object, conversation_id: UUID, every_seconds: float) -> None:
        self._followers[follower] = conversation_id
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look(every_seconds))

    def leave(self, follower: object) -> None:
        self._followers.pop(follower, None)

    def stamp(self, conversation_id: UUID) -> Stamp | None:
        """Another one than before where something changed; None while it is not known."""
        return self._stamps.get(conversation_id)

    async def _look(self, every_seconds: float) -> None:
        looks = 0
        while self._followers:
            wanted = set(self._followers.values())
            known = self.standings if looks % STANDINGS_EVERY_LOOKS else None
            looks += 1
            try:
                found = await sync_to_async(_seen, thread_sensitive=False)(wanted, known)
                self._stamps, self.standings = found
            except Exception as error:  # whatever broke: nothing is known, and every stream looks for itself
                self._stamps, self.standings = {}, None
                extra = {"event": "watch_failed"}
                logger.warning("Looking for changes failed.", exc_info=without_words(error), extra=extra)
            await asyncio.sleep(every_seconds)


def _seen(
    wanted: Collection[UUID], standings: Standings | None
) -> tuple[dict[UUID, Stamp | None], Standings]:
    try:
        return _stamps(wanted), standings or {locale: standing(locale) for locale, _name in LOCALES}
    finally:
        # The thread is borrowed: what it opened is given back.
        if not connection.in_atomic_block:
            connection.close()


def _stamps(wanted: Collection[UUID]) -> dict[UUID, Stamp | None]:
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
