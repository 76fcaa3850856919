from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.conversations import operations
from cms.integrations.rasa import client as rasa_client
from tests.integration.channels.browser import Browser
from tests.integration.conversations.rasa_double import RasaDouble

# A Wednesday that is no holiday: in the morning Aló MAC attends, at night it does not.
MORNING = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("America/Lima"))
NIGHT = datetime(2026, 11, 18, 23, 30, tzinfo=ZoneInfo("America/Lima"))


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    call_command("compile_catalogues")


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    """No counted requests, remembered hours or resting assistant of the test before; nobody at its address."""
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
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def morning(at: Callable[[datetime], None]) -> None:
    at(MORNING)


@pytest.fixture
def night(at: Callable[[datetime], None]) -> None:
    at(NIGHT)


@pytest.fixture
def both_present(carlos: User, quilla: User, morning: None) -> None:
    """An agent for each language."""
    operations.heartbeat(by=carlos)
    operations.heartbeat(by=quilla)


@pytest.fixture
def browser(seeded: None) -> Callable[[str], Browser]:
    """A citizen's browser without JavaScript, reading in the given language; forms need their CSRF token."""
    return lambda locale: Browser(Client(enforce_csrf_checks=True), locale)
