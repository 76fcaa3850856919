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
from cms.conversations.models import Conversation

# A Wednesday that is no holiday, in the middle of the morning.
MORNING = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("America/Lima"))
NIGHT = datetime(2026, 11, 18, 23, 30, tzinfo=ZoneInfo("America/Lima"))

AskForPerson = Callable[..., Conversation]


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    call_command("compile_catalogues")


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> Iterator[None]:
    """Nobody answers at the assistant's address; nothing is remembered of the test before."""
    settings.RASA_URL = "http://127.0.0.1:9"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def morning(set_clock: Callable[[datetime], None]) -> datetime:
    set_clock(MORNING)
    return MORNING


@pytest.fixture
def desk_of(morning: datetime) -> Callable[[User], Client]:
    """The desk of somebody who has signed in and whose page is open."""

    def enter(account: User) -> Client:
        client = Client(enforce_csrf_checks=False)
        client.force_login(account)
        client.post("/desk/presencia/")
        return client

    return enter


@pytest.fixture
def ask_for_person(seeded: None) -> AskForPerson:
    """Ana asks for a person, after saying `text`."""

    def ask(locale: str = "es", codigo: str = "reniec-dni-duplicado", text: str = "hola") -> Conversation:
        started = operations.start(locale="qu" if locale == "qu" else "es", codigo=codigo)
        operations.post_message(conversation=started.conversation, client_id="1", text=text)
        started.conversation.refresh_from_db()
        operations.ask_for_person(conversation=started.conversation)
        started.conversation.refresh_from_db()
        return started.conversation

    return ask
