"""What is kept in the cache for a while, and may be lost at any moment: without the cache everything still works.

A cache that fails is left alone for some seconds, so that nobody waits for it at every step.
"""

import logging
import time
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.core.cache import cache

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0

Value = TypeVar("Value")
# When the cache is asked again, by the process's own clock.
_rests_until = 0.0


def get(key: str) -> Any:
    """What was kept under `key`; None when nothing is known."""
    return _tried(lambda: cache.get(key), unknown=None)


def get_many(keys: Collection[str]) -> dict[str, Any]:
    """What was kept under those of `keys` of which anything is known, asked for at once."""
    return _tried(lambda: dict(cache.get_many(keys)), unknown={}) if keys else {}


def put(key: str, value: object, seconds: int) -> None:
    _tried(lambda: cache.set(key, value, seconds), unknown=None)


def add(key: str, value: object, seconds: int) -> bool:
    """Keeps `value` unless something is kept already; whether it was the first, as far as is known."""
    return _tried(lambda: cache.add(key, value, seconds), unknown=True)


def count(key: str, seconds: int) -> int:
    """Counts one more, for `seconds` from the first on; how many there are, 0 when that is not known."""
    return _tried(lambda: _count(key, seconds), unknown=0)


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # evicted between the two
        return 0


def _tried(ask: Callable[[], Value], *, unknown: Value) -> Value:
    global _rests_until
    if time.monotonic() < _rests_until:
        return unknown
    try:
        return ask()
    except Exception as error:  # whatever the backend raises, a citizen is served without it
        _rests_until = time.monotonic() + REST_SECONDS
        logger.warning(
            "The cache does not answer (%s); going on without it.",
            type(error).__name__,
            extra={"event": "cache_failed"},
        )
        return unknown
