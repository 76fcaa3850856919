"""The chat without JavaScript: the whole story in both languages, and what may go wrong on the way."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.channels.web import limits
from cms.conversations import operations
from cms.conversations.models import Conversation, Message, Owner
from tests.integration.channels.browser import Browser
from tests.integration.channels.conftest import MORNING
from tests.integration.conversations.rasa_double import RasaDouble
from tests.integration.portal.checking import checked, words

pytestmark = pytest.mark.django_db
DNI = "reniec-dni-duplicado"
NewBrowser = Callable[[str], Browser]

STORY = {
    "es": ("¿qué necesito para el duplicado del DNI?", "por confirmar", "cola", "Te atiende una persona"),
    "qu": ("¿Imakunatam necesitani DNIyta hurqunaypaq?", "chiqapchanaraq", "Filapiqa", "yanapachkasunki"),
}


def answers(codigo: str, aspecto: str) -> dict[str, str]:
    return {"type": "answer", "codigo": codigo, "aspecto": aspecto}


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_from_a_question_to_a_person_and_the_rating(
    browser: NewBrowser, rasa: RasaDouble, both_present: None, quilla: User, locale: str
) -> None:
    question, doubtful, queued, attended = STORY[locale]
    rasa.results = lambda incoming: [answers(DNI, "requisitos")]
    ana = browser(locale)
    ana.open(f"chat/?codigo={DNI}")

    page = ana.write(question)
    assert question in ana.lines("citizen")[-1]
    assert f"/{locale}/tramites/{DNI}/#requisitos" in page.links()
    assert doubtful in ana.lines("assistant")[-1]
    assert rasa.heard[-1].metadata["codigo"] == DNI

    ana.press(f"aspecto:{DNI}:costo")
    assert "S/" in ana.lines("assistant")[-1]

    page = ana.press("handoff")
    assert queued in page.text
    conversation = Conversation.objects.get()
    assert conversation.owner == Owner.QUEUE

    operations.claim(conversation_id=conversation.pk, by=quilla)
    operations.send_as_agent(conversation_id=conversation.pk, by=quilla, text="Aquí estoy", client_id="1")
    page = ana.open()
    assert attended in page.text
    assert "Aquí estoy" in ana.lines("agent")[-1]

    ana.follow(ana.send("cerrar"))
    page = ana.follow(ana.send("calificar", score="5", comment="bien"))
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.rating) == (Owner.CLOSED, 5)
    assert not [f for f in page.all("form") if f.get("action", "").endswith("/calificar/")]


def test_looking_at_the_page_stores_nothing(browser: NewBrowser) -> None:
    page = browser("es").open()
    assert not page.by_id("chat-text").text
    assert "asistente virtual" in page.text
    assert Conversation.objects.count() == 0


def test_every_line_that_is_not_the_citizens_offers_the_phone(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    page = ana.write("hola")
    for line in page.all("li", **{"class": "line assistant"}):
        assert [a for a in line.iter("a") if a.get("href") == "tel:1800"]


def test_a_form_sent_twice_is_one_message(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    ana.send("chat-form", text="¿cuánto cuesta?")
    ana.send("chat-form", text="¿cuánto cuesta?")
    assert Message.objects.filter(sender="citizen", text="¿cuánto cuesta?").count() == 1
    assert rasa.calls == 2


def test_the_form_that_begins_a_conversation_sent_twice_begins_one(
    browser: NewBrowser, rasa: RasaDouble
) -> None:
    ana = browser("es")
    ana.open()
    first = ana.send("chat-form", text="hola")
    # The answer to the first press got lost on the way, and the cookie with it.
    del ana.client.cookies["mac_chat"]
    second = ana.send("chat-form", text="hola")
    assert first.headers["Location"] == second.headers["Location"]
    assert Conversation.objects.count() == 1
    assert Message.objects.filter(sender="citizen").count() == 1
    ana.follow(second)
    assert "hola" in ana.lines("citizen")[-1]


def test_a_form_that_names_no_view_is_a_message_each_time(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    token = ana.hidden(ana.form("chat-form"))["csrfmiddlewaretoken"]
    for _time in range(2):
        ana.client.post("/es/chat/", {"csrfmiddlewaretoken": token, "text": "¿sigue?"})
    assert Message.objects.filter(sender="citizen", text="¿sigue?").count() == 2
    assert Conversation.objects.count() == 1


def test_another_text_from_the_same_view_is_another_message(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    ana.send("chat-form", text="hola")
    ana.send("chat-form", text="adiós")
    assert list(Message.objects.filter(sender="citizen").values_list("text", flat=True)) == ["hola", "adiós"]


@pytest.mark.parametrize(
    ("locale", "text", "status", "told"),
    [
        ("es", "  \u200b ", 422, "está vacío"),
        ("qu", "", 422, "chusaqmi"),
        ("es", "ñ" * 4001, 413, "demasiado largo"),
        ("qu", "ñ" * 4001, 413, "ancha hatunmi"),
    ],
)
def test_what_cannot_be_sent_is_told_and_given_back(
    browser: NewBrowser, locale: str, text: str, status: int, told: str
) -> None:
    ana = browser(locale)
    ana.open()
    response = ana.send("chat-form", text=text)
    assert response.status_code == status
    page = checked(response, locale)
    assert told in words(page.by_id("chat-problem"))
    assert (page.by_id("chat-text").text or "") == text
    assert Conversation.objects.count() == 0


def test_four_thousand_characters_are_taken(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    ana.write("ñ" * 4000)
    assert Message.objects.filter(sender="citizen").get().text == "ñ" * 4000


def test_a_form_of_another_site_is_refused(seeded: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/es/chat/", {"text": "hola"}).status_code == 403
    assert Conversation.objects.count() == 0


def test_markup_of_the_citizen_is_text(browser: NewBrowser, rasa: RasaDouble) -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> http://mal.example/"
    ana = browser("es")
    ana.open()
    page = ana.write(hostile)
    assert hostile in ana.lines("citizen")[-1]
    assert b"<script>alert" not in page.response.content
    assert not page.all("img")
    assert not [link for link in page.links() if "mal.example" in link]


def test_the_switch_of_language_keeps_the_conversation(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    page = ana.write("hola")
    [switch] = [link for link in page.links() if "idioma=qu" in link]
    ana.locale = "qu"
    ours = {"Sec-Fetch-Site": "same-origin"}
    response = ana.client.get(switch, headers=ours)
    assert response.headers["Location"] == "/qu/chat/"
    page = ana.open()
    assert "hola" in ana.lines("citizen")[0]
    conversation = Conversation.objects.get()
    assert (conversation.locale, conversation.locale_chosen) == ("qu", True)
    told = conversation.last_seq
    ana.client.get(switch, headers=ours)
    conversation.refresh_from_db()
    assert conversation.last_seq == told, "the choice is told once"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "http://mal.example/es/chat/"},
        {"Referer": "http://[mal"},
    ],
)
def test_a_link_elsewhere_changes_no_conversation(
    browser: NewBrowser, rasa: RasaDouble, headers: dict[str, str]
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    before = Conversation.objects.get()
    response = ana.client.get("/qu/chat/?idioma=qu", headers=headers)
    assert response.headers["Location"] == "/qu/chat/"
    after = Conversation.objects.get()
    assert (after.locale, after.last_seq) == (before.locale, before.last_seq)


def test_a_page_of_ours_is_known_by_its_address_where_browsers_say_no_more(
    browser: NewBrowser, rasa: RasaDouble
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    ana.client.get("/qu/chat/?idioma=qu", headers={"Referer": "http://testserver/es/chat/"})
    assert Conversation.objects.get().locale == "qu"


@pytest.fixture
def too_many(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on this address has written, and begun, as much as it may."""

    def reached() -> None:
        monkeypatch.setattr(limits, "MESSAGES_PER_MINUTE", 0)
        monkeypatch.setattr(limits, "CONVERSATIONS_PER_MINUTE", 0)

    return reached


