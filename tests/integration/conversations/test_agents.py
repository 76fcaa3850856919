"""What agents do, and what only an agent may."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.conversations import operations, queries
from cms.conversations.errors import (
    AlreadyClaimed,
    ConversationNotFound,
    NoSeats,
    NotAnAgent,
    NotYours,
    OtherLanguage,
    OtherText,
)
from cms.conversations.models import Conversation, Handoff, Message, Note
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import LIMA, WORKING_MORNING
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


@pytest.fixture
def waiting(carlos_present: User, ana: Citizen) -> Citizen:
    ana.post("handoff")
    return ana


@pytest.fixture
def attended(waiting: Citizen, carlos_present: User) -> Citizen:
    operations.claim(conversation_id=waiting.id, by=carlos_present)
    return waiting


def test_the_citizen_sees_who_came(attended: Citizen) -> None:
    state = attended.read()
    assert state["owner"] == "agent"
    assert state["handoff"]["state"] == "active"
    assert "carlos" in state["messages"][-1]["text"]


def test_agent_and_citizen_write_to_each_other(
    attended: Citizen, carlos_present: User, rasa: RasaDouble
) -> None:
    assert attended.says("hola, soy Ana") == []
    operations.send_as_agent(
        conversation_id=attended.id, by=carlos_present, text=" Buenos días ", client_id="1"
    )
    last = attended.last()
    assert (last["sender"], last["text"]) == ("agent", "Buenos días")
    assert rasa.calls == 0


def test_an_agents_message_is_sent_once(attended: Citizen, carlos_present: User) -> None:
    sent = [
        operations.send_as_agent(
            conversation_id=attended.id, by=carlos_present, text="hola", client_id="1"
        ).pk
        for _ in range(3)
    ]
    assert len(set(sent)) == 1


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_an_agent_cannot_send_nothing(attended: Citizen, carlos_present: User, text: str) -> None:
    with pytest.raises(ValueError, match="write something"):
        operations.send_as_agent(conversation_id=attended.id, by=carlos_present, text=text, client_id="1")


def test_diego_can_do_nothing_of_it(waiting: Citizen, diego: User) -> None:
    with pytest.raises(NotAnAgent):
        operations.heartbeat(by=diego)
    with pytest.raises(NotAnAgent):
        operations.claim(conversation_id=waiting.id, by=diego)
    with pytest.raises(NotAnAgent):
        operations.add_note(conversation_id=waiting.id, by=diego, text="nota")
    with pytest.raises(NotAnAgent):
        operations.finish_callback(handoff_id=Handoff.objects.get().pk, by=diego, note="nada")
    assert Conversation.objects.get(pk=waiting.id).owner == "queue"


def test_only_who_has_it_may_do_anything_with_it(attended: Citizen, quilla_present: User) -> None:
    mine = {"conversation_id": attended.id, "by": quilla_present}
    with pytest.raises(NotYours):
        operations.send_as_agent(**mine, text="hola", client_id="1")
    for operation in (operations.close_by_agent, operations.return_to_queue, operations.hand_to_assistant):
        with pytest.raises(NotYours):
            operation(**mine)
    with pytest.raises(NotYours):
        operations.transfer(**mine, to=quilla_present)
    with pytest.raises(AlreadyClaimed):
        operations.claim(**mine)


def test_what_nobody_asked_for_cannot_be_claimed(carlos_present: User, ana: Citizen) -> None:
    with pytest.raises(AlreadyClaimed):
        operations.claim(conversation_id=ana.id, by=carlos_present)
    with pytest.raises(ConversationNotFound):
        operations.claim(conversation_id="00000000-0000-4000-8000-000000000000", by=carlos_present)


def test_an_agent_has_so_many_seats_and_no_more(carlos_present: User, seeded: None, client: Client) -> None:
    User.objects.filter(pk=carlos_present.pk).update(seats=1)
    first, second = Citizen(client, locale="es"), Citizen(client, locale="es")
    first.post("handoff")
    second.post("handoff")
    operations.claim(conversation_id=first.id, by=carlos_present)
    with pytest.raises(NoSeats):
        operations.claim(conversation_id=second.id, by=carlos_present)
    assert Conversation.objects.get(pk=second.id).owner == "queue"


def test_a_quechua_speaker_is_kept_for_who_speaks_it_and_then_better_somebody(
    carlos_present: User, quilla_present: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    citizen = Citizen(client, locale="qu")
    citizen.post("handoff")
    with pytest.raises(OtherLanguage):
        operations.claim(conversation_id=citizen.id, by=carlos_present)
    set_clock(WORKING_MORNING + timedelta(seconds=181))
    operations.claim(conversation_id=citizen.id, by=carlos_present)
    said = citizen.read()["messages"][-1]
    assert said["locale"] == "qu"
    assert "runasimita" in said["text"]


def test_closing_ends_it_and_writing_again_reaches_the_assistant(
    attended: Citizen, carlos_present: User, rasa: RasaDouble
) -> None:
    operations.close_by_agent(conversation_id=attended.id, by=carlos_present)
    assert attended.read()["owner"] == "closed"
    assert attended.read()["handoff"]["requested"] is False
    [reply] = attended.says("una cosa más")
    assert reply["sender"] == "assistant"
    assert Handoff.objects.get().ended_by == carlos_present


def test_handing_back_gives_it_to_the_assistant(
    attended: Citizen, carlos_present: User, rasa: RasaDouble
) -> None:
    operations.hand_to_assistant(conversation_id=attended.id, by=carlos_present, note="solo quería el costo")
    assert attended.says("¿y el plazo?")[0]["sender"] == "assistant"
    assert Note.objects.get().text == "solo quería el costo"


def test_handing_back_keeps_the_promise_to_call(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    ana.post("handoff")
    ana.says("987654321")
    set_clock(WORKING_MORNING)
    operations.claim(conversation_id=ana.id, by=carlos_present)
    operations.hand_to_assistant(conversation_id=ana.id, by=carlos_present)
    [pending] = queries.callbacks()
    assert (pending.contact, pending.claimed_by) == ("987654321", None)
    assert pending.case_number


def test_a_transfer_needs_someone_who_is_there(
    attended: Citizen, carlos_present: User, quilla: User, diego: User
) -> None:
    for absent in (quilla, diego):
        with pytest.raises(NotAnAgent):
            operations.transfer(conversation_id=attended.id, by=carlos_present, to=absent)
    operations.heartbeat(by=quilla)
    operations.transfer(conversation_id=attended.id, by=carlos_present, to=quilla, note="habla quechua")
    kept = Conversation.objects.get(pk=attended.id)
    assert kept.agent == quilla
    with pytest.raises(NotYours):
        operations.send_as_agent(conversation_id=attended.id, by=carlos_present, text="sigo", client_id="1")


def test_an_absent_agents_citizens_return_to_their_old_place(
    carlos_present: User, quilla: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    first, second = Citizen(client, locale="es"), Citizen(client, locale="es")
    first.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=5))
    second.post("handoff")
    operations.claim(conversation_id=first.id, by=carlos_present)
    set_clock(WORKING_MORNING + timedelta(seconds=59))
    operations.heartbeat(by=quilla)
    assert operations.requeue_absent() == 0
    set_clock(WORKING_MORNING + timedelta(seconds=61))
    assert operations.requeue_absent() == 1
    assert operations.requeue_absent() == 0
    state = first.read()
    assert (state["owner"], state["handoff"]["position"]) == ("queue", 1)
    assert second.read()["handoff"]["position"] == 2
    assert [str(row.conversation_id) for row in queries.waiting()] == [first.id, second.id]


def test_signing_out_gives_everything_back(attended: Citizen, carlos_present: User) -> None:
    assert operations.leave(by=carlos_present) == 1
    assert attended.read()["owner"] == "queue"


def test_a_paused_agent_keeps_what_is_open(attended: Citizen, carlos_present: User) -> None:
    operations.heartbeat(by=carlos_present, available=False)
    assert operations.requeue_absent() == 0


def test_returning_to_the_queue_keeps_the_place_and_the_note(attended: Citizen, carlos_present: User) -> None:
    asked_at = Handoff.objects.get().requested_at
    operations.return_to_queue(conversation_id=attended.id, by=carlos_present, note="falta un dato")
    assert Handoff.objects.get().requested_at == asked_at
    assert attended.read()["handoff"]["state"] == "queue"


def test_notes_never_reach_the_citizen(attended: Citizen, carlos_present: User) -> None:
    operations.add_note(conversation_id=attended.id, by=carlos_present, text="parece confundida")
    assert "confundida" not in str(attended.read())


def test_a_callback_is_made_and_noted(ana: Citizen, carlos: User, sonia: User, set_clock: SetClock) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    ana.post("handoff", {"contact": "987654321"})
    [handoff] = queries.callbacks()
    operations.finish_callback(handoff_id=handoff.pk, by=carlos, note="se le explicó")
    assert not queries.callbacks().exists()
    with pytest.raises(AlreadyClaimed):
        operations.finish_callback(handoff_id=handoff.pk, by=sonia, note="otra vez")
    assert ana.read()["handoff"]["requested"] is False


def test_a_callback_can_be_taken_up_in_the_chat(ana: Citizen, carlos: User, set_clock: SetClock) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    ana.post("handoff", {"contact": "987654321"})
    set_clock(datetime(2026, 11, 19, 9, 0, tzinfo=LIMA))
    operations.claim(conversation_id=ana.id, by=carlos)
    assert ana.read()["owner"] == "agent"
    assert Handoff.objects.get().picked_up_seconds is None


def test_a_closed_chat_keeps_the_callback_that_has_a_contact(ana: Citizen, open_hours: datetime) -> None:
    ana.post("handoff", {"contact": "987654321"})
    ana.post("close")
    assert queries.callbacks().count() == 1


def test_a_closed_chat_leaves_the_queue(waiting: Citizen) -> None:
    waiting.post("close")
    assert not queries.waiting().exists()


def test_who_took_and_closed_it_is_on_record(attended: Citizen, carlos_present: User) -> None:
    operations.close_by_agent(conversation_id=attended.id, by=carlos_present)
    kept = Entry.objects.filter(subject=attended.id).values_list("what", "by_name")
    assert set(kept) == {("conversation.claimed", "carlos"), ("conversation.closed", "carlos")}


def test_an_agents_group_is_what_counts(waiting: Citizen, carlos_present: User) -> None:
    carlos_present.groups.clear()
    assert str(Role.AGENT) == "agentes"
    with pytest.raises(NotAnAgent):
        operations.claim(conversation_id=waiting.id, by=carlos_present)
    assert waiting.read()["handoff"]["state"] == "callback"


def test_nothing_an_agent_wrote_is_lost_by_a_new_owner(attended: Citizen, carlos_present: User) -> None:
    operations.send_as_agent(conversation_id=attended.id, by=carlos_present, text="uno", client_id="1")
    operations.return_to_queue(conversation_id=attended.id, by=carlos_present)
    texts = list(
        Message.objects.filter(conversation_id=attended.id, sender="agent").values_list("text", flat=True)
    )
    assert texts == ["uno"]


def test_one_name_is_one_text(attended: Citizen, carlos_present: User) -> None:
    def send(text: str) -> Message:
        return operations.send_as_agent(
            conversation_id=attended.id, by=carlos_present, text=text, client_id="1"
        )

    first = send("Buenos días")
    assert send("Buenos días") == first
    with pytest.raises(OtherText):
        send("Otra cosa")
    assert attended.last()["text"] == "Buenos días"
