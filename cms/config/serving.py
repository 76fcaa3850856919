"""Django's handler, with a pool of connections in mind: what a request took of it is always given back."""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections

from cms.connections import release_connection


class Application(ASGIHandler):
    """Gives back a request's connection when its view is done, and also when sending the answer failed.

    Between a view and what is around it stands the queue of the event loop: under load a connection would wait there longer
    than it was used. And Django ends a request where its answer is closed, but one that breaks off is not closed: the
    connection of the request's thread would go with the thread, and the pool would count it as in use for ever.
    """

    def make_view_atomic(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Django's own place to wrap every view."""
        made: Callable[..., Any] = super().make_view_atomic(view)
        if iscoroutinefunction(made):
            return made

        @wraps(made)
        def released(*args: Any, **kwargs: Any) -> Any:
            try:
                return made(*args, **kwargs)
            finally:
                release_connection()

        return released

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().handle(scope, receive, send)
        except BaseException:
            await sync_to_async(connections.close_all)()
            raise
