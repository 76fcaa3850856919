"""What the script of the chat asks for: the same forms, answered with the new lines only."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.channels.web import limits
from cms.conversations.models import Conversation
from tests.integration.channels.browser import Browser
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db
NewBrowser = Callable[[str], Browser]
SCRIPT = {"X-MAC-Chat": "fragment"}


def send(browser: Browser, **fields: str) -> tuple[int, str]:
    form = browser.form("chat-form")
    response = browser.client.post(
        "/es/chat/", {**browser.hidden(form), "client_id": "mine", **fields}, headers=SCRIPT
    )
    return response.status_code, response.content.decode()


def test_the_answer_is_what_came_after(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    status, html = send(ana, text="hola", after="1")
    assert status == 200
    assert 'id="m2"' in html
    assert 'id="m3"' in html
    assert 'id="m1"' not in html
    assert "<html" not in html
    assert "csrfmiddlewaretoken" not in html, "the fragment is compared with the one before"


def test_a_page_that_shows_another_conversation_gets_all_lines(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    status, html = send(ana, text="hola", after="40", conversation="1f3b5c1e-0000-4000-8000-000000000000")
    assert status == 200
    assert ('id="m1"' in html, 'id="m3"' in html) == (True, True)
    own = Conversation.objects.get().pk
    assert "<li" not in ana.client.get(f"/es/chat/hilo/?after=40&conversation={own}").content.decode()
    greeted = ana.client.get("/es/chat/hilo/?after=1&conversation=").content.decode()
    assert ('id="m1"' in greeted, 'id="m2"' in greeted) == (False, True)


def test_a_second_try_answers_the_same(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    first, second = send(ana, text="hola", after="1"), send(ana, text="hola", after="1")
    assert first == second
    assert rasa.calls == 1


def test_refusals_are_one_sentence(browser: NewBrowser) -> None:
    ana = browser("es")
    ana.open()
    status, text = send(ana, text=" ")
    assert (status, text) == (422, "El mensaje está vacío: escribe algo.")


def test_too_many_messages_are_told_with_the_wait(
    browser: NewBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MESSAGES_PER_MINUTE", 0)
    ana = browser("es")
    ana.open()
    form = ana.form("chat-form")
    response = ana.client.post("/es/chat/", {**ana.hidden(form), "text": "hola"}, headers=SCRIPT)
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert "Espera" in response.content.decode()


def test_the_tail_is_empty_when_nothing_is_new(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    seq = Conversation.objects.get().last_seq
    html = ana.client.get(f"/es/chat/hilo/?after={seq}").content.decode()
    assert "<li" not in html
    assert 'data-owner="assistant"' in html


def test_after_forgetting_the_script_loads_the_page_again(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    form = ana.hidden(ana.form("cerrar"))
    response = ana.client.post("/es/chat/borrar/", form, headers=SCRIPT)
    assert response.status_code == 205
    assert not response.content
    assert "hola" not in ana.open().text


def test_the_panel_holds_the_conversation_of_the_page(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("qu")
    ana.open()
    ana.write("rimaykullayki")
    html = ana.client.get("/qu/chat/panel/").content.decode()
    assert "rimaykullayki" in html
    assert "<citizen-chat" in html
    assert "<html" not in html


def test_the_launcher_on_a_ficha_knows_the_ficha(client: Client, seeded: None) -> None:
    html = client.get("/es/tramites/reniec-dni-duplicado/").content.decode()
    assert '<chat-panel class="chat-launch" data-src="/es/chat/panel/?codigo=reniec-dni-duplicado">' in html
    assert 'href="/es/chat/?codigo=reniec-dni-duplicado"' in html
    assert "csrfmiddlewaretoken" not in html, "a page that is cached carries no token"
