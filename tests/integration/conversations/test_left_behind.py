"""A process that dies in the middle of a turn: the worker answers, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from cms.channels.web import api
from cms.conversations import operations
from cms.conversations.models import Conversation, Message
from cms.conversations.operations import turns
from cms.conversations.schedule import SCHEDULE
from cms.conversations.tasks import answer_unanswered, apply_retention, requeue_absent
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import WORKING_MORNING
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


def stored_only(ana: Citizen) -> Message:
    """The message is committed; the process that would have answered it is no more."""
    conversation = Conversation.objects.get(pk=ana.id)
    return operations.post_message(conversation=conversation, client_id="a", text="hola").message


def test_the_worker_answers_what_is_older_than_ten_seconds(
    ana: Citizen, rasa: RasaDouble, open_hours: datetime, set_clock: SetClock
) -> None:
    message = stored_only(ana)
    set_clock(WORKING_MORNING + timedelta(seconds=9))
    assert answer_unanswered() == 0
    set_clock(WORKING_MORNING + timedelta(seconds=11))
    assert answer_unanswered() == 1
    assert answer_unanswered() == 0
    assert [m["in_reply_to"] for m in ana.read(after=message.seq)["messages"]] == [message.seq]


def test_one_that_fails_keeps_no_answer_from_the_others(
    ana: Citizen,
    rasa: RasaDouble,
    open_hours: datetime,
    set_clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = stored_only(ana), stored_only(Citizen(Client(), locale="es"))
    answer = turns.run_turn

    def fails_for_one(*, message: Message) -> bool:
        if message.pk == first.pk:
            raise RuntimeError("always")
        return answer(message=message)

    monkeypatch.setattr(turns, "run_turn", fails_for_one)
    monkeypatch.setattr(turns, "MOST_AT_ONCE", 1)
    set_clock(WORKING_MORNING + timedelta(seconds=11))
    assert answer_unanswered() == 1
    assert Message.objects.get(pk=second.pk).turn == "done"


def test_a_repeat_of_what_is_still_being_answered_says_so(
    ana: Citizen, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "WAIT_SECONDS", 0.3)
    stored_only(ana)
    response = ana.write("hola", client_id="a").json()
    assert response["pending"] is True
    assert response["messages"] == []
    assert rasa.calls == 0


def test_a_turn_that_breaks_off_is_not_reported_as_a_failure(
    ana: Citizen, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**kwargs: object) -> bool:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(operations, "run_turn", breaks)
        response = ana.write("hola", client_id="a")
    assert response.status_code == 200
    assert response.json()["pending"] is True
    assert Message.objects.filter(conversation_id=ana.id, turn="due").count() == 1


def test_the_schedule_names_tasks_that_exist() -> None:
    named = {entry["task"] for entry in SCHEDULE.values()}
    assert named == {answer_unanswered.name, requeue_absent.name, apply_retention.name}


def test_the_task_takes_conversations_from_absent_agents(
    ana: Citizen, carlos_present: object, set_clock: SetClock
) -> None:
    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=carlos_present)  # type: ignore[arg-type]
    set_clock(WORKING_MORNING + timedelta(seconds=61))
    assert requeue_absent() == 1


def test_a_step_of_the_task_that_fails_keeps_the_others_from_nothing(
    ana: Citizen, carlos_present: object, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> int:
        raise RuntimeError("always")

    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=carlos_present)  # type: ignore[arg-type]
    set_clock(WORKING_MORNING + timedelta(seconds=61))
    monkeypatch.setattr(operations, "requeue_unanswered", fails)
    monkeypatch.setattr(operations, "tell_fallback", fails)
    assert requeue_absent() == 1
