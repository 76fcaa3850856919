"""A request that broke off while it was answered keeps no connection."""

import asyncio
import threading

import pytest
from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections

from cms.config.serving import Application


class BrokenOffError(Exception):
    pass


def test_the_connections_of_its_own_thread_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[threading.Thread] = []
    closed: list[threading.Thread] = []

    async def answered(*_args: object) -> None:
        await sync_to_async(lambda: used.append(threading.current_thread()))()
        raise BrokenOffError

    async def play() -> None:
        async with ThreadSensitiveContext():
            await Application().handle({}, None, None)

    monkeypatch.setattr(ASGIHandler, "handle", answered)
    monkeypatch.setattr(connections, "close_all", lambda: closed.append(threading.current_thread()))
    with pytest.raises(BrokenOffError):
        asyncio.run(play())
    assert closed == used
    assert closed
