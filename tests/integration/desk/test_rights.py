"""Who may do what at the desk. Every address is tried by those who must be refused."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations.models import Conversation, Message, Owner
from cms.desk.urls import urlpatterns

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
OPEN_TO_ALL = {"enter"}


def _patterns() -> Iterator[URLPattern]:
    yield from (pattern for pattern in urlpatterns if pattern.name not in OPEN_TO_ALL)


def _addresses(conversation: Conversation) -> list[str]:
    """Every address of the desk but signing in, about a conversation that exists."""
    values = {
        "<uuid:pk>": str(conversation.pk),
        "<int:pk>": "1",
        "<int:message>": "1",
        "<slug:codigo>": "reniec-dni-duplicado",
    }
    found = []
    for pattern in _patterns():
        route = str(pattern.pattern)
        for name, value in values.items():
            route = route.replace(name, value)
        assert "<" not in route, route
        found.append(f"/desk/{route}")
    return found


@pytest.fixture
def waiting(ask_for_person: Any) -> Conversation:
    conversation: Conversation = ask_for_person()
    return conversation


def test_there_are_addresses_to_try(waiting: Conversation) -> None:
    assert len(_addresses(waiting)) >= 18


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["diego", "berta"])
def test_diego_and_an_editor_are_refused_everywhere(
    client: Client, waiting: Conversation, request: pytest.FixtureRequest, who: str, method: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    before = (Message.objects.count(), Entry.objects.count())
    for address in _addresses(waiting):
        response = getattr(client, method)(address)
        assert response.status_code in (403, 405), f"{method} {address}: {response.status_code}"
        if response.status_code == 403:
            assert "agentes y supervisión" in response.content.decode()
    assert (Message.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_sign_in(client: Client, waiting: Conversation, method: str) -> None:
    for address in _addresses(waiting):
        response = getattr(client, method)(address)
        assert response.status_code in (302, 405), f"{method} {address}: {response.status_code}"
        if response.status_code == 302:
            assert response.headers["Location"].startswith("/desk/entrar/?next=%2Fdesk%2F")


def test_a_poll_after_the_session_ended_loads_the_page_again(client: Client, seeded: None) -> None:
    response = client.get("/desk/cola/", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response.headers["HX-Refresh"] == "true"


def test_supervisors_look_and_cannot_take_or_write(desk_of: Desk, sonia: User, waiting: Conversation) -> None:
    desk = desk_of(sonia)
    assert desk.get(f"/desk/conversaciones/{waiting.pk}/").status_code == 403
    desk.post(f"/desk/conversaciones/{waiting.pk}/leer/", {"why": "revisar una queja"})
    page = desk.get(f"/desk/conversaciones/{waiting.pk}/").content.decode()
    assert "Tomar esta conversación" not in page
    assert "responder/" not in page
    assert desk.post(f"/desk/conversaciones/{waiting.pk}/tomar/").status_code == 409
    assert desk.post(f"/desk/conversaciones/{waiting.pk}/responder/", {"text": "hola"}).status_code == 409
    waiting.refresh_from_db()
    assert waiting.owner != Owner.AGENT


def test_a_supervisor_who_looks_is_not_counted_as_present(
    desk_of: Desk, sonia: User, waiting: Conversation
) -> None:
    from cms.conversations.availability import standing

    desk_of(sonia)
    assert standing("es").state == "callback"


def test_a_form_of_another_site_is_refused(carlos: User, waiting: Conversation, morning: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(carlos)
    assert client.post(f"/desk/conversaciones/{waiting.pk}/tomar/").status_code == 403


def test_an_agent_signs_in_and_comes_to_the_page_that_was_asked_for(client: Client, carlos: User) -> None:
    given = {"username": "carlos", "password": "una clave de prueba", "next": "/desk/llamadas/"}
    response = client.post("/desk/entrar/", given)
    assert response.headers["Location"] == "/desk/llamadas/"
    assert client.get("/desk/").status_code == 200


def test_signing_in_leads_to_no_other_site(client: Client, carlos: User) -> None:
    given = {"username": "carlos", "password": "una clave de prueba", "next": "https://mal.example/"}
    assert client.post("/desk/entrar/", given).headers["Location"] == "/desk/"


def test_diego_is_told_and_not_signed_in(client: Client, diego: User) -> None:
    response = client.post("/desk/entrar/", {"username": "diego", "password": "una clave de prueba"})
    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_for_a_while(client: Client, carlos: User, seeded: None) -> None:
    for _try in range(10):
        assert client.post("/desk/entrar/", {"username": "carlos", "password": "no"}).status_code == 200
    blocked = client.post("/desk/entrar/", {"username": "carlos", "password": "una clave de prueba"})
    assert blocked.status_code == 429
    assert blocked.headers["Retry-After"] == "300"
    other = client.post("/desk/entrar/", {"username": "quilla", "password": "no"})
    assert other.status_code == 200, "one name does not lock out the others of the office"
