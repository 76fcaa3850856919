"""More citizens than connections to the database, each as the server would have it: in a context of its own."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from cms.channels.web import events, news
from cms.config.serving import Application
from cms.conversations.models import Conversation
from tests.integration.conversations.browser import ROOT, Citizen
from tests.integration.conversations.conftest import at_once
from tests.integration.conversations.rasa_double import RasaDouble, say

pytestmark = [pytest.mark.profile, pytest.mark.usefixtures("real_commits")]
STREAMS = 8
CONNECTIONS = 4
Opened = Callable[[], Awaitable[ApplicationCommunicator]]


@pytest.fixture(autouse=True)
def _few_connections(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(events, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(events, "LASTS_SECONDS", 20.0)
    monkeypatch.setattr(events, "MOST_OF_ONE", STREAMS)
    if connection.vendor != "postgresql":
        yield
        return
    connection.close()
    pool = {"min_size": 1, "max_size": CONNECTIONS, "timeout": 2}
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "pool", pool)
    yield
    connection.close()
    connection.close_pool()
    monkeypatch.delitem(connection.settings_dict["OPTIONS"], "pool")


@pytest.fixture
def bea(real_commits: None, client: Client) -> Citizen:
    return Citizen(client, locale="es")


def test_open_streams_leave_the_connections_to_others(bea: Citizen) -> None:
    async def play() -> int:
        opened = [await listening(bea) for _ in range(STREAMS)]
        answered = await status(bea, f"{ROOT}/{bea.id}/messages")
        for stream in opened:
            await hung_up(stream)
        return answered

    assert asyncio.run(play()) == 200


def test_streams_end_where_the_database_is_gone_and_take_no_connection_with_them(
    bea: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError("the database is gone")

    async def play() -> int:
        with monkeypatch.context() as patched:
            patched.setattr(news, "Look", fail)
            for _ in range(STREAMS):
                await (await listening(bea)).wait(timeout=5)
        return await status(bea, f"{ROOT}/{bea.id}/messages")

    assert asyncio.run(play()) == 200


def test_who_waits_for_the_assistant_leaves_the_connections_to_what_it_asks(
    bea: Citizen, rasa: RasaDouble
) -> None:
    """The assistant asks the content service meanwhile: were all connections with those who wait, none would be answered."""
    faults: list[Exception] = []

    def answer(incoming: object) -> list[dict[str, Any]]:
        try:
            together.wait(timeout=5)
            Conversation.objects.count()
        except Exception as error:  # told below: this runs in the double's thread
            faults.append(error)
        finally:
            connection.close()
        return [say("greeting")]

    citizens = [bea, *(Citizen(Client(), locale="es") for _ in range(CONNECTIONS - 1))]
    bea.says("hola")  # whether the assistant is paused is known from now on
    together, rasa.results = threading.Barrier(CONNECTIONS), answer
    connection.close()
    outcomes = at_once([partial(citizen.says, "hola") for citizen in citizens])
    assert faults == []
    assert all(not isinstance(outcome, Exception) for outcome in outcomes)


async def listening(citizen: Citizen) -> ApplicationCommunicator:
    """A stream that has begun to speak."""
    stream = _asked(citizen, f"{ROOT}/{citizen.id}/events")
    await stream.send_input({"type": "http.request", "body": b""})
    started = await stream.receive_output(timeout=5)
    assert started["status"] == 200
    await stream.receive_output(timeout=5)
    return stream


async def hung_up(stream: ApplicationCommunicator) -> None:
    await stream.send_input({"type": "http.disconnect"})
    await stream.wait(timeout=5)


async def status(citizen: Citizen, path: str) -> int:
    asked = _asked(citizen, path)
    await asked.send_input({"type": "http.request", "body": b""})
    started = await asked.receive_output(timeout=8)
    await asked.wait(timeout=5)
    return int(started["status"])


def _asked(citizen: Citizen, path: str) -> ApplicationCommunicator:
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in citizen.headers.items()]
        + [(b"host", b"testserver")],
        "server": ("testserver", 80),
        "scheme": "http",
    }
    assert "testserver" in settings.ALLOWED_HOSTS
    return ApplicationCommunicator(Application(), scope)
