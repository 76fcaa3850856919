"""Not holding a database connection while waiting for somebody else."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def release_connection() -> None:
    """Gives the connection back to its pool, where there is one; the next query takes another.

    A turn waits seconds for the assistant: with as many turns as connections in the pool, everybody else would
    wait with them. Inside a transaction, and without a pool, nothing is done.
    """
    if "pool" in connection.settings_dict.get("OPTIONS", {}) and not connection.in_atomic_block:
        connection.close()


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
