"""Where Rasa keeps its trackers: nowhere (embedded), or as a log of decisions without words (services).

The content service owns the conversation and sends the context with every turn, so each turn starts from an empty
tracker: a turn takes as long after an hour as at the start, any number of processes may serve one conversation,
and what citizens write is stored in one place only.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_OF_A_MESSAGE = ("intent", "language")
# Long enough to look into a complaint; without words, but it still tells when somebody talked, and of what.
KEPT_DAYS = 30
PRUNED_EVERY_SECONDS = 3600


class ForgetfulTrackerStore(TrackerStore):
    """Keeps nothing."""

    def __init__(self, domain: Any = None, event_broker: Any = None, **_kwargs: Any) -> None:
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Nothing is kept."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return None

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return None

    async def keys(self) -> Iterable[str]:
        return []

    async def delete(self, sender_id: str) -> None:
        """Nothing to delete."""


class DecisionLog(SQLTrackerStore):
    """Writes of every turn what was understood and what was done, never what was written; for `KEPT_DAYS`."""

    _pruned_at = 0.0  # by the clock of time.monotonic; 0: not yet by this process

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        return None

    async def create_tracker(
        self,
        sender_id: str,
        append_action_listen: bool = True,  # noqa: FBT001, FBT002 - Rasa's signature
    ) -> DialogueStateTracker:
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the turn of `tracker`; a tracker no message has reached yet is not a turn."""
        turn = [event for event in tracker.events if event.type_name in {"user", "action", "bot"}]
        if not any(isinstance(event, UserUttered) for event in turn):
            return
        with self.session_scope() as session:
            session.add_all(self._row(tracker.sender_id, event) for event in turn)
            if not self._pruned_at or time.monotonic() > self._pruned_at + PRUNED_EVERY_SECONDS:
                self._pruned_at = time.monotonic()
                old = self.SQLEvent.timestamp < time.time() - KEPT_DAYS * 24 * 3600
                session.query(self.SQLEvent).filter(old).delete(synchronize_session=False)
            session.commit()

    def _row(self, sender_id: str, event: Event) -> Any:
        data = without_words(event.as_dict())
        return self.SQLEvent(
            sender_id=sender_id,
            type_name=event.type_name,
            timestamp=data.get("timestamp"),
            intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
            action_name=data.get("name"),
            data=json.dumps(data),
        )


def without_words(event: dict[str, Any]) -> dict[str, Any]:
    """A copy of an event as Rasa writes it, without the citizen's text and what was cut from it."""
    kept = copy.deepcopy(event)
    if kept.get("event") != "user":
        return kept
    parsed = kept.get("parse_data", {})
    kept["parse_data"] = {name: parsed[name] for name in KEPT_OF_A_MESSAGE if name in parsed}
    for name in ("text", "metadata"):
        kept.pop(name, None)
    return kept
