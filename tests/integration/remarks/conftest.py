from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from cms.remarks.models import Remark

Write = Callable[..., Remark]
PHONE = "987 654 321"


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    call_command("compile_catalogues")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Nothing is counted of the test before."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def write(seeded: None, client: Client) -> Write:
    """Ana writes one, in her browser."""

    def send(kind: str = "reclamo", locale: str = "es", **said: str) -> Remark:
        given = {"text": "Esperé tres horas.", "name": "Ana", "contact": PHONE, **said}
        answer = client.post(f"/{locale}/reclamos/{kind}/", given)
        assert answer.status_code == 302, answer.content.decode()
        return Remark.objects.latest("pk")

    return send
