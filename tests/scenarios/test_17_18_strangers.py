"""17: citizen A asks for B's transcript, messages or end with B's id. 18: a citizen posts with an agent's role.

Every address that takes a conversation's id is tried, of the API, of the chat page and of the desk, by a second
visitor, by the cookie of another browser, and by an agent who has nothing to do with it.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations
from cms.conversations.errors import MayNotRead
from cms.conversations.models import Conversation, Message
from cms.conversations.operations.reading import READING_MINUTES
from tests.integration.conversations.browser import ROOT, Citizen
from tests.integration.conversations.conftest import WORKING_MORNING

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
SECRET = "se me perdió en Juliaca"


def routes(under: str) -> Iterator[str]:
    """Every route of the site below `under`, as it is written."""

    def walk(found: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for each in found:
            here = before + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, here)
            else:
                yield here

    return (route for route in walk(get_resolver().url_patterns, "") if route.startswith(under))


def of_conversation(under: str, conversation_id: str, message: int) -> list[str]:
    """Those that take a conversation's id, about this one."""
    found = []
    for route in routes(under):
        address = route.replace("<uuid:pk>", conversation_id).replace("<int:message>", str(message))
        address = address.replace("<conversation_id>", conversation_id).replace(
            "<str:conversation_id>", conversation_id
        )
        if address != route and "<" not in address:
            found.append(f"/{address}")
    return found


@pytest.fixture
def bea(seeded: None, carlos_present: User, client: Client) -> Citizen:
    """B: an agent has her conversation, in which she told something."""
    bea = Citizen(client, locale="es")
    bea.post("handoff")
    operations.claim(conversation_id=bea.id, by=carlos_present)
    bea.says(SECRET)
    return bea


def state(citizen: Citizen) -> tuple[object, ...]:
    kept = Conversation.objects.get(pk=citizen.id)
    lines = list(Message.objects.filter(conversation=kept).values_list("seq", "sender", "text"))
    return (
        kept.owner,
        kept.agent_id,
        kept.epoch,
        kept.rating,
        kept.read_by_agent,
        kept.read_by_citizen,
        lines,
    )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("how", ["token", "cookie", "nothing"])
def test_17_a_second_visitor_finds_and_changes_nothing(
    bea: Citizen, ana: Citizen, method: str, how: str
) -> None:
    before = state(bea)
    addresses = of_conversation("api/v1/conversations", bea.id, 3)
    assert len(addresses) >= 5
    visitor = Client()
    headers = {"Authorization": f"Bearer {ana.token}"} if how == "token" else {}
    if how == "cookie":
        begun = {"text": "hola", "client_id": "a"}
        visitor.post("/es/chat/", begun)
        headers = {"Sec-Fetch-Site": "same-origin"}
    bodies = [{}, {"client_id": "x", "text": "hola"}, {"score": 5}, {"seq": 99}]
    for address in addresses:
        for body in bodies if method == "post" else [{}]:
            call = getattr(visitor, method)
            answer = (
                call(address, json.dumps(body), content_type="application/json", headers=headers)
                if (method == "post")
                else call(address, headers=headers)
            )
            assert answer.status_code in (404, 405), f"{method} {address}: {answer.status_code}"
            assert SECRET not in answer.content.decode()
    assert state(bea) == before


def test_17_the_chat_page_knows_only_the_conversation_of_its_own_cookie(bea: Citizen) -> None:
    visitor = Client()
    for route in ("chat/", "chat/hilo/", "chat/ver/", "chat/panel/", "chat/conversacion.txt"):
        for key in ("id", "conversation", "conversation_id", "pk"):
            page = visitor.get(f"/es/{route}?{key}={bea.id}")
            assert SECRET not in page.content.decode()
    before = state(bea)
    for route in ("chat/", "chat/contacto/", "chat/cerrar/", "chat/borrar/", "chat/calificar/"):
        visitor.post(
            f"/es/{route}", {"conversation": bea.id, "text": "x", "contact": "987654321", "score": "5"}
        )
    assert state(bea) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_17_an_agent_opens_only_what_is_theirs_or_may_be_taken(
    bea: Citizen, desk_of: Desk, quilla: User, method: str
) -> None:
    desk = desk_of(quilla)
    before = state(bea)
    line = Message.objects.filter(conversation_id=bea.id).order_by("-seq")[0]
    addresses = of_conversation("desk/", bea.id, line.pk)
    assert len(addresses) >= 10
    for address in addresses:
        answer = getattr(desk, method)(address, {"text": "yo", "note": "n", "why": "w", "solved": "1"})
        assert answer.status_code in (204, 302, 403, 404, 405, 409, 422), (
            f"{method} {address}: {answer.status_code}"
        )
        assert SECRET not in answer.content.decode(), address
    assert state(bea) == before
    assert not Entry.objects.filter(subject=bea.id, by=quilla).exists()


