"""What a citizen tells of themselves: covered in what stays, shown to the agent in charge, deleted in time."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations, sealing
from cms.conversations.errors import NotAnAgent, NothingCovered, NotYours, OnHold
from cms.conversations.models import Conversation, Handoff, HandoffState, Message, Note, Original
from cms.conversations.operations.retention import ORIGINAL_HOURS, Report, due
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import LIMA, WORKING_MORNING
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
SECRET = "45678912"


def everything_kept() -> str:
    rows = [Message, Handoff, Note, Entry, Conversation]
    return str([list(model.objects.values()) for model in rows])  # type: ignore[attr-defined]


def attend(ana: Citizen, agent: User) -> Message:
    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=agent)
    ana.says(f"mi DNI es {SECRET} y pagué S/ 41.00")
    return Message.objects.get(conversation_id=ana.id, text__contains="S/ 41.00")


def test_it_is_covered_before_it_is_stored_and_before_the_assistant_hears_it(
    ana: Citizen, rasa: RasaDouble
) -> None:
    ana.says(f"mi DNI es {SECRET}, ¿cuánto cuesta el duplicado?")
    assert rasa.heard[0].text == "mi DNI es ********, ¿cuánto cuesta el duplicado?"
    assert SECRET not in everything_kept()
    assert SECRET not in Original.objects.get().sealed
    assert SECRET in (sealing.opened(Original.objects.get().sealed) or "")
    assert SECRET not in str(ana.read())


def test_where_nothing_is_personal_nothing_is_kept_apart(ana: Citizen, rasa: RasaDouble) -> None:
    ana.says("¿cuánto cuesta el duplicado del DNI, S/ 41.00?")
    assert not Original.objects.exists()


def test_the_agent_in_charge_sees_it_with_a_reason_on_record(ana: Citizen, carlos_present: User) -> None:
    message = attend(ana, carlos_present)
    with pytest.raises(ValueError, match="why"):
        operations.reveal_original(conversation_id=ana.id, message_id=message.pk, by=carlos_present, why=" ")
    shown = operations.reveal_original(
        conversation_id=ana.id, message_id=message.pk, by=carlos_present, why=f"ver si {SECRET} es el suyo"
    )
    assert SECRET in shown
    kept = Entry.objects.get(what="conversation.revealed")
    assert (kept.by_name, kept.subject, kept.detail["seq"]) == ("carlos", ana.id, message.seq)
    assert SECRET not in kept.why


def test_nobody_else_sees_it(
    ana: Citizen, carlos_present: User, quilla_present: User, sonia: User, diego: User
) -> None:
    message = attend(ana, carlos_present)
    for other in (quilla_present, sonia, diego):
        with pytest.raises(NotYours):
            operations.reveal_original(
                conversation_id=ana.id, message_id=message.pk, by=other, why="curiosidad"
            )
    operations.close_by_agent(conversation_id=ana.id, by=carlos_present)
    with pytest.raises(NotYours):
        operations.reveal_original(
            conversation_id=ana.id, message_id=message.pk, by=carlos_present, why="ya cerrada"
        )


def test_what_an_agent_repeats_is_covered_too(ana: Citizen, carlos_present: User) -> None:
    attend(ana, carlos_present)
    mine = {"conversation_id": ana.id, "by": carlos_present}
    operations.send_as_agent(**mine, text=f"¿Su DNI es {SECRET}? Llame al (01) 315 2700.", client_id="1")
    assert ana.last()["text"] == "¿Su DNI es ********? Llame al (01) 315 2700."
    again = operations.send_as_agent(
        **mine, text=f"¿Su DNI es {SECRET}? Llame al (01) 315 2700.", client_id="1"
    )
    assert again.seq == ana.last()["seq"]
    operations.add_note(**mine, text=f"dni {SECRET}")
    operations.close_by_agent(**mine, note=f"se verificó {SECRET}")
    ana.post("rating", {"score": 5, "comment": f"soy {SECRET}"})
    assert SECRET not in everything_kept()


def test_the_original_goes_a_day_after_the_last_line(
    ana: Citizen, carlos_present: User, set_clock: SetClock
) -> None:
    message = attend(ana, carlos_present)
    set_clock(WORKING_MORNING + timedelta(hours=ORIGINAL_HOURS + 1))
    assert due().originals == 0, "somebody still has it"
    operations.close_by_agent(conversation_id=ana.id, by=carlos_present)
    assert operations.apply_retention().originals == 0
    set_clock(WORKING_MORNING + timedelta(hours=2 * ORIGINAL_HOURS + 2))
    assert due().originals == 1
    assert operations.apply_retention().originals == 1
    assert operations.apply_retention() == Report(0, 0, 0, 0)
    assert not Original.objects.exists()
    assert Message.objects.get(pk=message.pk).text.startswith("mi DNI es ********")


def test_without_an_original_there_is_nothing_to_see(ana: Citizen, carlos_present: User) -> None:
    message = attend(ana, carlos_present)
    Original.objects.all().delete()
    with pytest.raises(NothingCovered):
        operations.reveal_original(
            conversation_id=ana.id, message_id=message.pk, by=carlos_present, why="comprobar"
        )


def test_without_a_key_nothing_is_kept_and_it_says_so(
    ana: Citizen, carlos_present: User, settings: Any
) -> None:
    settings.ORIGINALS_KEYS = []
    message = attend(ana, carlos_present)
    assert message.text.startswith("mi DNI es ********")
    assert not Original.objects.exists()
    assert [told.id for told in sealing.without_key()] == ["conversations.W001"]
    desk = Client()
    desk.force_login(carlos_present)
    assert "no se guarda" in desk.get(f"/desk/conversaciones/{ana.id}/").content.decode()
    sent = operations.send_as_agent(
        conversation_id=ana.id, by=carlos_present, text=f"su DNI {SECRET}", client_id="1"
    )
    assert SECRET not in sent.text


def test_a_key_is_renewed_without_losing_what_is_kept(
    ana: Citizen, carlos_present: User, settings: Any
) -> None:
    message = attend(ana, carlos_present)
    mine = {"conversation_id": ana.id, "message_id": message.pk, "by": carlos_present, "why": "comprobar"}
    old, new = settings.ORIGINALS_KEYS[0], Fernet.generate_key().decode()
    settings.ORIGINALS_KEYS = [new, old]
    assert SECRET in operations.reveal_original(**mine)
    said = io.StringIO()
    call_command("reseal_originals", stdout=said)
    assert "primera llave: 1. No se pudieron abrir: 0" in said.getvalue()
    settings.ORIGINALS_KEYS = [new]
    assert SECRET in operations.reveal_original(**mine)
    settings.ORIGINALS_KEYS = [old]
    with pytest.raises(NothingCovered):
        operations.reveal_original(**mine)
    sent = operations.send_as_agent(conversation_id=ana.id, by=carlos_present, text="¿41.00?", client_id="2")
    assert sent.text == "¿41.00?", "what cannot be opened is not known, and stops nobody"
    assert sealing.without_key() == []


def test_a_contact_goes_a_month_after_the_call(ana: Citizen, carlos: User, set_clock: SetClock) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    ana.post("handoff", {"contact": "987654321"})
    set_clock(WORKING_MORNING + timedelta(days=90))
    assert due().contacts == 0, "nobody has called yet"
    operations.finish_callback(handoff_id=Handoff.objects.get().pk, by=carlos, note="se le explicó")
    set_clock(WORKING_MORNING + timedelta(days=121))
    assert operations.apply_retention().contacts == 1
    assert Handoff.objects.get().contact == ""


@pytest.mark.parametrize(("wish", "days"), [({}, 2), ({"contact": "987654321"}, 30)])
def test_a_call_nobody_makes_ends_by_itself(
    ana: Citizen, rasa: RasaDouble, set_clock: SetClock, wish: dict[str, str], days: int
) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    ana.says(f"mi DNI es {SECRET}")
    ana.post("handoff", wish)
    owed = Handoff.objects.get()
    since = owed.due_at or owed.requested_at
    assert operations.apply_retention(now=since + timedelta(days=days - 1)).total == 0
    assert Handoff.objects.get().state == HandoffState.CALLBACK
    over = since + timedelta(days=days, minutes=1)
    assert due(now=over).originals == 1
    assert operations.apply_retention(now=over).originals == 1
    assert Handoff.objects.get().state == HandoffState.CANCELLED
    assert Entry.objects.get(what="callback.expired").detail["contact"] is bool(wish)
    assert operations.apply_retention(now=over + timedelta(days=31)).contacts == len(wish)
    operations.apply_retention(now=over + timedelta(days=366))
    assert not Conversation.objects.exists()


def test_a_dry_run_reports_and_deletes_nothing(ana: Citizen, rasa: RasaDouble, set_clock: SetClock) -> None:
    ana.says(f"soy {SECRET}")
    set_clock(Conversation.objects.get().last_activity_at + timedelta(days=366))
    said = io.StringIO()
    call_command("apply_retention", "--dry-run", stdout=said)
    assert "1 textos sin cubrir" in said.getvalue()
    assert "1 conversaciones" in said.getvalue()
    assert Original.objects.count() == Conversation.objects.count() == 1
    call_command("apply_retention", stdout=said)
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()


def test_what_is_on_hold_stays(ana: Citizen, sonia: User, carlos: User, set_clock: SetClock) -> None:
    with pytest.raises(NotAnAgent):
        operations.hold(conversation_id=ana.id, by=carlos, why="oficio 12")
    operations.hold(conversation_id=ana.id, by=sonia, why="oficio 12 del juzgado")
    set_clock(Conversation.objects.get().last_activity_at + timedelta(days=366))
    assert operations.apply_retention() == Report(0, 0, 0, 1)
    operations.lift_hold(conversation_id=ana.id, by=sonia, why="archivado")
    assert operations.apply_retention().conversations == 1
    assert {"conversation.held", "conversation.released"} <= set(Entry.objects.values_list("what", flat=True))


def test_a_citizen_has_it_deleted(ana: Citizen, rasa: RasaDouble, sonia: User, client: Client) -> None:
    ana.says(f"soy {SECRET}")
    ana.post("handoff")
    bea = Citizen(client, locale="es")
    operations.hold(conversation_id=bea.id, by=sonia, why="oficio 12")
    with pytest.raises(OnHold):
        operations.erase_for_citizen(conversation=Conversation.objects.get(pk=bea.id))
    operations.erase_for_citizen(conversation=Conversation.objects.get(pk=ana.id))
    assert [str(row.pk) for row in Conversation.objects.all()] == [bea.id]
    assert not Handoff.objects.exists()
    assert Entry.objects.get(what="conversation.erased_by_citizen").subject == ana.id


NOTED = "Juana Quispe, de Jr. Lima, pide copia de su denuncia"


@pytest.mark.parametrize(
    "end",
    [operations.return_to_queue, operations.hand_to_assistant, operations.close_by_agent],
)
def test_what_an_agent_notes_goes_with_the_conversation(
    ana: Citizen, carlos_present: User, end: Callable[..., Conversation]
) -> None:
    attend(ana, carlos_present)
    end(conversation_id=ana.id, by=carlos_present, note=NOTED)
    assert NOTED in everything_kept()
    operations.erase_for_citizen(conversation=Conversation.objects.get(pk=ana.id))
    assert NOTED not in everything_kept()


def test_what_a_call_came_to_goes_with_the_conversation(ana: Citizen, carlos_present: User) -> None:
    ana.post("handoff", {"contact": "987654321"})
    Handoff.objects.update(state=HandoffState.CALLBACK)
    callback = Handoff.objects.get()
    operations.note_attempt(handoff_id=callback.pk, by=carlos_present, note=NOTED)
    operations.finish_callback(handoff_id=callback.pk, by=carlos_present, note=NOTED)
    operations.erase_for_citizen(conversation=Conversation.objects.get(pk=ana.id))
    assert NOTED not in everything_kept()


def test_who_keeps_a_conversation_by_order_leaves_no_number_of_its_citizen_in_the_audit(
    ana: Citizen, sonia: User
) -> None:
    ana.says(f"mi DNI es {SECRET}")
    operations.hold(conversation_id=ana.id, by=sonia, why=f"oficio 12 sobre {SECRET}")
    operations.lift_hold(conversation_id=ana.id, by=sonia, why=f"archivado lo de {SECRET}")
    assert SECRET not in str(list(Entry.objects.values()))
