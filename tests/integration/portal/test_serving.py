"""What a page weighs, and how often it must be sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.integration.portal.checking import Page
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db

HTML_BYTES = 14 * 1024
ALL_BYTES = 40 * 1024
STYLESHEET_BYTES = 12 * 1024
FICHAS = ("reniec-dni-duplicado", "reniec-dni-renovacion", "migraciones-pasaporte", "sis-gratuito")


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def fetched(page: Page) -> set[str]:
    """The addresses a browser loads for the first view."""
    links = [e.get("href", "") for e in page.all("link") if e.get("rel") in ("stylesheet", "icon")]
    return {*links, *(e.get("src", "") for e in page.all("script") if e.get("src"))}


def static_file(address: str) -> Path:
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert isinstance(found, str), f"{address} is no static file"
    return Path(found)


def imported(script: Path) -> set[Path]:
    """The modules of our own that `script` imports, and so on."""
    names = re.findall(r"""from\s+["'](\./[^"']+)["']""", script.read_text(encoding="utf-8"))
    found = {script}
    for name in names:
        found |= imported((script.parent / name).resolve())
    return found


@pytest.mark.parametrize("locale", ["es", "qu"])
@pytest.mark.parametrize("codigo", FICHAS)
def test_the_first_view_of_a_ficha_is_light(page: OpenPage, locale: str, codigo: str) -> None:
    opened = page(f"/{locale}/tramites/{codigo}/")
    html = weight(opened.response.content)
    assert html <= HTML_BYTES
    files: set[Path] = set()
    for address in fetched(opened):
        path = static_file(address)
        files |= imported(path) if path.suffix == ".js" else {path}
    assert files, "a page without a stylesheet is measured wrongly"
    assert html + sum(weight(path.read_bytes()) for path in files) <= ALL_BYTES


def test_the_stylesheet_stays_small_and_asks_for_nothing_else() -> None:
    text = static_file(f"{settings.STATIC_URL}ui/ui.css").read_text(encoding="utf-8")
    assert len(text.encode()) <= STYLESHEET_BYTES
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text


def test_a_page_is_compressed_where_the_browser_can_read_it(client: Client, seeded: None) -> None:
    path = "/es/tramites/reniec-dni-duplicado/"
    plain = client.get(path)
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Cookie" not in packed.headers["Vary"]


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, seeded: None) -> None:
    path = "/es/tramites/reniec-dni-duplicado/"
    for headers in ({}, {"accept-encoding": "gzip"}):
        etag = client.get(path, headers=headers).headers["ETag"]
        again = client.get(path, headers={**headers, "if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_public_pages_carry_no_token(page: OpenPage) -> None:
    for path in ("/es/", "/es/tramites/reniec-dni-duplicado/", "/es/buscar/?q=dni"):
        html = page(path).response.content.decode()
        assert "csrfmiddlewaretoken" not in html
        assert "nonce=" not in html


@pytest.mark.parametrize(
    "path", ["/", "/es/", "/qu/tramites/reniec-dni-duplicado/", "/es/sedes/", "/es/guardado/"]
)
def test_nothing_else_is_waited_for_before_a_page_can_be_read(page: OpenPage, path: str) -> None:
    opened = page(path)
    head = opened.one("head")
    assert [e.get("href") for e in head.iter("link") if e.get("rel") == "stylesheet"] == []
    assert [e for e in head.iter("script") if e.get("src") and e.get("type") != "module"] == []
    assert list(head.iter("style")), "a page without its form"


def test_a_page_that_is_not_there_is_as_light_as_one_that_is(client: Client, seeded: None) -> None:
    answer = client.get("/es/nada/", headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (404, "gzip")


def test_a_page_with_a_token_leaves_as_it_is(client: Client, seeded: None) -> None:
    for path in ("/es/chat/", "/es/chat/llamada/"):
        answer = client.get(path, headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers
        assert b"<style>" not in answer.content
