"""Each request is answered in one thread, and nothing of it is left behind."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished, request_started
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.urls import path
from django.utils import translation

from cms.config.serving import Application

answered: list[tuple[threading.Thread, str]] = []


def plain(request: HttpRequest) -> HttpResponse:
    answered.append((threading.current_thread(), translation.get_language()))
    translation.activate("qu")
    return HttpResponse("hola")


def for_ever(request: HttpRequest) -> StreamingHttpResponse:
    async def parts() -> AsyncIterator[bytes]:
        yield b"uno"
        await asyncio.sleep(60)

    return StreamingHttpResponse(parts())


def broken(request: HttpRequest) -> StreamingHttpResponse:
    async def parts() -> AsyncIterator[bytes]:
        yield b"uno"
        raise ValueError("it broke off")

    return StreamingHttpResponse(parts())


urlpatterns = [path("plain/", plain), path("for-ever/", for_ever), path("broken/", broken)]


@pytest.fixture(autouse=True)
def _own_addresses() -> Any:
    answered.clear()
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        yield


def asked(application: Application, address: str) -> ApplicationCommunicator:
    scope = {
        "type": "http",
        "method": "GET",
        "path": address,
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    return ApplicationCommunicator(application, scope)


async def begun(application: Application, address: str) -> ApplicationCommunicator:
    request = asked(application, address)
    await request.send_input({"type": "http.request", "body": b""})
    assert (await request.receive_output(timeout=5))["status"] == 200
    return request


def test_a_request_is_answered_in_one_thread_and_another_language_is_not_the_next_ones() -> None:
    signalled: list[threading.Thread] = []

    def note(**_signal: object) -> None:
        signalled.append(threading.current_thread())

    async def play() -> None:
        application = Application()
        for _time in range(2):
            await (await begun(application, "/plain/")).wait()

    request_started.connect(note)
    request_finished.connect(note)
    try:
        asyncio.run(play())
    finally:
        request_started.disconnect(note)
        request_finished.disconnect(note)
    threads = [thread for thread, _language in answered]
    assert signalled == [threads[0], threads[0], threads[1], threads[1]]
    assert len({language for _thread, language in answered}) == 1


@pytest.mark.parametrize("address", ["/for-ever/", "/broken/"])
def test_a_stream_that_ends_early_is_closed_and_keeps_no_connection(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    close: Callable[[HttpResponseBase], None] = HttpResponseBase.close
    monkeypatch.setattr(HttpResponseBase, "close", lambda self: (closed.append("answer"), close(self))[1])
    monkeypatch.setattr(connections, "close_all", lambda: closed.append("connections"))

    async def play() -> None:
        request = await begun(Application(), address)
        assert (await request.receive_output(timeout=5))["body"] == b"uno"
        await request.send_input({"type": "http.disconnect"})
        with pytest.raises(ValueError, match="it broke off") if address == "/broken/" else nullcontext():
            await request.wait(timeout=5)

    asyncio.run(play())
    assert closed == ["answer", "connections"]


def test_who_goes_before_all_was_read_is_answered_nothing() -> None:
    async def play() -> bool:
        request = asked(Application(), "/plain/")
        await request.send_input({"type": "http.disconnect"})
        await request.wait(timeout=5)
        return await request.receive_nothing()

    assert asyncio.run(play())
    assert not answered
