"""Hearing the chat: every line of ours, no line of theirs, and nothing of anybody else's conversation."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation, Handoff, HandoffState, Message, Owner
from cms.narration import making
from tests.integration.channels.browser import Browser
from tests.integration.conversations.rasa_double import RasaDouble
from tests.integration.portal.checking import words
from voice.speakable import prepare

pytestmark = [pytest.mark.django_db]
DNI = "reniec-dni-duplicado"
NewBrowser = Callable[[str], Browser]


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]


def kept() -> int:
    return len(list(making.shelf().folder.glob("*/*.mp3")))


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_an_answer_is_heard_as_the_version_it_quotes(
    browser: NewBrowser, rasa: RasaDouble, locale: str
) -> None:
    rasa.results = lambda incoming: [{"type": "answer", "codigo": DNI, "aspecto": "costo"}]
    ana = browser(locale)
    ana.open()
    page = ana.write("¿cuánto cuesta?")
    message = Message.objects.get(answer__aspecto="costo")
    assert f"/{locale}/chat/oir/{message.seq}.mp3" in page.links()

    heard = ana.client.get(f"/{locale}/chat/oir/{message.seq}.json").json()
    assert [text for _at, text in heard["sentences"]] == [
        message.text[s.start : s.end] for s in prepare(message.text, "es")
    ]
    sound = ana.client.get(f"/{locale}/chat/oir/{message.seq}.mp3")
    assert (sound["Content-Type"], "private" in sound["Cache-Control"]) == ("audio/mpeg", True)
    public = ana.client.get(
        f"/{locale}/escuchar/{DNI}/costo.mp3?revision={message.answer['revision']}", follow=True
    )
    assert public.content == sound.content
    assert kept() == 1


def test_the_citizens_words_an_agents_and_a_telephone_are_never_spoken(
    browser: NewBrowser, rasa: RasaDouble, both_present: None, carlos: User
) -> None:
    rasa.results = lambda incoming: [{"type": "say", "key": "thanks"}]
    ana = browser("es")
    ana.open()
    ana.write("me llamo Ana")
    ana.press("handoff")
    ana.open("chat/llamada/")
    ana.follow(ana.send("llamada", contact="987654321"))
    conversation = Conversation.objects.get()
    operations.claim(conversation_id=conversation.pk, by=carlos)
    operations.send_as_agent(conversation_id=conversation.pk, by=carlos, text="Aquí estoy", client_id="1")
    heard = {
        m.seq: ana.client.get(f"/es/chat/oir/{m.seq}.mp3").status_code for m in conversation.messages.all()
    }
    for message in conversation.messages.all():
        private = message.sender in ("citizen", "agent") or "carlos" in message.text.casefold()
        if not private:
            spoken = str(ana.client.get(f"/es/chat/oir/{message.seq}.json").json()["sentences"])
            assert "987" not in spoken
            assert "321" not in spoken
        assert heard[message.seq] == (404 if private else 200), message.text
    assert 404 in heard.values()
    assert 200 in heard.values()
    assert kept() == 0


def test_nobody_hears_the_conversation_of_another(browser: NewBrowser, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [{"type": "say", "key": "thanks"}]
    ana = browser("es")
    ana.open()
    ana.write("gracias")
    assert ana.client.get("/es/chat/oir/3.mp3").status_code == 200
    assert Client().get("/es/chat/oir/3.mp3").status_code == 404
    assert ana.client.get("/es/chat/oir/0.mp3").status_code == 404


def test_the_greeting_is_heard_before_anything_is_stored(browser: NewBrowser) -> None:
    page = browser("qu").open(f"chat/?codigo={DNI}")
    [address] = [link for link in page.links() if "/oir/" in link]
    assert Client().get(address)["Content-Type"] == "audio/mpeg"
    assert not Conversation.objects.exists()


def test_who_reads_quechua_leaves_a_telephone_and_is_called_in_quechua(
    browser: NewBrowser, night: None
) -> None:
    ana = browser("qu")
    ana.open("chat/llamada/")
    refused = ana.send("llamada", contact="no sé")
    assert refused.status_code == 422
    assert 'value="no sé"' in refused.content.decode()
    ana.follow(ana.send("llamada", contact="987 654 321"))
    handoff = Handoff.objects.get()
    assert (handoff.locale, handoff.state) == ("qu", HandoffState.CALLBACK)
    assert "987654321" in handoff.contact.replace(" ", "")


def test_a_conversation_in_spanish_goes_on_in_quechua_when_called_so(
    browser: NewBrowser, rasa: RasaDouble, night: None
) -> None:
    rasa.results = lambda incoming: [{"type": "say", "key": "thanks"}]
    ana = browser("es")
    ana.open()
    ana.write("gracias")
    ana.locale = "qu"
    ana.open("chat/llamada/")
    ana.follow(ana.send("llamada", contact="987654321"))
    assert Handoff.objects.get().locale == "qu"
    assert Conversation.objects.get().owner in (Owner.QUEUE, Owner.ASSISTANT)


@pytest.mark.parametrize(
    ("locale", "noted", "left", "when"),
    [
        ("es", "Anotado", "el teléfono o el correo que dejaste", "Te buscará cuando abra: "),
        ("qu", "Qillqarquniñam", "saqisqayki telefono utaq correo", "Kichariptinmi maskasunki: "),
    ],
)
def test_who_asks_to_be_called_knows_when_and_hears_that_it_is_noted(
    browser: NewBrowser, night: None, locale: str, noted: str, left: str, when: str
) -> None:
    ana = browser(locale)
    assert when in words(ana.open("chat/llamada/").one("main"))
    ana.follow(ana.send("llamada", contact="987654321"))
    said = Message.objects.filter(sender="system").latest("seq")
    assert said.text.startswith(noted)
    assert "321" in said.text
    spoken = ana.client.get(f"/{locale}/chat/oir/{said.seq}.json").json()["sentences"]
    heard = " ".join(text for _at, text in spoken)
    assert left in heard
    assert "321" not in heard
    assert f"/{locale}/chat/oir/{said.seq}.mp3" in ana.shown.links()