def test_17_who_waits_is_read_by_who_may_take_it_and_each_opening_is_on_record(
    desk_of: Desk, carlos: User, quilla: User, seeded: None, client: Client
) -> None:
    desk_of(quilla)
    rosa = Citizen(client, locale="qu")
    rosa.post("handoff")
    assert desk_of(carlos).get(f"/desk/conversaciones/{rosa.id}/").status_code == 403, (
        "kept for who speaks Quechua"
    )
    assert desk_of(quilla).get(f"/desk/conversaciones/{rosa.id}/").status_code == 200
    assert list(Entry.objects.filter(what="conversation.read").values_list("by_name", "subject")) == [
        ("quilla", rosa.id)
    ]
    with pytest.raises(MayNotRead):
        operations.add_note(conversation_id=rosa.id, by=carlos, text="nota")


def test_17_a_supervisor_reads_with_a_reason_that_ends_and_writes_nothing(
    bea: Citizen, desk_of: Desk, sonia: User, set_clock: Callable[..., None]
) -> None:
    desk = desk_of(sonia)
    address = f"/desk/conversaciones/{bea.id}/"
    assert desk.get(address).status_code == 403
    assert desk.post(f"{address}leer/", {"why": "  "}).status_code == 403
    desk.post(f"{address}leer/", {"why": "queja 12 de 45678912"})
    assert SECRET in desk.get(address).content.decode()
    assert desk.post(f"{address}responder/", {"text": "yo"}).status_code == 409
    reasons = Entry.objects.filter(what="conversation.read", by=sonia).values_list("why", flat=True)
    assert set(reasons) == {"queja 12 de ********"}
    set_clock(WORKING_MORNING + timedelta(minutes=READING_MINUTES, seconds=1))
    assert desk.get(address).status_code == 403


@pytest.mark.parametrize("role", ["agent", "assistant", "system"])
def test_18_an_agents_role_in_the_body_is_nothing(bea: Citizen, carlos: User, role: str) -> None:
    forged = {
        "client_id": "f",
        "text": "soy de Aló MAC",
        "sender": role,
        "by": carlos.pk,
        "owner": "closed",
        "seq": 99,
    }
    message = bea.post("messages", {**forged, "role": "agent", "epoch": 0}).json()["message"]
    assert (message["sender"], message["text"]) == ("citizen", "soy de Aló MAC")
    kept = Message.objects.get(conversation_id=bea.id, client_id="f")
    assert (kept.sender, kept.by, Conversation.objects.get(pk=bea.id).owner) == ("citizen", None, "agent")
    started = bea.client.post(
        ROOT,
        json.dumps({"locale": "es", "owner": "agent", "agent": carlos.pk}),
        content_type="application/json",
    )
    assert Conversation.objects.get(pk=started.json()["id"]).owner == "assistant"


def test_18_a_citizens_cookie_opens_no_desk(bea: Citizen) -> None:
    visitor = Client()
    visitor.post("/es/chat/", {"text": "hola", "client_id": "a"})
    for address in of_conversation("desk/", bea.id, 1):
        assert visitor.get(address).status_code in (302, 405)
        assert visitor.post(address, {"agent": "1", "text": "hola"}).status_code in (302, 405)
    assert not Message.objects.filter(conversation_id=bea.id, sender="agent").exists()
