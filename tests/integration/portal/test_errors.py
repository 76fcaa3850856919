"""Something went wrong: it is said plainly, in the language of the address, and a person is offered."""

import pytest
from django.http import HttpRequest
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults
from django.views.csrf import csrf_failure

from cms.portal import views
from tests.integration.portal.checking import checked
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["nada/", "tramites/no-existe/", "entidades/no-existe/", "sedes/no-existe/", "tramites/%00/"]
)
@pytest.mark.parametrize(
    ("locale", "said"), [("es", "No encontramos esta página"), ("qu", "Kay llikata manam tarinikuchu")]
)
def test_an_address_that_leads_nowhere_offers_the_search_and_a_person(
    page: OpenPage, path: str, locale: str, said: str
) -> None:
    opened = page(f"/{locale}/{path}", status=404)
    assert said in opened.text
    assert opened.all("form", role="search")
    assert "1800" in opened.text


@pytest.mark.parametrize(("locale", "said"), [("es", "de nuestro lado"), ("qu", "imapas pantarqun")])
def test_a_fault_of_ours_is_said_without_asking_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr(views, "render", fail)
    client.raise_request_exception = False
    response = client.get(f"/{locale}/entidades/")
    assert response.status_code == 500
    assert said in checked(response, locale).text


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_other_error_pages_keep_what_a_page_must_keep(rf: RequestFactory, locale: str) -> None:
    request: HttpRequest = rf.get(f"/{locale}/chat/")
    with translation.override(locale):
        answers = [
            defaults.permission_denied(request, PermissionError()),
            defaults.bad_request(request, ValueError()),
            csrf_failure(request, REASON_BAD_ORIGIN),
            defaults.server_error(request),
        ]
    assert [answer.status_code for answer in answers] == [403, 400, 403, 500]
    other = "es" if locale == "qu" else "qu"
    for answer in answers:
        answer.headers["Content-Language"] = locale
        opened = checked(answer, locale)
        assert [link for link in opened.all("a", hreflang=other) if link.get("href")], (
            "no way to the other language"
        )
