"""What the guide tells integrators to copy works on what is really sent."""

import re
from typing import Any

import pytest
from django.conf import settings

from cms.accounts.models import User
from cms.integrations.webhooks import operations
from cms.integrations.webhooks.operations import BACKOFF_SECONDS, Wish
from cms.publishing.models import Change
from tests.unit.integrations.webhooks.receiver import Receiver


@pytest.fixture(scope="module")
def guide() -> str:
    return (settings.ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_check_in_the_guide_tells_ours_from_others(
    guide: str, administrator: User, receiver: Receiver
) -> None:
    code = re.search(r"```python\n(.*?)```", guide, flags=re.DOTALL)
    assert code
    told: dict[str, Any] = {}
    exec(code[1], told)  # noqa: S102 the guide is ours
    subscriber, secret = operations.subscribe(wish=Wish("X", receiver.url), by=administrator)
    operations.enqueue(Change.objects.latest("id"))
    assert operations.tell_next(subscriber.pk)
    (got,) = receiver.received
    is_ours = told["is_ours"]
    assert is_ours(secret, got.headers, got.body)
    assert not is_ours(secret, got.headers, got.body.replace(b"cursor", b"cursOr"))
    assert not is_ours(secret, {**got.headers, "webhook-id": "another"}, got.body)
    assert not is_ours(secret, {**got.headers, "webhook-timestamp": "1"}, got.body)
    _other, another = operations.subscribe(wish=Wish("Y", receiver.url), by=administrator)
    assert not is_ours(another, got.headers, got.body)


def test_the_waits_in_the_guide_are_those_that_are_waited(guide: str) -> None:
    said = re.search(r"tried again after (.*?);", guide, flags=re.DOTALL)
    assert said
    unit = {"s": 1, "min": 60, "h": 3600}
    waits = [int(number) * unit[name] for number, name in re.findall(r"(\d+) (s|min|h)\b", said[1])]
    assert tuple(waits) == BACKOFF_SECONDS
