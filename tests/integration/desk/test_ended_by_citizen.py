"""The citizen ends the conversation, or deletes it: the agent is told, and how it ended is kept as far as it is known."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation, Handoff
from cms.desk.models import Outcome
from cms.desk.supervision import today

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
HTMX = {"HX-Request": "true"}


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


@pytest.fixture
def taken(desk_of: Desk, carlos: User, ask_for_person: Ask) -> tuple[Client, Conversation]:
    desk, conversation = desk_of(carlos), ask_for_person()
    desk.post(address(conversation, "tomar/"))
    return desk, conversation


def test_how_it_ended_is_kept_with_what_the_conversation_tells(
    taken: tuple[Client, Conversation], carlos: User
) -> None:
    _desk, conversation = taken
    Handoff.objects.filter(conversation=conversation).update(reason="own_case")
    operations.close_by_citizen(conversation=conversation)
    kept = Outcome.objects.get()
    assert (kept.by, kept.conversation, kept.medium) == (carlos, conversation, "chat")
    assert (kept.topic, kept.entidad, kept.codigo) == ("own_case", "reniec", "reniec-dni-duplicado")
    assert kept.solved is None
    assert (today().chats, today().solved, today().unknown) == (1, 0, 1)


def test_ended_twice_it_is_one_attention(taken: tuple[Client, Conversation]) -> None:
    _desk, conversation = taken
    operations.close_by_citizen(conversation=conversation)
    operations.close_by_citizen(conversation=conversation)
    assert Outcome.objects.count() == 1


def test_what_no_person_attended_is_no_attention(ask_for_person: Ask) -> None:
    operations.close_by_citizen(conversation=ask_for_person())
    operations.erase_for_citizen(conversation=ask_for_person())
    assert not Outcome.objects.exists()


def test_the_agent_is_told_on_any_page_and_may_say_whether_it_was_solved(
    taken: tuple[Client, Conversation], quilla: User, desk_of: Desk
) -> None:
    desk, conversation = taken
    operations.close_by_citizen(conversation=conversation)
    side = desk.get("/desk/cola/").content.decode()
    assert "La terminó la persona" in side
    assert address(conversation) in side
    page = desk.get(address(conversation)).content.decode()
    assert address(conversation, "resuelta/") in page
    assert desk_of(quilla).post(address(conversation, "resuelta/"), {"solved": "0"}).status_code == 409
    assert desk.post(address(conversation, "resuelta/"), {"solved": "1"}).status_code == 302
    assert Outcome.objects.get().solved is True
    assert "La terminó la persona" not in desk.get("/desk/cola/").content.decode()


def test_what_ended_a_while_ago_is_not_told_any_more(
    taken: tuple[Client, Conversation], set_clock: Callable[[datetime], None], morning: datetime
) -> None:
    desk, conversation = taken
    operations.close_by_citizen(conversation=conversation)
    set_clock(morning + timedelta(minutes=16))
    assert "La terminó la persona" not in desk.get("/desk/cola/").content.decode()


def test_who_had_it_is_told_that_the_person_deleted_it(taken: tuple[Client, Conversation]) -> None:
    desk, conversation = taken
    operations.erase_for_citizen(conversation=conversation)
    looked = desk.get(address(conversation, "mensajes/?after=0&epoch=1"), headers=HTMX)
    assert (looked.status_code, looked.headers["HX-Refresh"]) == (204, "true")
    told = desk.get(address(conversation))
    assert told.status_code == 410
    page = told.content.decode()
    assert "La persona borró esta conversación" in page
    assert f'data-forget="{conversation.pk}"' in page
    assert "La borró la persona" in desk.get("/desk/cola/").content.decode()
    kept = Outcome.objects.get()
    assert (kept.conversation, kept.codigo, kept.solved) == (None, "reniec-dni-duplicado", None)


@pytest.mark.parametrize(
    "last", ["responder/", "nota/", "cerrar/", "cola/", "asistente/", "pasar/", "contacto/"]
)
def test_what_is_sent_to_a_deleted_conversation_is_answered_in_words(
    taken: tuple[Client, Conversation], last: str
) -> None:
    desk, conversation = taken
    operations.erase_for_citizen(conversation=conversation)
    said = desk.post(address(conversation, last), {"text": "hola", "note": "hola"}, headers=HTMX)
    assert said.status_code == 410
    assert said.content.decode() == "La persona borró esta conversación: ya no hay a quién escribir."
