"""Places at work: so many requests at once, and none held while somebody else is waited for."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from cms import connections
from cms.connections import at_work, waiting

PLACES = 2


@pytest.fixture(autouse=True)
def _two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_places", connections._Places(PLACES))


@pytest.fixture
def started() -> Iterator[Callable[[Callable[[], None]], threading.Thread]]:
    threads: list[threading.Thread] = []

    def start(work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work)
        threads.append(thread)
        thread.start()
        return thread

    yield start
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()


def test_no_more_are_at_work_than_there_are_places(
    started: Callable[[Callable[[], None]], threading.Thread],
) -> None:
    working: list[int] = []
    most: list[int] = []

    def work() -> None:
        with at_work():
            working.append(1)
            most.append(len(working))
            time.sleep(0.02)
            working.pop()

    threads = [started(work) for _ in range(8)]
    for thread in threads:
        thread.join(5)
    assert max(most) == PLACES
    assert len(most) == 8


def test_who_waits_for_another_leaves_the_place_and_has_one_again_afterwards(
    started: Callable[[Callable[[], None]], threading.Thread],
) -> None:
    asked, answered = threading.Event(), threading.Barrier(PLACES + 1)
    done: list[bool] = []

    def turn() -> None:
        with at_work():
            with waiting():
                answered.wait(5)
                asked.wait(5)
            done.append(connections._places.give_back())

    for _ in range(PLACES):
        started(turn)
    answered.wait(5)
    with at_work():  # what the one who is waited for asks in turn
        asked.set()
    while len(done) < PLACES:
        time.sleep(0.01)
    assert done == [True] * PLACES


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_the_place_is_kept() -> None:
    with at_work(), transaction.atomic(), waiting():
        assert connections._places.give_back()
        connections._places.take()


def test_where_there_is_no_place_to_leave_nobody_takes_one() -> None:
    with waiting():
        pass
    assert not connections._places.give_back()
