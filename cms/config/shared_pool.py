"""One pool of connections to Redis for the whole process."""

from typing import Any, Self, cast

from redis import ConnectionPool

_made: dict[tuple[str, frozenset[tuple[str, Any]]], ConnectionPool] = {}


class SharedPool(ConnectionPool):
    """Django makes a cache, and with it a pool, for each context; under ASGI that is one for each request.

    Every request would open a connection of its own, and close it. The pool itself is safe for many threads.
    """

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Self:
        """The pool of this address and these options, made once."""
        made = _made.setdefault((url, frozenset(options.items())), super().from_url(url, **options))
        return cast(Self, made)
