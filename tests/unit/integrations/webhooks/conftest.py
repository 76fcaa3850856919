from collections.abc import Iterator
from typing import Any

import pytest

from cms.accounts.models import User
from cms.integrations.webhooks import operations
from cms.integrations.webhooks.models import Subscriber
from cms.integrations.webhooks.operations import Wish
from tests.unit.integrations.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOW_LOOPBACK = True
    with receiving() as found:
        yield found


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_user(username="ada", password="una clave de prueba", is_superuser=True)


@pytest.fixture
def subscriber(administrator: User, receiver: Receiver) -> Subscriber:
    made, _secret = operations.subscribe(wish=Wish("Municipalidad", receiver.url), by=administrator)
    return made
