import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.conversations import operations
from cms.integrations.rasa import client as rasa_client
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.rasa_double import RasaDouble

LIMA = ZoneInfo("America/Lima")
# A Wednesday that is no holiday, in the middle of the morning.
WORKING_MORNING = datetime(2026, 11, 18, 10, 0, tzinfo=LIMA)


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    """No counted requests, no remembered hours, no resting assistant of the test before; nobody at its address."""
    settings.RASA_URL = "http://127.0.0.1:9"
    cache.clear()
    yield
    rasa_client.client().close()
    rasa_client._client.cache_clear()
    cache.clear()


@pytest.fixture
def rasa(settings: Any) -> Iterator[RasaDouble]:
    double = RasaDouble(settings.ASSISTANT_TOKEN)
    double.start()
    settings.RASA_URL = double.url
    yield double
    double.stop()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


@pytest.fixture
def open_hours(set_clock: Callable[[datetime], None]) -> datetime:
    """Aló MAC attends."""
    set_clock(WORKING_MORNING)
    return WORKING_MORNING


@pytest.fixture
def ana(seeded: None, client: Client) -> Citizen:
    return Citizen(client, locale="es")


@pytest.fixture
def carlos_present(carlos: User, open_hours: datetime) -> User:
    operations.heartbeat(by=carlos)
    return carlos


@pytest.fixture
def quilla_present(quilla: User, open_hours: datetime) -> User:
    operations.heartbeat(by=quilla)
    return quilla


@pytest.fixture
def real_commits(transactional_db: None) -> None:
    """Real transactions; the seed has the hours of Aló MAC."""


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """What each of `works` returned or raised, all begun at the same moment, each in a thread of its own."""
    start = threading.Barrier(len(works))
    outcomes: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes[place] = work()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes
