"""A subscriber that does not answer holds up nobody: no other subscriber, and nothing else that follows."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from cms.accounts.models import User
from cms.integrations.webhooks import client, operations, registry, sending
from cms.integrations.webhooks.models import Attempt, Delivery, DeliveryState
from cms.integrations.webhooks.operations import Wish
from cms.publishing.models import Change, ChangeKind
from tests.unit.integrations.webhooks.receiver import Receiver, receiving

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        if holds():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch, settings: Any) -> sending.Lanes:
    settings.WEBHOOKS_ALLOW_LOOPBACK = True
    told = registry.Subject(frozenset(), "http://portal.example/x")
    monkeypatch.setitem(registry._topics, "prueba", registry.Topic(lambda key: told, list))
    found = sending.Lanes()
    monkeypatch.setattr(sending, "lanes", found)
    monkeypatch.setattr(client, "WHOLE_SECONDS", 3.0)
    return found


def test_slow_ones_hold_up_nobody(transactional_db: None, lanes: sending.Lanes) -> None:
    ada = User.objects.create_user(username="ada", password="una clave de prueba", is_superuser=True)
    with ExitStack() as open_ones:
        slow, quick = (open_ones.enter_context(receiving()) for _side in range(2))
        slow.manner = "is slow"
        for name, receiver in (("lento 1", slow), ("lento 2", slow), ("rápido", quick)):
            operations.subscribe(wish=Wish(name, receiver.url), by=ada)
        for number in range(5):
            row = Change.objects.create(
                topic="prueba", key="x", revision=number + 50, kind=ChangeKind.CHANGED
            )
            operations.enqueue(row)
        started = time.monotonic()
        operations.send_due()
        handed_over = time.monotonic() - started
        assert until(lambda: len(quick.received) == 5, 2.5)
        assert handed_over < 0.5
        assert slow_is_still_waiting(slow)
        slow.released.set()
        assert until(lanes.idle)
    assert Delivery.objects.filter(subscriber__nombre="rápido", state=DeliveryState.DONE).count() == 5


def slow_is_still_waiting(slow: Receiver) -> bool:
    done = Delivery.objects.filter(subscriber__nombre__startswith="lento", state=DeliveryState.DONE)
    return bool(slow.received) and not done.exists()


def test_one_subscriber_has_one_thread_however_often_it_is_woken(
    transactional_db: None, lanes: sending.Lanes
) -> None:
    ada = User.objects.create_user(username="ada", password="una clave de prueba", is_superuser=True)
    with receiving() as slow:
        slow.manner = "is slow"
        operations.subscribe(wish=Wish("lento", slow.url), by=ada)
        for number in range(3):
            row = Change.objects.create(
                topic="prueba", key="x", revision=number + 50, kind=ChangeKind.CHANGED
            )
            operations.enqueue(row)
        assert [operations.send_due() for _wake in range(5)] == [1, 0, 0, 0, 0]
        assert until(lambda: len(slow.received) == 1)
        time.sleep(0.2)
        assert len(slow.received) == 1
        slow.released.set()
        assert until(lanes.idle)
    assert Attempt.objects.count() == 3
