"""Going away from the desk: who waits and who is left behind is said first; what was lost meanwhile is explained."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation, Handoff, Presence, Shift
from cms.desk import queries, supervision
from cms.desk.models import Outcome

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
SetClock = Callable[[datetime], None]


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


def test_the_last_who_wants_a_break_is_told_how_many_wait(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    ask_for_person()
    ask_for_person()
    asked = desk.post("/desk/turno/", {"shift": "break", "next": "/desk/llamadas/"}).content.decode()
    assert "Hay 2 personas esperando y no queda nadie más disponible" in asked
    assert 'href="/desk/llamadas/"' in asked
    assert Presence.objects.get(user=carlos).shift == Shift.AVAILABLE
    desk.post("/desk/turno/", {"shift": "break", "sure": "1"})
    assert Presence.objects.get(user=carlos).shift == Shift.BREAK
    desk.post("/desk/turno/", {"shift": "available"})
    desk_of(quilla)
    desk.post("/desk/turno/", {"shift": "ending"})
    assert Presence.objects.get(user=carlos).shift == Shift.ENDING, "somebody else is there"


def test_leaving_with_open_conversations_asks_first(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    desk_of(quilla)
    desk.post(address(conversation, "tomar/"))
    asked = desk.post("/desk/salir/")
    assert (asked.status_code, "una conversación abierta" in asked.content.decode()) == (200, True)
    conversation.refresh_from_db()
    assert conversation.agent == carlos
    assert desk.post("/desk/salir/", {"sure": "1"}).headers["Location"] == "/desk/entrar/"
    conversation.refresh_from_db()
    assert conversation.owner == "queue"


def test_who_slept_is_told_when_and_why_it_went_and_who_has_it(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask, set_clock: SetClock, morning: datetime
) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    desk.post(address(conversation, "tomar/"))
    set_clock(morning + timedelta(seconds=125))
    operations.heartbeat(by=quilla)
    assert operations.requeue_absent() == 1
    waits = desk.get(address(conversation)).content.decode()
    assert "estuviste 2 min sin conexión. Espera en la cola, en su lugar" in waits
    operations.claim(conversation_id=conversation.pk, by=quilla)
    taken = desk.get(address(conversation)).content.decode()
    assert "Ahora la atiende quilla, desde las 10:02" in taken
    assert 'data-part="unsent"' in taken
    operations.transfer(conversation_id=conversation.pk, by=quilla, to=carlos)
    assert "Dejó de estar a tu cargo" not in desk.get(address(conversation)).content.decode()


def test_who_is_relieved_reads_the_supervisors_reason(
    desk_of: Desk, carlos: User, sonia: User, ask_for_person: Ask
) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    desk.post(address(conversation, "tomar/"))
    path = f"/desk/supervision/conversaciones/{conversation.pk}/pasar/"
    desk_of(sonia).post(path, {"to": "me", "why": "es pariente tuyo"})
    assert (
        "la pasó sonia, de supervisión: «es pariente tuyo»"
        in desk.get(address(conversation)).content.decode()
    )


def test_a_call_sent_twice_is_one_and_said_and_can_be_undone(
    desk_of: Desk, carlos: User, quilla: User, seeded: None, morning: datetime
) -> None:
    desk = desk_of(carlos)
    form = {"topic": "appointment", "solved": "0", "call_id": "a" * 32}
    assert [desk.post("/desk/llamada/", form).status_code for _time in range(2)] == [302, 302]
    kept = Outcome.objects.get()
    page = desk.get("/desk/").content.decode()
    assert "Llamada guardada a las 10:00" in page
    desk_of(quilla).post(f"/desk/llamada/{kept.pk}/deshacer/")
    assert Outcome.objects.exists(), "only who logged it"
    desk.post(f"/desk/llamada/{kept.pk}/deshacer/")
    assert not Outcome.objects.exists()
    assert "Llamada guardada" not in desk.get("/desk/").content.decode()


def test_whether_a_call_was_resolved_is_not_guessed(desk_of: Desk, carlos: User, seeded: None) -> None:
    desk = desk_of(carlos)
    assert 'name="solved" value="1" checked' not in desk.get("/desk/").content.decode()
    assert desk.post("/desk/llamada/", {"topic": "other"}).status_code == 422
    assert not Outcome.objects.exists()


def test_each_wait_of_the_day_counts_once_whatever_happens_after(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask, set_clock: SetClock, morning: datetime
) -> None:
    desk_of(carlos)
    first, _second = ask_for_person(), ask_for_person()
    set_clock(morning + timedelta(seconds=40))
    operations.heartbeat(by=quilla)
    operations.claim(conversation_id=first.pk, by=carlos)
    operations.transfer(conversation_id=first.pk, by=carlos, to=quilla)
    operations.return_to_queue(conversation_id=first.pk, by=quilla)
    set_clock(morning + timedelta(seconds=200))
    [hour] = supervision.hours()
    assert (hour.asked, hour.picked_up, hour.waiting, hour.late, hour.median) == (2, 1, 1, 1, 40)
    assert hour.percent == 50, "who still waits, over the target, was not taken in time"
    set_clock(morning + timedelta(hours=11))
    operations.turn_into_callbacks()
    [hour] = supervision.hours()
    assert (hour.asked, hour.picked_up, hour.waiting, hour.dropped) == (2, 1, 0, 1)
    assert Handoff.objects.get(conversation=first).picked_up_seconds == 40


def test_what_was_passed_to_me_waits_until_i_write_and_says_who_passed_it(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask, set_clock: SetClock, morning: datetime
) -> None:
    desk, other, conversation = desk_of(carlos), desk_of(quilla), ask_for_person()
    set_clock(morning + timedelta(seconds=50))
    desk.post(address(conversation, "tomar/"))
    desk.post(address(conversation, "responder/"), {"text": "Te paso con Quilla", "client_id": "a"})
    assert ">quilla" in desk.get(address(conversation, "a-quien/")).content.decode()
    desk.post(address(conversation, "pasar/"), {"to": str(quilla.pk)})
    side = other.get("/desk/cola/").content.decode()
    assert ("Te la pasó carlos" in side, "data-awaits" in side) == (True, True)
    assert "esperó 50 s" in other.get(address(conversation)).content.decode(), "the whole wait is kept"
    set_clock(morning + timedelta(seconds=60))
    other.post(address(conversation, "responder/"), {"text": "Soy Quilla", "client_id": "b"})
    side = other.get("/desk/cola/").content.decode()
    assert ("Te la pasó" in side, "data-awaits" in side) == (False, False)


def test_a_number_stays_with_its_conversation(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    first, second, third = ask_for_person(), ask_for_person(), ask_for_person()
    for conversation in (first, second):
        desk.post(address(conversation, "tomar/"))
    desk.get("/desk/cola/")
    desk.post(address(first, "cerrar/"), {"solved": "1"})
    places = {held.conversation.pk: held.number for held in queries.held_by(carlos)}
    assert places == {second.pk: 2}
    desk.post(address(third, "tomar/"))
    places = {held.conversation.pk: held.number for held in queries.held_by(carlos)}
    assert places == {third.pk: 1, second.pk: 2}
