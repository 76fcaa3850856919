"""What stands beside a conversation: prepared replies, what changed, what was answered, what agents are told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations
from cms.conversations.contacts import read_contact
from cms.conversations.models import Conversation, Handoff
from cms.desk import beside, canned, queries
from cms.desk.looking import look
from cms.desk.models import Instruction
from cms.desk.quoting import cards
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from tests.integration.desk.conftest import MORNING

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
DNI = "reniec-dni-duplicado"


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_prepared_replies_are_in_the_citizens_language_and_quote_the_version(
    carlos: User, seeded: None, locale: str
) -> None:
    carlos.first_name = "Carlos Alberto"
    shown = published(DNI)
    found = {reply.name: reply for reply in canned.replies(carlos, locale, shown, cards(shown, locale))}
    assert "Carlos Alberto" in found["saludo"].text
    assert f"/{locale}/tramites/{DNI}/" in found["enlace"].text
    assert "versión 1" in found["requisitos"].text
    assert found["costo"].key == "c"


def test_every_prepared_reply_has_its_quechua(carlos: User, seeded: None) -> None:
    spanish, quechua = (canned.replies(carlos, locale, None, []) for locale in ("es", "qu"))
    assert len(spanish) >= 7
    assert not [es.name for es, qu in zip(spanish, quechua, strict=True) if es.text == qu.text]


@pytest.mark.parametrize(
    ("hour", "words"), [(9, "Buenos días"), (15, "Buenas tardes"), (19, "Buenas noches")]
)
def test_the_greeting_goes_by_the_clock_of_lima(carlos: User, hour: int, words: str) -> None:
    with translation.override("es"):
        assert canned.greeting(carlos, MORNING.replace(hour=hour)).startswith(words)


def test_a_reply_about_what_nobody_knows_is_not_offered(carlos: User, seeded: None) -> None:
    shown = published(DNI)
    unknown = {card.respuesta.aspecto for card in cards(shown, "es") if not card.known}
    offered = {reply.name for reply in canned.replies(carlos, "es", shown, cards(shown, "es"))}
    assert unknown
    assert not unknown & offered


def test_what_changed_lately_is_said_with_its_norm(
    desk_of: Desk, carlos: User, ask_for_person: Ask, fresh_index: None
) -> None:
    conversation = ask_for_person()
    assert beside.latest_changes(published(DNI)) == [], "the first version is no change"
    ficha = published(DNI).ficha
    new = {**ficha.es, "plazo": "Ahora demora diez días."}
    publish_ficha(ficha.model_copy(update={"es": new}), by=None, note="Sube el plazo.", norm="RJ 120-2026")
    page = desk_of(carlos).get(address(conversation)).content.decode()
    assert "Cambió hace poco" in page
    assert "Sube el plazo. (Cuánto demora) · RJ 120-2026" in page


def test_what_was_answered_is_listed_and_marked_when_the_ficha_changed_since(
    desk_of: Desk, carlos: User, ask_for_person: Ask, fresh_index: None
) -> None:
    conversation = ask_for_person()
    operations.cancel_request(conversation=conversation)
    posted = operations.post_message(conversation=conversation, client_id="2", payload=f"aspecto:{DNI}:costo")
    operations.run_turn(message=posted.message)
    [told] = beside.answered(queries.lines_after(conversation, 0))
    assert (told.titulo, told.revision, told.changed) == ("Cuánto cuesta", 1, False)
    ficha = published(DNI).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "plazo": "Otro."}}), by=None, note="x")
    operations.ask_for_person(conversation=conversation)
    page = desk_of(carlos).get(address(conversation)).content.decode()
    assert "la ficha cambió después (versión 1 → 2)" in page


def test_instructions_are_written_by_supervision_and_read_by_agents_only(
    desk_of: Desk, carlos: User, sonia: User, ask_for_person: Ask, client: Client
) -> None:
    conversation, given = ask_for_person(), {"text": "Pregunten si tiene la denuncia", "next": "/desk/"}
    refused = desk_of(carlos).post(f"/desk/fichas/{DNI}/instruccion/", given)
    assert (refused.status_code, Instruction.objects.count()) == (403, 0)
    supervisor = desk_of(sonia)
    assert supervisor.post(f"/desk/fichas/{DNI}/instruccion/", given).headers["Location"] == "/desk/"
    assert "Pregunten si tiene la denuncia" in desk_of(carlos).get(address(conversation)).content.decode()
    assert "Pregunten si tiene" not in client.get(f"/es/tramites/{DNI}/").content.decode()
    told = Instruction.objects.get()
    supervisor.post(f"/desk/fichas/{DNI}/instruccion/", {"end": str(told.pk)})
    assert "Pregunten si tiene" not in desk_of(carlos).get(address(conversation)).content.decode()
    assert list(Entry.objects.filter(what__startswith="instruction.").values_list("what", flat=True)) == [
        "instruction.ended",
        "instruction.given",
    ]


def test_the_contact_is_in_the_header_covered_and_shown_in_full_to_who_has_the_conversation(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk, other = desk_of(carlos), desk_of(quilla)
    conversation = ask_for_person()
    operations.leave_contact(conversation=conversation, contact=read_contact("987654321"))
    desk.post(address(conversation, "tomar/"))
    page = desk.get(address(conversation)).content.decode()
    assert "*** *** 321" in page
    assert "987654321" not in page
    assert "987654321" not in other.post(address(conversation, "contacto/"), {"why": "ver"}).content.decode()
    assert not Entry.objects.filter(what="callback.contact_revealed").exists()
    shown = desk.post(address(conversation, "contacto/"), {"why": "llamar"}).content.decode()
    assert 'href="tel:987654321"' in shown
    assert Entry.objects.get(what="callback.contact_revealed").by == carlos


def test_names_are_those_citizens_know_agents_by(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    carlos.first_name = "Carlitos"
    carlos.save()
    desk, conversation = desk_of(carlos), ask_for_person()
    desk.post(address(conversation, "tomar/"))
    desk.post(address(conversation, "nota/"), {"note": "algo"})
    desk.post(address(conversation, "responder/"), {"text": "Hola", "client_id": "a"})
    page = desk.get(address(conversation)).content.decode()
    assert "Carlitos" in page
    assert ">carlos<" not in page


def test_unread_lines_and_the_wait_are_counted_from_the_first_that_is_not_answered(
    desk_of: Desk,
    carlos: User,
    ask_for_person: Ask,
    set_clock: Callable[[datetime], None],
    morning: datetime,
) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    desk.post(address(conversation, "tomar/"))
    desk.post(address(conversation, "responder/"), {"text": "Hola", "client_id": "a"})
    [held] = queries.held_by(carlos)
    assert (held.awaits, held.unread, held.step) == (False, 0, "calm")
    for second, text in ((10, "una cosa"), (50, "y otra más")):
        set_clock(morning + timedelta(seconds=second))
        operations.post_message(conversation=conversation, client_id=text, text=text)
    [held] = queries.held_by(carlos, morning + timedelta(seconds=75))
    assert (held.awaits, held.unread, held.seconds, held.step) == (True, 2, 65, "late")
    assert held.snippet == "y otra más"
    page = desk.get("/desk/").content.decode()
    assert 'data-unread="2"' in page


def test_who_else_looks_is_told(desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask) -> None:
    conversation = ask_for_person()
    assert look(conversation.pk, carlos) == []
    assert look(conversation.pk, quilla) == ["carlos"]
    answer = desk_of(carlos).get(address(conversation, f"mensajes/?after=99&epoch={conversation.epoch}"))
    assert (answer.status_code, "quilla" in answer.headers["HX-Trigger"]) == (204, True)


def test_who_looked_is_forgotten(
    carlos: User, quilla: User, ask_for_person: Ask, set_clock: Callable[[datetime], None], morning: datetime
) -> None:
    conversation = ask_for_person()
    look(conversation.pk, carlos)
    set_clock(morning + timedelta(seconds=13))
    assert look(conversation.pk, quilla) == []


def test_a_citizen_who_writes_is_seen_to(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    from cms.conversations.models import Sender
    from cms.conversations.typing_signs import show_typing

    conversation = ask_for_person()
    show_typing(conversation.pk, Sender.CITIZEN)
    found = desk_of(carlos).get(address(conversation, f"mensajes/?after=99&epoch={conversation.epoch}"))
    assert '"typing": true' in found.headers["HX-Trigger"]


def test_the_ficha_of_a_search_brings_its_replies_along(desk_of: Desk, carlos: User, seeded: None) -> None:
    found: Any = desk_of(carlos).get("/desk/fichas/migraciones-pasaporte/?idioma=qu").content.decode()
    assert 'data-part="fresh-replies"' in found
    assert escape("/qu/tramites/migraciones-pasaporte/") in found


def test_supervision_is_alarmed_when_somebody_waits_too_long(
    desk_of: Desk,
    sonia: User,
    carlos: User,
    ask_for_person: Ask,
    set_clock: Callable[[datetime], None],
    morning: datetime,
) -> None:
    desk_of(carlos)
    conversation = ask_for_person()
    Handoff.objects.filter(conversation=conversation).update(state="waiting", requested_at=morning)
    desk = desk_of(sonia)
    assert 'data-part="alarm"' not in desk.get("/desk/cola/").content.decode()
    set_clock(morning + timedelta(seconds=181))
    assert 'data-alarmed="1"' in desk.get("/desk/cola/").content.decode()
