"""The web goes down and comes back: whoever was there before has lost nothing, whoever was not is not made present."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cms.accounts.models import User
from cms.conversations import operations, uptime
from cms.conversations.models import Conversation, Shift
from cms.conversations.operations.agents import FIRST_REPLY_SECONDS
from cms.conversations.tasks import requeue_absent
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import WORKING_MORNING

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


def later(seconds: int) -> datetime:
    return WORKING_MORNING + timedelta(seconds=seconds)


@pytest.fixture
def up(set_clock: SetClock) -> Callable[[int, int], None]:
    """The web is up from one second to another and says so every ten; the clock stays at the last."""

    def from_to(first: int, last: int) -> None:
        for second in range(first, last + 1, uptime.BEAT_SECONDS):
            set_clock(later(second))
            uptime.write_down()

    return from_to


Up = Callable[[int, int], None]


@pytest.fixture
def held(up: Up, ana: Citizen, carlos: User) -> Conversation:
    """The web has been up for ten minutes; Carlos, heard of just now, has written to Ana."""
    up(-600, 0)
    operations.heartbeat(by=carlos)
    ana.post("handoff")
    taken = operations.claim(conversation_id=ana.id, by=carlos)
    operations.send_as_agent(conversation_id=ana.id, by=carlos, text="Buenos días.", client_id="1")
    return taken


def test_an_outage_of_ten_minutes_takes_nobodys_conversation(
    held: Conversation, carlos: User, set_clock: SetClock, up: Up
) -> None:
    for second in range(10, 600, 60):
        set_clock(later(second))
        assert requeue_absent() == 0, "the worker is up while the web is not"
    up(600, 610)
    assert requeue_absent() == 0, "the desks have not had the time to say that they are there"
    operations.heartbeat(by=carlos)
    up(620, 660)
    assert requeue_absent() == 0
    held.refresh_from_db()
    assert held.agent == carlos


def test_whoever_does_not_come_back_after_the_outage_is_absent_a_minute_later(
    held: Conversation, up: Up
) -> None:
    up(600, 650)
    assert requeue_absent() == 0
    up(660, 670)
    assert requeue_absent() == 1


def test_an_outage_makes_nobody_present_who_had_gone_before(held: Conversation, ana: Citizen, up: Up) -> None:
    up(10, 100)
    assert operations.requeue_absent() == 1
    up(400, 410)
    assert ana.read()["handoff"]["state"] == "callback"


def test_a_web_that_goes_down_again_and_again_takes_nobodys_conversation(held: Conversation, up: Up) -> None:
    for begins in range(200, 1000, 100):
        up(begins, begins + 40)
        assert requeue_absent() == 0, begins
    up(1100, 1170)
    assert requeue_absent() == 1


def test_who_waits_is_not_given_up_for_an_outage(
    ana: Citizen, carlos: User, up: Up, set_clock: SetClock
) -> None:
    up(-600, 0)
    operations.heartbeat(by=carlos)
    ana.post("handoff")
    set_clock(later(400))
    assert requeue_absent() == 0
    up(900, 910)
    assert requeue_absent() == 0
    assert ana.read()["handoff"]["state"] == "queue"


def test_the_time_for_the_first_reply_does_not_run_while_nobody_can_write(
    ana: Citizen, carlos: User, up: Up
) -> None:
    up(-600, 0)
    operations.heartbeat(by=carlos)
    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=carlos)
    up(900, 910)
    operations.heartbeat(by=carlos)
    assert operations.requeue_unanswered() == 0
    up(920, 910 + FIRST_REPLY_SECONDS)
    operations.heartbeat(by=carlos)
    assert operations.requeue_unanswered() == 1


def test_who_is_heard_of_is_there_though_no_process_writes_its_uptime_down(
    held: Conversation, carlos: User, set_clock: SetClock
) -> None:
    set_clock(later(300))
    operations.heartbeat(by=carlos)
    set_clock(later(361))
    operations.set_shift(by=carlos, shift=Shift.AVAILABLE)
    assert requeue_absent() == 0


def test_a_web_process_writes_down_that_it_is_up(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(WORKING_MORNING)
    written: list[datetime] = []

    def once(_seconds: float) -> None:
        written.append(uptime.Uptime.objects.get().seen_at)
        raise SystemExit

    monkeypatch.setattr(uptime.time, "sleep", once)
    monkeypatch.setattr(uptime.connection, "close", lambda: None)
    with pytest.raises(SystemExit):
        uptime._write_down_for_ever()
    assert written == [WORKING_MORNING]
