"""A circuit breaker: a dead neighbour costs milliseconds, not a time budget for each citizen."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after `most_failures` in a row; after `rest_seconds` lets one caller try, whose luck decides.

    Safe between threads.
    """

    def __init__(
        self, *, most_failures: int, rest_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most_failures = most_failures
        self._rest_seconds = rest_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._resting_until = 0.0

    def allows(self) -> bool:
        """Whether to try now. When the rest is over, one caller gets True and the others wait for its luck."""
        with self._lock:
            if self._failures < self._most_failures:
                return True
            now = self._clock()
            if now < self._resting_until:
                return False
            self._resting_until = now + self._rest_seconds
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._most_failures:
                self._resting_until = self._clock() + self._rest_seconds
