"""What stands beside a conversation, and those who are to be called back."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils.html import escape

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations
from cms.conversations.contacts import read_contact
from cms.conversations.models import Conversation, Handoff, HandoffState
from cms.conversations.operations import Wish
from cms.desk.quoting import cards
from cms.tramites.queries import published
from tests.integration.desk.conftest import NIGHT

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
DNI = "reniec-dni-duplicado"


def test_all_fichas_can_be_searched(desk_of: Desk, carlos: User, seeded: None) -> None:
    found = desk_of(carlos).get("/desk/fichas/?q=pasaporte&idioma=qu").content.decode()
    assert "/desk/fichas/migraciones-pasaporte/?idioma=qu" in found
    assert "MIGRACIONES" in found


def test_a_search_without_results_says_so(desk_of: Desk, carlos: User, seeded: None) -> None:
    found = desk_of(carlos).get("/desk/fichas/?q=xyzzyqwk").content.decode()
    assert "No hay fichas con «xyzzyqwk»" in found


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_what_is_inserted_is_in_the_citizens_language_and_names_its_version(
    desk_of: Desk, carlos: User, seeded: None, locale: str
) -> None:
    page = desk_of(carlos).get(f"/desk/fichas/{DNI}/?idioma={locale}").content.decode()
    shown = cards(published(DNI), locale)
    assert len(shown) == 17
    for card in shown:
        assert escape(card.cita) in page
        assert card.cita.startswith(card.respuesta.texto)
        assert "versión 1" in card.cita
        assert f"/{locale}/tramites/{DNI}/#{card.respuesta.aspecto}" in card.cita


def test_quechua_is_quoted_in_quechua(seeded: None) -> None:
    spanish, quechua = cards(published(DNI), "es")[0].cita, cards(published(DNI), "qu")[0].cita
    assert "Ficha «" in spanish
    assert "nisqa qillqamanta" in quechua


def test_what_is_not_known_comes_last_and_is_marked(desk_of: Desk, carlos: User, seeded: None) -> None:
    known = [card.known for card in cards(published(DNI), "es")]
    assert known == sorted(known, reverse=True)
    assert not all(known), "a ficha with nothing unknown would prove nothing"
    assert "sin dato" in desk_of(carlos).get(f"/desk/fichas/{DNI}/").content.decode()


def test_a_ficha_that_is_not_public_is_not_found(desk_of: Desk, carlos: User, seeded: None) -> None:
    assert desk_of(carlos).get("/desk/fichas/no-existe/").status_code == 404


@pytest.fixture
def callback(seeded: None, set_clock: Callable[[datetime], None], morning: datetime) -> Handoff:
    """Ana asked at night and left her phone."""
    set_clock(NIGHT)
    started = operations.start(locale="es", codigo=DNI)
    operations.ask_for_person(conversation=started.conversation, wish=Wish(contact=read_contact("987654321")))
    set_clock(morning)
    return Handoff.objects.get(conversation=started.conversation)


def test_those_to_be_called_are_listed_without_their_number(
    desk_of: Desk, carlos: User, callback: Handoff
) -> None:
    page = desk_of(carlos).get("/desk/llamadas/").content.decode()
    assert callback.case_number in page
    assert "*** *** 321" in page
    assert "987654321" not in page


def test_seeing_the_number_is_kept_in_the_audit(desk_of: Desk, carlos: User, callback: Handoff) -> None:
    desk = desk_of(carlos)
    page = desk.post(f"/desk/llamadas/{callback.pk}/contacto/", {"why": "devolver la llamada"})
    assert "tel:987654321" in page.content.decode()
    entry = Entry.objects.get(what="callback.contact_revealed")
    assert (entry.by, entry.subject, entry.why) == (carlos, str(callback.pk), "devolver la llamada")
    assert "987654321" not in str(entry.detail)
    assert "987654321" not in desk.get("/desk/llamadas/").content.decode()


def test_without_a_reason_the_number_stays_hidden(desk_of: Desk, carlos: User, callback: Handoff) -> None:
    refused = desk_of(carlos).post(f"/desk/llamadas/{callback.pk}/contacto/", {"why": " "})
    assert refused.status_code == 422
    assert "987654321" not in refused.content.decode()
    assert not Entry.objects.filter(what="callback.contact_revealed").exists()


def test_a_call_is_done_with_a_note(desk_of: Desk, carlos: User, callback: Handoff) -> None:
    desk = desk_of(carlos)
    assert desk.post(f"/desk/llamadas/{callback.pk}/hecha/", {"note": " "}).status_code == 422
    desk.post(f"/desk/llamadas/{callback.pk}/hecha/", {"note": "llamé y se explicó"})
    callback.refresh_from_db()
    assert (callback.state, callback.callback_note) == (HandoffState.DONE, "llamé y se explicó")
    assert callback.ended_by == carlos
    again = desk.post(f"/desk/llamadas/{callback.pk}/hecha/", {"note": "otra vez"})
    assert again.status_code == 409
    assert desk.post(f"/desk/llamadas/{callback.pk}/contacto/", {"why": "ver"}).status_code == 409


def test_who_is_to_be_called_can_be_written_to(desk_of: Desk, carlos: User, callback: Handoff) -> None:
    desk_of(carlos).post(f"/desk/conversaciones/{callback.conversation_id}/tomar/")
    assert Conversation.objects.get(pk=callback.conversation_id).agent == carlos
