"""The twenty scenarios lifted from others' bugs; each is found by its number. The cast is that of the other tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.accounts.models import User
from tests.integration.conversations.conftest import (
    _fresh,
    ana,
    carlos_present,
    open_hours,
    quilla_present,
    rasa,
    real_commits,
    set_clock,
)

__all__ = [
    "_fresh",
    "ana",
    "carlos_present",
    "open_hours",
    "quilla_present",
    "rasa",
    "real_commits",
    "set_clock",
]


@pytest.fixture
def desk_of(open_hours: object) -> Callable[[User], Client]:
    """The desk of somebody who has signed in and whose page is open."""

    def enter(account: User) -> Client:
        client = Client()
        client.force_login(account)
        client.post("/desk/presencia/")
        return client

    return enter
