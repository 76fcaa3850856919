"""A ministry's own page with one tag of ours: the facts stand in it, and the frame asks and keeps nothing else."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.functional.conftest import PHONE, Windows
from tests.functional.portal_pages import DNI
from tests.functional.test_accessibility import check

pytestmark = pytest.mark.browser


@pytest.fixture
def ministry() -> Iterator[Callable[[str], str]]:
    """Another institution's server: given the tag, the address of its page with that tag in it."""
    shown = {"tag": ""}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = f"<!doctype html><html lang=es><title>Ministerio</title><h1>Ministerio</h1>{shown['tag']}</html>"
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode() if self.path == "/" else b"")

        def log_message(self, *_args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def page_with(tag: str) -> str:
        shown["tag"] = tag
        return f"http://localhost:{server.server_port}/"

    yield page_with
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_one_tag_shows_the_fee_and_asks_and_keeps_nothing_else(
    windows: Windows, ministry: Callable[[str], str], locale: str
) -> None:
    page = windows.open(f"/{locale}/insertar/", size=PHONE)
    ours = windows.site.url
    tag = f'<script src="{ours}/insertar.js" data-tramite="{DNI}" data-idioma="{locale}"></script>'
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    theirs = ministry(tag)
    page.goto(theirs)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".glance")).to_contain_text("S/ 33.00")
    assert {url.split("/")[2] for url in asked} == {theirs.split("/")[2], ours.split("/")[2]}
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_looked_for_in_the_frame_is_found_in_a_tab_of_the_portal(
    windows: Windows, ministry: Callable[[str], str]
) -> None:
    page = windows.open("/es/insertar/", size=PHONE)
    page.goto(ministry(f'<script src="{windows.site.url}/insertar.js"></script>'))
    frame = page.frame_locator("iframe")
    frame.get_by_label("Escribe el trámite que buscas").fill("perdí mi dni")
    with page.context.expect_page() as opened:
        frame.get_by_role("button", name="Buscar").click()
    opened.value.wait_for_url("**/es/buscar/?q=*")
    assert f"/es/tramites/{DNI}/" in opened.value.content()
    assert page.url.startswith("http://localhost")


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_framed_pages_are_for_everybody(windows: Windows, locale: str) -> None:
    for path in ("insertar/", f"insertar/{DNI}/"):
        page = windows.open(f"/{locale}/{path}", size=PHONE)
        check(page)
        page.close()
