"""How attentions end: closed with a reason, logged after a call, or passed on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations.models import Conversation, Handoff, Knowledge, Note, Owner, Presence
from cms.conversations.operations import retention
from cms.desk.models import Outcome
from cms.directory.models import Entidad

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
NAME = "Duplicado del DNIe (mayor de edad) · RENIEC"


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


@pytest.fixture
def taken(desk_of: Desk, carlos: User, ask_for_person: Ask) -> tuple[Client, Conversation]:
    desk, conversation = desk_of(carlos), ask_for_person()
    desk.post(address(conversation, "tomar/"))
    return desk, conversation


def test_closing_is_filled_in_beforehand_from_the_conversation(taken: tuple[Client, Conversation]) -> None:
    desk, conversation = taken
    Handoff.objects.filter(conversation=conversation).update(reason="own_case")
    page = desk.get(address(conversation)).content.decode()
    assert (
        f'id="close-ficha" name="ficha" list="ficha-names" maxlength="400" autocomplete="off" value="{NAME}"'
        in page
    )
    assert '<option value="own_case" selected>' in page
    assert '<option value="reniec" selected>' in page


def test_a_ficha_is_known_by_its_name_in_any_case(taken: tuple[Client, Conversation]) -> None:
    desk, conversation = taken
    desk.post(address(conversation, "cerrar/"), {"solved": "1", "ficha": NAME.upper()})
    kept = Outcome.objects.get()
    assert (kept.codigo, kept.entidad, kept.medium) == ("reniec-dni-duplicado", "reniec", "chat")


def test_a_ficha_nobody_knows_is_kept_in_the_note(taken: tuple[Client, Conversation]) -> None:
    desk, conversation = taken
    desk.post(
        address(conversation, "cerrar/"), {"solved": "0", "ficha": "carné de pesca", "note": "preguntó"}
    )
    assert Outcome.objects.get().codigo == ""
    assert Note.objects.get(conversation=conversation).text == "Trámite: carné de pesca. preguntó"


def test_a_call_is_kept_with_the_same_words_and_without_personal_data(
    desk_of: Desk, carlos: User, seeded: None
) -> None:
    given = {
        "topic": "complaint", "locale": "qu", "ficha": NAME, "solved": "1",
        "note": "su DNI es 45678912", "next": "/desk/llamadas/",
    }  # fmt: skip
    answer = desk_of(carlos).post("/desk/llamada/", given)
    assert answer.headers["Location"] == "/desk/llamadas/"
    kept = Outcome.objects.get(medium="call")
    assert (kept.topic, kept.locale, kept.codigo, kept.solved, kept.by) == (
        "complaint", "qu", "reniec-dni-duplicado", True, carlos,
    )  # fmt: skip
    assert "45678912" not in kept.note
    assert Entry.objects.filter(what="call.logged", by=carlos).exists()


def test_what_was_noted_of_a_call_goes_after_a_month_and_the_figures_stay(
    desk_of: Desk, carlos: User, seeded: None
) -> None:
    given = {
        "topic": "complaint",
        "locale": "qu",
        "ficha": NAME,
        "solved": "1",
        "note": "su hija vive en Puno",
    }
    desk_of(carlos).post("/desk/llamada/", given)
    kept = Outcome.objects.get(medium="call")
    before, after = kept.at + timedelta(days=29), kept.at + timedelta(days=31)
    assert "notas de llamadas" not in retention.due(now=before).others
    assert retention.due(now=after).others["notas de llamadas"] == 1
    retention.apply_retention(now=after)
    kept.refresh_from_db()
    assert (kept.note, kept.codigo) == ("", "reniec-dni-duplicado")


def test_all_fichas_can_be_chosen_by_name(desk_of: Desk, carlos: User, seeded: None) -> None:
    assert NAME in desk_of(carlos).get("/desk/fichas/nombres/").content.decode()


def test_it_is_passed_to_who_speaks_quechua_in_its_old_place(
    taken: tuple[Client, Conversation], desk_of: Desk, quilla: User
) -> None:
    desk, conversation = taken
    assert "idioma:qu" not in desk.get(address(conversation)).content.decode(), "nobody is there"
    assert desk.post(address(conversation, "pasar/"), {"to": "idioma:qu"}).status_code == 409
    desk_of(quilla)
    before = Handoff.objects.get(conversation=conversation).requested_at
    desk.post(address(conversation, "pasar/"), {"to": "idioma:qu", "note": "habla poco castellano"})
    handoff = Handoff.objects.get(conversation=conversation)
    assert (handoff.state, handoff.locale, handoff.requested_at) == ("waiting", "qu", before)
    assert Note.objects.get(conversation=conversation).text == "habla poco castellano"


def test_it_is_passed_to_who_knows_the_entity(
    taken: tuple[Client, Conversation], desk_of: Desk, quilla: User
) -> None:
    desk, conversation = taken
    desk_of(quilla)
    assert desk.post(address(conversation, "pasar/"), {"to": "entidad:reniec"}).status_code == 409
    Knowledge.objects.create(user=quilla, entidad=Entidad.objects.get(codigo="reniec"))
    assert "entidad:reniec" in desk.get(address(conversation)).content.decode()
    desk.post(address(conversation, "pasar/"), {"to": "entidad:reniec"})
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.agent) == (Owner.AGENT, quilla)


def test_who_is_ending_the_shift_takes_nobody_new_and_keeps_the_own(
    taken: tuple[Client, Conversation], carlos: User, ask_for_person: Ask
) -> None:
    desk, conversation = taken
    desk.post("/desk/turno/", {"shift": "ending"})
    assert Presence.objects.get(user=carlos).available is False
    page = desk.get("/desk/").content.decode()
    assert "Terminando el turno" in page
    assert "Cierra o pasa la que tienes" in page
    other = ask_for_person()
    Handoff.objects.filter(conversation=other).update(state="waiting")
    board = desk.get("/desk/").content.decode()
    assert f'data-waits="{other.handoffs.get().pk}"' in board, "who waits is still seen"
    assert "Tomar<" not in board
    assert "Toma la primera" not in board
    refused = desk.post(address(other, "tomar/"))
    assert (refused.status_code, "vuelve a estar disponible" in refused.content.decode()) == (409, True)
    conversation.refresh_from_db()
    assert conversation.agent == carlos


def test_passed_to_who_has_all_they_can_it_stays_with_its_note(
    taken: tuple[Client, Conversation], desk_of: Desk, quilla: User, carlos: User
) -> None:
    desk, conversation = taken
    desk_of(quilla)
    User.objects.filter(pk=quilla.pk).update(seats=0)
    form = {"to": str(quilla.pk), "note": "habla poco castellano"}
    refused = desk.post(address(conversation, "pasar/"), form)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "quilla ya tiene todas las conversaciones que puede atender" in page
    assert 'autocomplete="off" value="habla poco castellano"' in page
    assert 'data-part="leaving" open' in page
    conversation.refresh_from_db()
    assert conversation.agent == carlos
