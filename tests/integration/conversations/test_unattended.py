"""The last agent goes: those who wait are kept for a while, then told, and found again in the old place."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Handoff, Shift
from cms.conversations.tasks import requeue_absent
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import LIMA, WORKING_MORNING

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


def later(seconds: int) -> datetime:
    return WORKING_MORNING + timedelta(seconds=seconds)


@pytest.fixture
def bruno(seeded: None) -> Citizen:
    """He comes after Ana."""
    return Citizen(Client(), locale="es")


@pytest.fixture
def both_wait(ana: Citizen, bruno: Citizen, carlos_present: User, set_clock: SetClock) -> None:
    ana.post("handoff")
    set_clock(later(5))
    bruno.post("handoff")


@pytest.mark.usefixtures("both_wait")
def test_a_break_of_the_last_agent_keeps_the_queue_for_two_minutes(
    ana: Citizen, bruno: Citizen, carlos: User, set_clock: SetClock
) -> None:
    operations.set_shift(by=carlos, shift=Shift.BREAK)
    assert requeue_absent() == 0
    offer = bruno.read()["handoff"]
    assert (offer["state"], offer["position"], offer["wait_seconds"]) == ("queue", 2, None)
    set_clock(later(100))
    operations.heartbeat(by=carlos)
    assert requeue_absent() == 0
    assert ana.read()["owner"] == "queue"
    set_clock(later(130))
    operations.heartbeat(by=carlos)
    assert requeue_absent() == 2
    said = ana.read()
    assert (said["owner"], said["handoff"]["state"]) == ("assistant", "callback")
    assert "vuelves a tu lugar" in said["messages"][-1]["text"]
    assert said["handoff"]["case_number"] in said["messages"][-1]["text"]


@pytest.mark.usefixtures("both_wait")
def test_each_break_is_given_its_own_time(ana: Citizen, carlos: User, set_clock: SetClock) -> None:
    operations.set_shift(by=carlos, shift=Shift.BREAK)
    requeue_absent()
    set_clock(later(100))
    operations.set_shift(by=carlos, shift=Shift.AVAILABLE)
    requeue_absent()
    operations.set_shift(by=carlos, shift=Shift.BREAK)
    requeue_absent()
    set_clock(later(140))
    operations.heartbeat(by=carlos)
    assert requeue_absent() == 0
    assert ana.read()["handoff"]["state"] == "queue"


@pytest.mark.usefixtures("both_wait")
def test_who_is_back_finds_the_queue_as_it_was(
    ana: Citizen, bruno: Citizen, carlos: User, quilla: User, set_clock: SetClock
) -> None:
    operations.leave(by=carlos)
    assert requeue_absent() == 2
    assert requeue_absent() == 0, "nobody is there to come back to"
    bruno.write("¿cuánto cuesta?")
    set_clock(later(900))
    operations.heartbeat(by=quilla)
    assert requeue_absent() == 2
    assert (ana.read()["handoff"]["position"], bruno.read()["handoff"]["position"]) == (1, 2)
    told = bruno.last()
    assert "Vuelves a tu lugar en la cola, el 2" in told["text"]
    assert [choice["payload"] for choice in told["choices"]] == ["undo_handoff"]
    assert Handoff.objects.get(conversation_id=ana.id).requested_at == WORKING_MORNING
    operations.claim(conversation_id=ana.id, by=quilla)
    assert Handoff.objects.get(conversation_id=ana.id).picked_up_seconds == 900


@pytest.mark.usefixtures("both_wait")
def test_who_left_a_phone_or_asked_no_more_is_left_in_peace(
    ana: Citizen, bruno: Citizen, carlos: User, set_clock: SetClock
) -> None:
    ana.says("987 654 321")
    operations.leave(by=carlos)
    requeue_absent()
    bruno.presses("undo_handoff")
    operations.heartbeat(by=carlos)
    assert requeue_absent() == 0
    assert (ana.read()["handoff"]["state"], bruno.read()["owner"]) == ("callback", "assistant")


@pytest.mark.usefixtures("both_wait")
def test_the_next_day_nobody_is_put_into_a_queue(ana: Citizen, carlos: User, set_clock: SetClock) -> None:
    set_clock(datetime(2026, 11, 18, 20, 1, tzinfo=LIMA))
    assert requeue_absent() == 2
    assert "vuelves a tu lugar" not in ana.last()["text"], "nobody comes back today"
    set_clock(datetime(2026, 11, 19, 9, 0, tzinfo=LIMA))
    operations.heartbeat(by=carlos)
    assert requeue_absent() == 0


def test_a_quechua_speaker_is_kept_by_a_break_of_who_speaks_it_only(
    seeded: None, quilla_present: User, carlos_present: User, set_clock: SetClock
) -> None:
    rosa = Citizen(Client(), locale="qu")
    rosa.post("handoff")
    operations.set_shift(by=carlos_present, shift=Shift.BREAK)
    operations.leave(by=quilla_present)
    assert requeue_absent() == 1
    assert "filapi kasqaykimanmi kutinki" in rosa.last()["text"]
