"""A thread for each subscriber that is being told something, so that a slow one holds up nobody.

Neither other subscribers, nor what else follows a publication: whoever hands over a subscriber goes on at once.
A thread that dies with its process leaves its delivery claimed; the claim runs out and another takes it.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 16
# After this long a subscriber with much to be told goes to the end of the line.
TURN_SECONDS = 30.0

TellNext = Callable[[int], bool]


class Lanes:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy: set[int] = set()
        self._threads = ThreadPoolExecutor(max_workers=MOST_AT_ONCE, thread_name_prefix="webhooks")

    def take(self, subscriber_id: int, tell_next: TellNext) -> bool:
        """Starts telling one subscriber what is due; False where that is being done already."""
        with self._lock:
            if subscriber_id in self._busy:
                return False
            self._busy.add(subscriber_id)
        self._threads.submit(self._run, subscriber_id, tell_next)
        return True

    def idle(self) -> bool:
        with self._lock:
            return not self._busy

    def _run(self, subscriber_id: int, tell_next: TellNext) -> None:
        ends_at = time.monotonic() + TURN_SECONDS
        try:
            while time.monotonic() < ends_at and tell_next(subscriber_id):
                pass
        except Exception:  # the edge of a thread: the schedule comes by again in some seconds
            logger.exception("A lane of deliveries broke off.", extra={"event": "webhook_lane_broke_off"})
        finally:
            connection.close()
            with self._lock:
                self._busy.discard(subscriber_id)


lanes = Lanes()
