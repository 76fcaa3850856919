"""Not holding what others need while waiting for somebody else: a database connection, and a place at work."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# So many requests are worked on at once, and the others wait in the order they came. More would only take the one
# interpreter and the one write lock of the database from each other: with twenty each took seconds, none was done sooner.
MOST_AT_WORK = 6


def release_connection() -> None:
    """Gives the connection back to its pool, where there is one; the next query takes another.

    A turn waits seconds for the assistant: with as many turns as connections in the pool, everybody else would
    wait with them. Inside a transaction, and without a pool, nothing is done.
    """
    if "pool" in connection.settings_dict.get("OPTIONS", {}) and not connection.in_atomic_block:
        connection.close()


class _Places:
    """The places at work of this process. Who has one has it in its thread."""

    def __init__(self, count: int) -> None:
        self._free: SimpleQueue[None] = SimpleQueue()
        for _place in range(count):
            self._free.put(None)
        self._mine = threading.local()

    def take(self) -> None:
        self._free.get()
        self._mine.taken = True

    def give_back(self) -> bool:
        """Whether this thread had one."""
        had = getattr(self._mine, "taken", False)
        self._mine.taken = False
        if had:
            self._free.put(None)
        return had


_places = _Places(MOST_AT_WORK)


@contextmanager
def at_work() -> Iterator[None]:
    """One of `MOST_AT_WORK`, waited for in the order of coming."""
    _places.take()
    try:
        yield
    finally:
        _places.give_back()


@contextmanager
def waiting() -> Iterator[None]:
    """While somebody else is waited for: the connection and the place at work are for others.

    Whoever is waited for may ask this process in turn. Inside a transaction nothing is given back: those at work might wait for
    its locks, and it for a place among them.
    """
    release_connection()
    had = not connection.in_atomic_block and _places.give_back()
    try:
        yield
    finally:
        if had:
            _places.take()


def released_early(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The outermost middleware: nobody's connection waits until an answer is sent.

    Django gives it back when the answer is closed: for a page behind the queue of the event loop, for a stream of events
    after minutes. With as many citizens looking on as connections in the pool, nobody else would be answered.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            return get_response(request)
        finally:
            release_connection()

    return middleware
