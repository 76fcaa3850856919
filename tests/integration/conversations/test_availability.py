"""What is promised about a person is so: calls with a time, a queue that says who may come, shifts, closing time."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.channels.web import limits
from cms.conversations import operations, queries
from cms.conversations.availability import callback_due
from cms.conversations.errors import NotAvailable, OtherLanguage
from cms.conversations.models import Conversation, Handoff, Knowledge, Message, Shift
from cms.conversations.operations.agents import FIRST_REPLY_SECONDS
from cms.conversations.taking import takeable
from cms.directory.models import DiaEspecial, Entidad
from cms.directory.queries import alo_mac
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import LIMA, WORKING_MORNING

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
NIGHT = datetime(2026, 11, 18, 21, 0, tzinfo=LIMA)


@pytest.fixture
def rosa(seeded: None, client: Client) -> Citizen:
    """She speaks Quechua."""
    return Citizen(client, locale="qu")


def test_a_call_asked_for_at_night_is_a_task_at_opening(ana: Citizen, set_clock: SetClock) -> None:
    set_clock(NIGHT)
    ana.post("handoff", {"contact": "987654321", "best_time": "afternoon"})
    ana.post("handoff", {"contact": "987654322"})
    [pending] = queries.callbacks()
    assert (pending.best_time, pending.contact) == ("afternoon", "987654322")
    assert pending.due_at == datetime(2026, 11, 19, 12, 0, tzinfo=LIMA)


@pytest.mark.parametrize(
    ("wish", "at", "due"),
    [
        ("", NIGHT, datetime(2026, 11, 19, 8, 0, tzinfo=LIMA)),
        ("any", WORKING_MORNING, WORKING_MORNING),
        ("morning", WORKING_MORNING, WORKING_MORNING),
        ("morning", WORKING_MORNING + timedelta(hours=3), datetime(2026, 11, 19, 8, 0, tzinfo=LIMA)),
        ("evening", WORKING_MORNING, datetime(2026, 11, 18, 18, 0, tzinfo=LIMA)),
    ],
)
def test_a_call_is_due_in_the_time_of_day_that_was_wished_for(
    seeded: None, wish: str, at: datetime, due: datetime
) -> None:
    assert callback_due(wish, at) == due


def test_an_unknown_time_is_refused(ana: Citizen) -> None:
    assert ana.post("handoff", {"best_time": "midnight"}).status_code == 422


def test_a_call_nobody_answered_stays_to_be_done_and_one_needs_saying_what_was_done(
    ana: Citizen, carlos: User, set_clock: SetClock
) -> None:
    set_clock(NIGHT)
    ana.post("handoff", {"contact": "987654321"})
    [pending] = queries.callbacks()
    operations.note_attempt(handoff_id=pending.pk, by=carlos, note="no contesta el 987654321")
    [pending] = queries.callbacks()
    assert pending.attempts == 1
    assert Conversation.objects.get(pk=ana.id).notes.get().text == "no contesta el *********"
    with pytest.raises(ValueError, match="done"):
        operations.finish_callback(handoff_id=pending.pk, by=carlos, note=" ")


def test_a_phone_can_be_left_while_waiting(carlos_present: User, ana: Citizen) -> None:
    ana.post("handoff")
    [reply] = ana.says("987 654 321")
    assert "321" in reply["text"]
    handoff = Handoff.objects.get()
    assert (handoff.state, handoff.contact) == ("waiting", "987654321")
    assert "Escríbele" not in reply["text"]


def test_a_spanish_speaker_there_is_said_and_can_be_chosen(carlos_present: User, rosa: Citizen) -> None:
    said = rosa.post("handoff").json()["message"]
    assert "castellano" in said["text"].casefold()
    assert [choice["payload"] for choice in said["choices"]] == ["undo_handoff", "locale:es"]
    replies = rosa.presses("locale:es")
    assert replies[-1]["handoff"]["state"] == "queue"
    assert rosa.read()["owner"] == "queue"


def test_the_fallback_is_said_when_it_begins_and_only_where_somebody_stands_behind_it(
    quilla_present: User, carlos: User, rosa: Citizen, set_clock: SetClock
) -> None:
    rosa.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=190))
    assert operations.tell_fallback() == 0, "nobody is there"
    operations.heartbeat(by=carlos)
    assert operations.tell_fallback() == 1
    assert operations.tell_fallback() == 0
    told = rosa.last()
    assert (told["sender"], told["locale"], told["handoff"]["state"]) == ("system", "qu", "queue")
    set_clock(WORKING_MORNING + timedelta(seconds=400))
    operations.heartbeat(by=carlos)
    assert operations.turn_into_callbacks() == 0, "who was told that anybody may come waits for anybody"


def test_nobody_is_told_that_no_quechua_speaker_is_free_when_one_is(
    quilla_present: User, carlos_present: User, rosa: Citizen, set_clock: SetClock, client: Client
) -> None:
    rosa.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=181))
    operations.heartbeat(by=quilla_present)
    operations.claim(conversation_id=rosa.id, by=carlos_present)
    assert rosa.last()["text"] == "Qanwanñam kachkan carlos, Aló MACmanta. Payqa manam runasimita rimanchu."


def test_who_knows_the_entity_has_it_first_and_then_anybody(
    carlos_present: User, quilla_present: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    Knowledge.objects.create(user=carlos_present, entidad=Entidad.objects.get(codigo="sunarp"))
    ana = Citizen(client, locale="es", codigo="reniec-dni-duplicado")
    ana.post("handoff")
    with pytest.raises(OtherLanguage):
        operations.claim(conversation_id=ana.id, by=carlos_present)
    assert not takeable(carlos_present, WORKING_MORNING).exists()
    assert takeable(quilla_present, WORKING_MORNING).count() == 1
    later = WORKING_MORNING + timedelta(seconds=181)
    assert takeable(carlos_present, later).count() == 1
    set_clock(later)
    operations.claim(conversation_id=ana.id, by=carlos_present)


def test_who_ends_the_shift_keeps_what_is_open_and_takes_nothing_new(
    carlos_present: User, seeded: None, client: Client
) -> None:
    first, second = Citizen(client, locale="es"), Citizen(client, locale="es")
    first.post("handoff")
    second.post("handoff")
    operations.claim(conversation_id=first.id, by=carlos_present)
    operations.set_shift(by=carlos_present, shift=Shift.ENDING)
    assert operations.heartbeat(by=carlos_present).shift == Shift.ENDING
    with pytest.raises(NotAvailable):
        operations.claim(conversation_id=second.id, by=carlos_present)
    operations.send_as_agent(
        conversation_id=first.id, by=carlos_present, text="termino contigo", client_id="1"
    )
    assert second.read()["handoff"]["state"] == "callback"
    operations.set_shift(by=carlos_present, shift=Shift.AVAILABLE)
    operations.claim(conversation_id=second.id, by=carlos_present)


def test_at_closing_time_open_conversations_are_finished_or_become_calls(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=carlos_present)
    set_clock(datetime(2026, 11, 18, 20, 5, tzinfo=LIMA))
    operations.heartbeat(by=carlos_present)
    assert operations.requeue_absent() + operations.turn_into_callbacks() == 0, "never cut"
    operations.leave(by=carlos_present)
    state = ana.read()
    assert (state["owner"], state["handoff"]["state"]) == ("assistant", "callback")
    assert state["handoff"]["case_number"] in state["messages"][-1]["text"]
    assert [line["text"] for line in state["messages"] if "cola" in line["text"]] == []
    assert Handoff.objects.get().due_at == datetime(2026, 11, 19, 8, 0, tzinfo=LIMA)


def test_an_agent_who_takes_and_does_not_write_loses_it_to_the_old_place(
    carlos_present: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    first, second = Citizen(client, locale="es"), Citizen(client, locale="es")
    first.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=1))
    second.post("handoff")
    for citizen in (first, second):
        operations.claim(conversation_id=citizen.id, by=carlos_present)
    operations.send_as_agent(conversation_id=second.id, by=carlos_present, text="hola", client_id="1")
    set_clock(WORKING_MORNING + timedelta(seconds=FIRST_REPLY_SECONDS + 5))
    operations.heartbeat(by=carlos_present)
    assert operations.requeue_unanswered() == 1
    assert operations.requeue_unanswered() == 0
    assert (first.read()["owner"], first.read()["handoff"]["position"]) == ("queue", 1)
    assert second.read()["owner"] == "agent"


def test_asking_fifty_times_is_one_request_and_one_line(carlos_present: User, ana: Citizen) -> None:
    before = Message.objects.filter(conversation_id=ana.id).count()
    for _time in range(50):
        assert ana.post("handoff").status_code == 200
    assert Handoff.objects.count() == 1
    assert Message.objects.filter(conversation_id=ana.id).count() == before + 1


def test_one_address_asks_for_so_many_people_and_others_still_get_one(
    carlos_present: User, seeded: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REQUESTS_PER_HOUR", 3)
    flood = [Citizen(client, locale="es") for _ in range(5)]
    assert [each.post("handoff").status_code for each in flood] == [200, 200, 200, 429, 429]
    assert flood[0].post("handoff").status_code == 200, "who waits already may ask how it stands"
    refused = flood[4].post("handoff")
    assert refused["Retry-After"]
    assert "Espera" in refused.json()["detail"]
    other = Citizen(Client(REMOTE_ADDR="10.9.9.9"), locale="es")
    assert other.post("handoff").json()["handoff"]["position"] == 4


def test_a_special_day_counts_before_the_week_and_holidays(
    ana: Citizen, carlos: User, set_clock: SetClock
) -> None:
    alo = alo_mac()
    assert alo
    half_day = {"fecha": "2026-12-24", "motivo": "Nochebuena"}
    DiaEspecial.objects.create(sede=alo, abre=time(8), cierra=time(13), **half_day)
    DiaEspecial.objects.create(sede=alo, fecha="2026-12-25", motivo="Navidad")
    seen = []
    for moment in (
        datetime(2026, 12, 24, 12, 59),
        datetime(2026, 12, 24, 13, 0),
        datetime(2026, 12, 25, 10, 0),
    ):
        set_clock(moment.replace(tzinfo=LIMA))
        operations.heartbeat(by=carlos)
        offer = ana.read()["handoff"]
        seen.append((offer["state"], offer["opens_at"]))
    opens = "2026-12-26T08:00:00-05:00"
    assert seen == [("now", None), ("callback", opens), ("callback", opens)]


def test_the_page_asks_when_to_call_and_in_which_language(
    seeded: None, client: Client, set_clock: SetClock
) -> None:
    set_clock(NIGHT)
    client.post("/es/chat/", {"text": "", "payload": "handoff", "client_id": "a"})
    page = client.get("/es/chat/").content.decode()
    assert 'name="best_time"' in page
    client.post("/es/chat/contacto/", {"contact": "987654321", "best_time": "evening", "quechua": "1"})
    handoff = Handoff.objects.get()
    assert (handoff.locale, handoff.best_time, handoff.contact) == ("qu", "evening", "987654321")


def test_the_page_takes_a_phone_while_one_waits(carlos_present: User, seeded: None, client: Client) -> None:
    client.post("/es/chat/", {"payload": "handoff", "client_id": "a"})
    assert "deja tu teléfono o tu correo" in client.get("/es/chat/").content.decode()
    client.post("/es/chat/contacto/", {"contact": "987654321", "best_time": "any"})
    handoff = Handoff.objects.get()
    assert (handoff.state, handoff.contact) == ("waiting", "987654321")
    page = client.get("/es/chat/").content.decode()
    assert "Anotado: si se corta la conversación, te buscaremos en *** *** 321." in page
    assert page.count("Te paso con una persona de Aló MAC.") == 1


def test_a_phone_given_with_the_wish_for_a_person_is_said_to_be_noted(
    carlos_present: User, ana: Citizen
) -> None:
    said = ana.post("handoff", {"contact": "987654321"}).json()["message"]["text"]
    assert said.startswith("Te paso con una persona de Aló MAC.")
    assert said.endswith("Anotado: si se corta la conversación, te buscaremos en *** *** 321.")


def test_who_left_a_phone_and_ends_the_chat_while_waiting_is_called(
    carlos_present: User, ana: Citizen
) -> None:
    ana.post("handoff", {"contact": "987654321", "best_time": "evening"})
    ana.post("close")
    [owed] = queries.callbacks()
    assert (owed.contact, owed.best_time) == ("987654321", "evening")
    assert ana.read()["owner"] == "closed"
    assert owed.case_number in ana.last()["text"]
    assert "*** *** 321" in ana.last()["text"]


def test_a_citizen_deletes_what_was_kept(seeded: None, client: Client, sonia: User) -> None:
    client.post("/es/chat/", {"payload": "handoff", "client_id": "a"})
    kept = Conversation.objects.get()
    operations.hold(conversation_id=kept.pk, by=sonia, why="oficio 12")
    refused = client.post("/es/chat/eliminar/")
    assert (refused.status_code, "no se puede borrar" in refused.content.decode()) == (409, True)
    operations.lift_hold(conversation_id=kept.pk, by=sonia, why="archivado")
    assert client.post("/es/chat/eliminar/").status_code == 302
    assert not Conversation.objects.exists()
    assert "Borrar también" not in client.get("/es/chat/").content.decode()
