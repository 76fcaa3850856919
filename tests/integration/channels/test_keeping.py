"""The citizen keeps the conversation: as it was shown, with its sources, in the language of the page."""

from collections.abc import Callable

import pytest

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation
from tests.integration.channels.browser import Browser

pytestmark = pytest.mark.django_db
Open = Callable[[str], Browser]


def kept(citizen: Browser) -> str:
    [link] = [a for a in citizen.shown.all("a") if a.get("href", "").endswith("/chat/conversacion.txt")]
    response = citizen.client.get(link.get("href", ""))
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="conversacion-mac-')
    assert "no-store" in response.headers["Cache-Control"]
    text: str = response.content.decode("utf-8-sig")
    return text


def test_all_that_was_said_is_there_with_its_source_and_nothing_uncovered(
    browser: Open, both_present: None, carlos: User
) -> None:
    citizen = browser("es")
    citizen.open("chat/?codigo=reniec-dni-duplicado")
    citizen.write("¿cuánto cuesta? mi DNI es 45678912")
    citizen.press("handoff")
    conversation = Conversation.objects.get()
    operations.claim(conversation_id=conversation.pk, by=carlos)
    operations.add_note(conversation_id=conversation.pk, by=carlos, text="habla bajito")
    operations.send_as_agent(conversation_id=conversation.pk, by=carlos, text="Buenos días", client_id="1")
    citizen.open()
    text = kept(citizen)
    assert "Conversación con MAC, guardada el 18/11/2026 a las 10:00." in text
    assert "10:00 Tú:\n¿cuánto cuesta? mi DNI es ********" in text
    assert "http://testserver/es/tramites/reniec-dni-duplicado/#costo" in text
    assert "10:00 Persona de Aló MAC:\nBuenos días" in text
    assert "45678912" not in text
    assert "habla bajito" not in text


def test_in_quechua_it_is_told_in_quechua(browser: Open, both_present: None) -> None:
    citizen = browser("qu")
    citizen.open()
    citizen.write("haykataq chanin")
    assert "10:00 Qam:\nhaykataq chanin" in kept(citizen)


def test_before_anything_was_said_there_is_nothing_to_keep(browser: Open) -> None:
    citizen = browser("es")
    assert not [a for a in citizen.open().all("a") if "conversacion.txt" in a.get("href", "")]
    assert citizen.client.get("/es/chat/conversacion.txt").headers["Location"] == "/es/chat/"