@pytest.mark.parametrize("begun", [True, False])
def test_too_many_contacts_are_told_and_given_back(
    browser: NewBrowser, rasa: RasaDouble, night: None, too_many: Callable[[], None], begun: bool
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    ana.press("handoff")
    form = {**ana.hidden(ana.form("contacto")), "contact": "987 654 321"}
    too_many()
    if not begun:
        del ana.client.cookies["mac_chat"]
        limits.MESSAGES_PER_MINUTE = 100
    response = ana.client.post("/es/chat/contacto/", form)
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert "987 654 321" in response.content.decode() or not begun


@pytest.mark.parametrize(("locale", "said"), [("es", "Hay demasiados mensajes"), ("qu", "segundo")])
def test_too_many_messages_are_told_in_the_readers_language_with_the_number_to_call(
    browser: NewBrowser, rasa: RasaDouble, too_many: Callable[[], None], locale: str, said: str
) -> None:
    ana = browser(locale)
    ana.open()
    form = {**ana.hidden(ana.form("chat-form")), "text": "¿cuánto cuesta?"}
    too_many()
    response = ana.client.post(f"/{locale}/chat/", form)
    assert response.status_code == 429
    html = response.content.decode()
    assert said in html
    assert f'<html lang="{locale}">' in html
    assert 'href="tel:1800"' in html
    assert "¿cuánto cuesta?" in html, "what was written is given back"


@pytest.mark.parametrize("path", ["cerrar/", "calificar/"])
def test_closing_and_rating_are_counted_too(
    browser: NewBrowser, rasa: RasaDouble, too_many: Callable[[], None], path: str
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    token = ana.hidden(ana.form("chat-form"))["csrfmiddlewaretoken"]
    too_many()
    form = {"csrfmiddlewaretoken": token, "score": "5"}
    assert ana.client.post(f"/es/chat/{path}", form).status_code == 429
    assert Conversation.objects.get().rating is None


def test_too_many_switches_of_language_are_told(
    browser: NewBrowser, rasa: RasaDouble, too_many: Callable[[], None]
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    too_many()
    response = ana.client.get("/qu/chat/?idioma=qu", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 429
    assert "segundokuna" in response.content.decode() or "segundo" in response.content.decode()


def test_lines_in_the_other_language_say_so(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open()
    rasa.locale = "qu"
    page = ana.write("allinllachu")
    assert page.all("div", **{"class": "said", "lang": "qu"})


def test_out_of_hours_a_contact_is_left_and_a_case_number_given(
    browser: NewBrowser, rasa: RasaDouble, night: None
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    page = ana.press("handoff")
    assert "MAC-2026-" in page.text
    page = ana.follow(ana.send("contacto", contact="987 654 321"))
    assert "*** *** 321" in page.text
    assert "987" not in page.text
    assert Conversation.objects.get().handoffs.get().contact == "987654321"


def test_when_the_agents_are_gone_the_page_takes_a_contact_at_once(
    browser: NewBrowser, rasa: RasaDouble, both_present: None, at: Callable[[datetime], None]
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    ana.press("handoff")
    at(MORNING + timedelta(seconds=61))
    page = ana.open()
    assert "Tu número de caso es MAC-2026-" in page.text
    page = ana.follow(ana.send("contacto", contact="ana@correo.pe"))
    assert "a***@correo.pe" in page.text
    assert not [f for f in page.all("form") if f.get("action", "").endswith("/contacto/")]


@pytest.mark.parametrize(("locale", "told"), [("es", "correo válido"), ("qu", "correota qillqay")])
def test_a_contact_that_is_none_is_told_and_given_back(
    browser: NewBrowser, rasa: RasaDouble, night: None, locale: str, told: str
) -> None:
    ana = browser(locale)
    ana.open()
    ana.write("hola")
    ana.press("handoff")
    response = ana.send("contacto", contact="mañana")
    assert response.status_code == 422
    page = checked(response, locale)
    assert told in words(page.by_id("chat-contact-problem"))
    assert page.by_id("chat-contact").get("value") == "mañana"


def test_a_request_can_be_taken_back(browser: NewBrowser, rasa: RasaDouble, both_present: None) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    ana.press("handoff")
    page = ana.press("undo_handoff")
    assert Conversation.objects.get().owner == Owner.ASSISTANT
    assert not page.all("button", value="undo_handoff")


def test_reading_another_ficha_asks_about_that_one(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana = browser("es")
    ana.open(f"chat/?codigo={DNI}")
    ana.write("hola")
    ana.open("chat/?codigo=migraciones-pasaporte")
    ana.write("¿cuánto cuesta?")
    assert rasa.heard[-1].metadata["codigo"] == "migraciones-pasaporte"
    ana.write("¿y dónde?")
    assert rasa.heard[-1].metadata["codigo"] == "migraciones-pasaporte"


def test_a_first_question_can_come_with_the_address(browser: NewBrowser) -> None:
    page = browser("es").open("chat/?q=%C2%BFcu%C3%A1nto+cuesta%3F&codigo=no-existe")
    assert page.by_id("chat-text").text == "¿cuánto cuesta?"


def test_without_the_assistant_the_search_answers(browser: NewBrowser) -> None:
    ana = browser("es")
    ana.open()
    ana.write("¿cuánto cuesta el pasaporte electrónico?")
    assert "pasaporte" in ana.lines("assistant")[-1].casefold()


def test_a_turn_that_breaks_leaves_the_message_and_says_so(browser: NewBrowser) -> None:
    ana = browser("es")
    ana.open()
    with patch("cms.channels.web.asking.operations.run_turn", side_effect=RuntimeError):
        page = ana.write("hola")
    assert "sigue buscando" in page.text
    assert "/es/chat/ver/" in page.links(), "a way to look again by hand"
    ana.follow(ana.client.get("/es/chat/ver/"))


def test_a_shared_computer_keeps_the_conversation_no_longer_than_its_browser_is_open(
    browser: NewBrowser, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = browser("es")
    ana.open()
    ana.write("hola")
    kept = ana.client.cookies["mac_chat"]
    assert not kept["max-age"]
    assert not kept["expires"]
    assert kept["httponly"]
    assert "hola" in ana.open().text
    tomorrow = time.time() + 24 * 3600 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: tomorrow)
    assert "hola" not in ana.open().text


@pytest.mark.parametrize("closed_before", [False, True])
def test_ending_can_forget_the_conversation_on_this_computer(
    browser: NewBrowser, rasa: RasaDouble, closed_before: bool
) -> None:
    ana = browser("es")
    page = ana.open()
    assert "/borrar/" not in page.response.content.decode(), "there is nothing to forget yet"
    ana.write("es un secreto")
    old_form = {**ana.hidden(ana.form("chat-form")), "text": "es un secreto"}
    if closed_before:
        ana.follow(ana.send("cerrar"))
    [button] = ana.shown.all("button", formaction="/es/chat/borrar/")
    response = ana.client.post(button.get("formaction", ""), ana.hidden(ana.form("cerrar")))
    assert response.headers["Location"] == "/es/chat/"
    assert "secreto" not in ana.open().text
    conversation = Conversation.objects.get()
    assert conversation.owner == Owner.CLOSED
    assert conversation.messages.filter(sender="system").count() == 1
    assert ana.client.post("/es/chat/", old_form).status_code == 403, "the page before is of no use any more"


def test_another_browser_sees_nothing_of_it(browser: NewBrowser, rasa: RasaDouble) -> None:
    ana, eve = browser("es"), browser("es")
    ana.open()
    ana.write("es un secreto")
    eve.open()
    assert "secreto" not in eve.shown.text
    tail = eve.client.get("/es/chat/hilo/?after=0")
    assert tail.status_code == 404
    assert tail.content.decode() == "Esa conversación no existe o no es tuya."


def test_the_page_is_never_kept_by_a_cache(client: Client, seeded: None) -> None:
    assert "no-store" in client.get("/es/chat/").headers["Cache-Control"]
