"""An id is no credential: whoever has no token, or another one, sees nothing and changes nothing."""

import json
from typing import Any

import pytest
from django.test import Client

from cms.channels.web import cookie
from cms.channels.web.api import router
from cms.conversations.models import Conversation, Message
from tests.integration.conversations.browser import ROOT, Citizen
from tests.integration.conversations.rasa_double import RasaDouble

pytestmark = pytest.mark.django_db

BODIES: dict[str, Any] = {
    "messages": {"client_id": "a", "text": "hola"},
    "handoff": {},
    "close": {},
    "rating": {"score": 5},
    "read": {"seq": 1},
    "typing": {},
}
ROUTES = [
    ("post", "messages"), ("get", "messages"), ("get", "events"), ("post", "handoff"), ("post", "close"),
    ("post", "rating"), ("post", "read"), ("post", "typing"),
]  # fmt: skip


def ask(client: Client, method: str, path: str, conversation_id: str, **headers: str) -> int:
    address = f"{ROOT}/{conversation_id}/{path}"
    if method == "get":
        return client.get(address, headers=headers).status_code
    body = json.dumps(BODIES[path])
    return client.post(address, body, content_type="application/json", headers=headers).status_code


def test_every_route_is_tried() -> None:
    routes = {
        (method.lower(), path.strip("/").split("/")[-1])
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
        if path
    }
    assert routes == set(ROUTES)


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer x", "Basic x", "other"])
def test_a_stranger_finds_nothing(
    seeded: None, client: Client, method: str, path: str, token: str | None
) -> None:
    ana, other = Citizen(client, locale="es"), Citizen(client, locale="es")
    before = Message.objects.filter(conversation_id=ana.id).count()
    headers = (
        {} if token is None else {"Authorization": f"Bearer {other.token}" if token == "other" else token}
    )
    assert ask(client, method, path, ana.id, **headers) == 404
    assert Message.objects.filter(conversation_id=ana.id).count() == before
    assert Conversation.objects.get(pk=ana.id).owner == "assistant"


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize(
    "conversation_id", ["00000000-0000-4000-8000-000000000000", "1", "mine", "no-es-uuid", "%00"]
)
def test_what_does_not_exist_looks_the_same(
    ana: Citizen, client: Client, method: str, path: str, conversation_id: str
) -> None:
    assert ask(client, method, path, conversation_id, **ana.headers) == 404


def with_cookie(client: Client, citizen: Citizen) -> Client:
    from django.http import HttpResponse

    response = HttpResponse()
    cookie.remember(response, cookie.Credentials(citizen.id, citizen.token))
    client.cookies = response.cookies
    return client


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(ana: Citizen, client: Client) -> None:
    kept = with_cookie(client, ana).cookies[cookie.NAME]
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"
    assert ana.id not in kept.value


@pytest.mark.parametrize("conversation_id", ["own", "mine"])
def test_the_portals_page_speaks_by_its_cookie(ana: Citizen, rasa: RasaDouble, conversation_id: str) -> None:
    client = with_cookie(Client(), ana)
    own = ana.id if conversation_id == "own" else "mine"
    assert ask(client, "get", "messages", own) == 200
    assert ask(client, "post", "messages", own, **{"Sec-Fetch-Site": "same-origin"}) == 200
    assert ask(client, "post", "close", own, Origin="http://testserver") == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
     {"Origin": "https://example.org"}, {"Origin": "null"},
     {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["messages", "handoff", "close", "rating"])
def test_another_site_cannot_use_the_cookie(ana: Citizen, path: str, headers: dict[str, str]) -> None:
    assert ask(with_cookie(Client(), ana), "post", path, ana.id, **headers) == 404


def test_the_cookie_opens_no_other_conversation(ana: Citizen, client: Client) -> None:
    other = Citizen(client, locale="es")
    assert ask(with_cookie(Client(), ana), "get", "messages", other.id) == 404


@pytest.mark.parametrize("value", ["", "x", "W10:abc:def"])
def test_a_forged_cookie_is_nothing(ana: Citizen, value: str) -> None:
    client = Client()
    client.cookies[cookie.NAME] = value
    assert ask(client, "get", "messages", ana.id) == 404


def test_only_a_page_of_ours_is_given_the_cookie(seeded: None) -> None:
    given = [
        cookie.NAME in Client().post(ROOT, "{}", content_type="application/json", headers=headers).cookies
        for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-origin"})
    ]
    assert given == [False, False, True]
