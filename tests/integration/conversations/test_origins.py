"""Other sites in a browser: only those on the list, and never by the cookie."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.channels.web.cors import conversation_origins

FRIEND = "https://www.gob.pe"


@pytest.fixture(autouse=True)
def _list(settings: Any) -> None:
    settings.CONVERSATION_ORIGINS = [FRIEND]


def ask(method: str, path: str, **headers: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("view")

    return conversation_origins(view)(RequestFactory().generic(method, path, headers=headers))


def test_a_site_on_the_list_may_read_the_answer() -> None:
    response = ask("POST", "/api/v1/conversations", Origin=FRIEND)
    assert response["Access-Control-Allow-Origin"] == FRIEND
    assert "Authorization" in response["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ["https://example.org", "null", "https://www.gob.pe.example.org", ""])
def test_any_other_may_not(origin: str) -> None:
    response = ask("POST", "/api/v1/conversations", Origin=origin)
    assert "Access-Control-Allow-Origin" not in response


def test_a_preflight_never_reaches_the_api() -> None:
    response = ask("OPTIONS", "/api/v1/conversations/1/messages", Origin=FRIEND)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == FRIEND


def test_other_addresses_are_left_alone() -> None:
    response = ask("OPTIONS", "/api/v1/tramites", Origin=FRIEND)
    assert response.content == b"view"
    assert "Access-Control-Allow-Origin" not in response
