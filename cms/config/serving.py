"""Django's handler for a server whose pages are all plain functions: one thread for a request, asked once."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from typing import IO, Any, cast

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import connections
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from cms.connections import at_work, release_connection

# Threads are made as they are needed. A turn keeps one while the assistant thinks, seconds where that one hangs:
# with 20 turns a second nobody else may wait for them.
MOST_THREADS = 200


class Application(ASGIHandler):
    """Answers a request in one thread of a pool, from its beginning to its end.

    Django's own handler goes between the event loop and a new thread for each signal, for each middleware that could be asked
    either way, for the view and for the end: five changes and a new thread, which cost more than most views.

    A request's connection is given back when its view is done and also when sending the answer failed. Between a view and
    what is around it stands the queue of the event loop: under load a connection would wait there longer than it was used. And
    Django ends a request where its answer is closed, but one that breaks off is not closed: the pool would count its connection
    as in use for ever.
    """

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's own signature
        super().load_middleware(is_async=False)

    def make_view_atomic(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Django's own place to wrap every view."""
        made: Callable[..., Any] = super().make_view_atomic(view)

        @wraps(made)
        def released(*args: Any, **kwargs: Any) -> Any:
            try:
                return made(*args, **kwargs)
            finally:
                release_connection()

        return released

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            response = await self._in_a_thread(partial(self._at_work, scope, body))
            if response.streaming:
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)
        finally:
            body.close()

    async def _in_a_thread(self, work: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """In a context of its own: the language of one request is not the next one's."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._threads, context.run, work)

    def _at_work(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        with at_work():
            return self._answer(scope, body)

    def _answer(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        """The whole answer; what is sent bit by bit is closed by who sends it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response = cast(HttpResponseBase, refused if request is None else self.get_response(request))
        response._handler_class = self.__class__  # type: ignore[attr-defined]  # as Django's own handler does
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            assert isinstance(response, HttpResponse)
            response.close()
        return response

    async def _stream(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Until it is over or nobody listens any more."""
        sending = asyncio.create_task(self.send_response(response, send))
        gone = asyncio.create_task(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait((sending, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            gone.cancel()
            await asyncio.gather(sending, gone, return_exceptions=True)
            await sync_to_async(partial(_closed, response))()
        if not sending.cancelled():
            sending.result()


def _closed(response: HttpResponseBase) -> None:
    """Where its parts were read from the database, in that very thread."""
    response.close()
    connections.close_all()
