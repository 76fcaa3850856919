"""An agent's work: the queue, taking, answering, and letting go."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations
from cms.conversations.models import Conversation, Handoff, Message, Note, Owner, Presence
from cms.desk import queries
from cms.desk.models import Outcome

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


def taken(desk: Client, conversation: Conversation) -> Conversation:
    response = desk.post(address(conversation, "tomar/"))
    assert response.headers["Location"] == address(conversation)
    conversation.refresh_from_db()
    return conversation


def html(response: Any) -> str:
    text: str = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text) if "<html" in text else None
    return text


def test_the_queue_shows_who_waits_for_what(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    ask_for_person()
    page = html(desk.get("/desk/"))
    assert "Duplicado del DNI" in page
    assert "castellano" in page
    assert "Lo pidió" in page


def test_each_sees_the_own_language_first_and_then_who_came_first(
    carlos: User, quilla: User, ask_for_person: Ask, morning: datetime
) -> None:
    spanish, quechua, later = ask_for_person("es"), ask_for_person("qu"), ask_for_person("es")
    for place, conversation in enumerate((spanish, quechua, later)):
        Handoff.objects.filter(conversation=conversation).update(
            state="waiting", requested_at=morning + timedelta(seconds=place)
        )
    order = {who: [w.handoff.conversation for w in queries.queue(who)] for who in (carlos, quilla)}
    assert order[carlos] == [spanish, later, quechua]
    assert order[quilla] == [quechua, spanish, later]


@pytest.mark.parametrize(
    ("seconds", "step"), [(0, "calm"), (59, "calm"), (60, "late"), (179, "late"), (180, "very-late")]
)
def test_waiting_is_coloured_by_its_length(
    carlos: User, ask_for_person: Ask, morning: datetime, seconds: int, step: str
) -> None:
    conversation = ask_for_person()
    Handoff.objects.filter(conversation=conversation).update(state="waiting", requested_at=morning)
    [entry] = queries.queue(carlos, morning + timedelta(seconds=seconds))
    assert entry.step == step


def test_a_quechua_speaker_is_kept_for_who_speaks_it_and_then_offered_to_all(
    desk_of: Desk,
    carlos: User,
    quilla: User,
    ask_for_person: Ask,
    set_clock: Callable[[datetime], None],
    morning: datetime,
) -> None:
    desk, _other = desk_of(carlos), desk_of(quilla)
    conversation = ask_for_person("qu")
    assert "Por ahora, para quien habla quechua" in html(desk.get("/desk/cola/"))
    refused = desk.post(address(conversation, "tomar/"))
    assert refused.status_code == 409
    assert "habla quechua" in html(refused)
    set_clock(morning + timedelta(seconds=181))
    assert "Por ahora, para quien habla quechua" not in html(desk.get("/desk/cola/"))
    taken(desk, conversation)


def test_who_comes_second_is_told_who_was_first(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    first, second = desk_of(carlos), desk_of(quilla)
    conversation = ask_for_person()
    taken(first, conversation)
    lost = second.post(address(conversation, "tomar/"))
    assert lost.status_code == 409
    assert "La tomó carlos antes que tú." in html(lost)
    conversation.refresh_from_db()
    assert conversation.agent == carlos
    again = second.get(address(conversation, "tomar/"))
    assert again.headers["Location"] == address(conversation), "the address left in the browser opens"


def test_an_address_opened_takes_nothing(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    conversation = ask_for_person()
    desk_of(carlos).get(address(conversation, "tomar/"))
    conversation.refresh_from_db()
    assert conversation.agent is None


def test_who_has_it_open_is_told_that_the_person_ended_it(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    taken(desk, conversation)
    operations.close_by_citizen(conversation=conversation)
    page = html(desk.get(address(conversation)))
    assert "Esta conversación terminó" in page
    assert "no está abierta para ti" not in page


def test_seats_are_a_limit_that_is_explained(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    carlos.seats = 1
    carlos.save()
    desk = desk_of(carlos)
    first, second = ask_for_person(), ask_for_person()
    taken(desk, first)
    refused = desk.post(address(second, "tomar/"))
    assert refused.status_code == 409
    assert "todas las conversaciones que puedes atender" in html(refused)


def test_the_page_shows_what_was_said_and_where_it_comes_from(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = ask_for_person()
    operations.cancel_request(conversation=conversation)
    posted = operations.post_message(
        conversation=conversation, client_id="2", payload="aspecto:reniec-dni-duplicado:costo"
    )
    operations.run_turn(message=posted.message)
    operations.ask_for_person(conversation=conversation)
    page = html(desk.get(address(conversation)))
    assert "Ficha reniec-dni-duplicado · costo · versión 1" in page
    assert "fuente:" in page
    assert "Qué necesitas" in page, "the ficha stands beside it"


def test_what_the_citizen_wrote_is_shown_as_text(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    hostile = '<script>alert(1)</script><a href="http://mal.example/">clic</a> http://mal.example/'
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person(text=hostile))
    for page in (
        desk.get(address(conversation)),
        desk.get(address(conversation, f"mensajes/?after=0&epoch={conversation.epoch}")),
    ):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.content.decode()
        assert "<script>alert" not in page.content.decode()
        assert 'href="http://mal' not in page.content.decode()


def test_no_page_of_the_desk_has_code_in_it(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    for path in ("/desk/", address(conversation), "/desk/llamadas/"):
        response = desk.get(path)
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html(response))
        for element in tree.iter():
            assert "style" not in element.attrib
            assert not [name for name in element.attrib if name.startswith(("on", "hx-on"))]
        assert all(script.get("src") for script in tree.iter("script"))
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_an_answer_is_stored_once_and_reaches_the_citizen(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    for _try in range(2):
        sent = desk.post(address(conversation, "responder/"), {"text": "Buenos días", "client_id": "a"})
        assert sent.headers["Location"] == address(conversation) + "#responder"
    assert Message.objects.get(conversation=conversation, sender="agent").text == "Buenos días"


def sent_from(page: str, desk: Client, conversation: Conversation, text: str) -> Any:
    """Sends the form of `page` as a browser without script does: with the hidden fields as they came."""
    [name] = re.findall(r'name="client_id" value="([^"]*)"', page)
    return desk.post(address(conversation, "responder/"), {"text": text, "client_id": name})


def test_without_script_each_answer_is_stored_once(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    said = ["Buenos días", "Le faltan dos papeles", "Buenos días"]
    for text in said:
        page = html(desk.get(address(conversation)))
        for _press in range(2):
            assert sent_from(page, desk, conversation, text).status_code == 302
    assert sent_from(page, desk, conversation, "Hasta luego").status_code == 302, "back, and another text"
    stored = Message.objects.filter(conversation=conversation, sender="agent").order_by("seq")
    assert list(stored.values_list("text", flat=True)) == [*said, "Hasta luego"]


def test_an_answer_without_a_name_is_not_taken_for_the_one_before(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    for _time in range(2):
        desk.post(address(conversation, "responder/"), {"text": "Un momento, por favor"})
    assert Message.objects.filter(conversation=conversation, sender="agent").count() == 2


def test_only_the_owner_may_write_and_the_text_is_given_back(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    other = desk_of(quilla)
    conversation = taken(desk_of(carlos), ask_for_person())
    refused = other.post(address(conversation, "responder/"), {"text": "yo también", "client_id": "a"})
    assert refused.status_code == 409
    assert not Message.objects.filter(conversation=conversation, sender="agent").exists()
    quiet = other.post(address(conversation, "responder/"), {"text": "yo"}, headers={"HX-Request": "true"})
    assert (quiet.status_code, "a tu cargo" in quiet.content.decode()) == (409, True)


def test_an_agent_who_lost_the_conversation_keeps_the_text(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    desk.post(address(conversation, "cola/"))
    refused = desk.post(address(conversation, "responder/"), {"text": "un momento", "client_id": "a"})
    assert refused.status_code == 409
    assert "ya no está a tu cargo" in html(refused)


def test_what_agents_note_is_kept_without_control_characters(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    desk.post(address(conversation, "nota/"), {"note": "\0"})
    desk.post(address(conversation, "cerrar/"), {"note": "li\0sto", "ficha": "sis\0-gratuito", "solved": "1"})
    assert [note.text for note in Note.objects.filter(conversation=conversation)] == ["listo"]
    entry = Entry.objects.get(what="conversation.outcome")
    assert (entry.why, entry.detail["codigo"]) == ("", "sis-gratuito")


def test_the_box_for_the_answer_opens_empty_or_with_what_was_refused(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    assert ">" + "</textarea>" in html(desk.get(address(conversation)))
    refused = desk.post(address(conversation, "responder/"), {"text": "x" * 4001})
    assert f">{'x' * 4001}</textarea>" in html(refused)


@pytest.mark.parametrize(("text", "status"), [("  ", 422), ("\u200b", 422), ("x" * 4001, 413)])
def test_what_cannot_be_sent_is_told(
    desk_of: Desk, carlos: User, ask_for_person: Ask, text: str, status: int
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    refused = desk.post(address(conversation, "responder/"), {"text": text, "client_id": "a"})
    assert refused.status_code == status
    assert not Message.objects.filter(conversation=conversation, sender="agent").exists()


def test_looking_again_brings_only_what_is_new(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    look = address(conversation, f"mensajes/?after={conversation.last_seq}&epoch={conversation.epoch}")
    assert desk.get(look).status_code == 204
    operations.post_message(conversation=conversation, client_id="9", text="¿sigue ahí?")
    news = desk.get(look).content.decode()
    assert "¿sigue ahí?" in news
    assert 'hx-swap-oob="beforeend:#lines"' in news
    assert news.count("<li") == 1


def test_a_page_that_shows_the_wrong_owner_loads_again(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    look = address(conversation, f"mensajes/?after=0&epoch={conversation.epoch}")
    operations.close_by_citizen(conversation=conversation)
    assert desk.get(look).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("last", "fields", "owner", "event"),
    [
        (
            "cerrar/",
            {"solved": "1", "note": "listo", "ficha": "reniec-dni-duplicado"},
            Owner.CLOSED,
            "conversation.closed",
        ),
        ("cola/", {"note": "me voy"}, Owner.QUEUE, "conversation.requeued"),
        ("asistente/", {}, Owner.ASSISTANT, "conversation.handed_back"),
    ],
)
def test_the_ways_a_conversation_leaves_the_hands(
    desk_of: Desk,
    carlos: User,
    ask_for_person: Ask,
    last: str,
    fields: dict[str, str],
    owner: str,
    event: str,
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    assert desk.post(address(conversation, last), fields).headers["Location"] == "/desk/"
    conversation.refresh_from_db()
    assert conversation.owner == owner
    assert Entry.objects.filter(what=event, by=carlos, subject=str(conversation.pk)).exists()


def test_how_it_ended_is_kept(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    desk.post(
        address(conversation, "cerrar/"),
        {"solved": "0", "ficha": "sis-gratuito", "topic": "complaint", "note": "falta un dato"},
    )
    entry = Entry.objects.get(what="conversation.outcome")
    assert entry.detail == {
        "solved": False,
        "topic": "complaint",
        "codigo": "sis-gratuito",
        "entidad": "sis",
        "locale": "es",
    }
    kept = Outcome.objects.get(conversation=conversation)
    assert (kept.topic, kept.codigo, kept.entidad, kept.solved) == ("complaint", "sis-gratuito", "sis", False)
    assert Note.objects.get(conversation=conversation).text == "falta un dato"


def test_a_conversation_is_handed_to_a_colleague_who_is_there(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk, _other = desk_of(carlos), desk_of(quilla)
    conversation = taken(desk, ask_for_person())
    assert f'value="{quilla.pk}"' in html(desk.get(address(conversation)))
    desk.post(address(conversation, "pasar/"), {"to": str(quilla.pk), "note": "sabe más"})
    conversation.refresh_from_db()
    assert conversation.agent == quilla


def test_nobody_is_handed_to_a_colleague_who_is_gone(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    assert desk.post(address(conversation, "pasar/"), {"to": str(quilla.pk)}).status_code == 409
    assert desk.post(address(conversation, "pasar/"), {"to": "x"}).status_code == 409
    conversation.refresh_from_db()
    assert conversation.agent == carlos


def test_a_note_is_for_agents_only(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    said = conversation.last_seq
    desk.post(address(conversation, "nota/"), {"note": "habla bajito"})
    assert "habla bajito" in html(desk.get(address(conversation)))
    conversation.refresh_from_db()
    assert conversation.last_seq == said


def test_the_heartbeat_keeps_the_switch_as_it_was(desk_of: Desk, carlos: User) -> None:
    desk = desk_of(carlos)
    response = desk.post("/desk/turno/", {"shift": "break", "next": "/desk/llamadas/"})
    assert response.headers["Location"] == "/desk/llamadas/"
    desk.post("/desk/presencia/")
    assert Presence.objects.get(user=carlos).available is False
    assert "En pausa" in html(desk.get("/desk/"))


def test_the_switch_leads_to_no_other_site(desk_of: Desk, carlos: User) -> None:
    given = {"shift": "available", "next": "//mal.example/desk/"}
    assert desk_of(carlos).post("/desk/turno/", given).headers["Location"] == "/desk/"


def test_signing_out_gives_the_citizens_back_to_the_queue(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    conversation = taken(desk, ask_for_person())
    desk.post("/desk/salir/", {"sure": "1"})
    conversation.refresh_from_db()
    assert conversation.owner == Owner.QUEUE
    assert not Presence.objects.filter(user=carlos).exists()
    assert "_auth_user_id" not in desk.session


def test_a_conversation_that_does_not_exist_is_not_found(desk_of: Desk, carlos: User) -> None:
    desk, nobody = desk_of(carlos), "/desk/conversaciones/00000000-0000-4000-8000-000000000000/"
    assert desk.get(nobody).status_code == 404
    for last in ("tomar/", "responder/", "nota/", "cerrar/", "escribiendo/"):
        assert desk.post(nobody + last, {"text": "x", "note": "x"}).status_code == 404, last


def test_the_citizen_is_shown_that_the_agent_writes(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    from cms.conversations.models import Sender
    from cms.conversations.typing_signs import is_typing

    desk, other = desk_of(carlos), desk_of(quilla)
    conversation = taken(desk, ask_for_person())
    other.post(address(conversation, "escribiendo/"))
    assert not is_typing(conversation.pk, Sender.AGENT), "only who has it"
    desk.post(address(conversation, "escribiendo/"))
    assert is_typing(conversation.pk, Sender.AGENT)
