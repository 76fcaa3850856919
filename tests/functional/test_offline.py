"""No line: what was read is there, says how old it is, and nothing private is kept. With a line, all is fresh."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.functional import moments
from tests.functional.conftest import PHONE, Site
from tests.functional.line import Line
from tests.functional.test_accessibility import check

pytestmark = pytest.mark.browser
DNI = "reniec-dni-duplicado"
KEPT = "async () => (await (await caches.open('mac-pages-1')).keys()).map((r) => new URL(r.url).pathname)"
SAID = ".player-said"
SOUNDS = "async () => (await (await caches.open('mac-sounds-1')).keys()).length"


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    line = Line(site.url)
    yield line
    line.close()


@pytest.fixture
def telephone(chromium: Browser, line: Line) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=line.url, viewport=PHONE, reduced_motion="reduce")  # type: ignore[arg-type]
    yield context
    line.mend()
    context.close()


def until_kept(page: Page, *paths: str) -> None:
    """Exactly these are kept. A script in the page cannot wait for it: what it asks the store for are promises."""
    for _try in range(400):
        if set(page.evaluate(KEPT)) == set(paths):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"kept are {page.evaluate(KEPT)}, not {paths}")


def until_heard(page: Page, count: int) -> None:
    """So many recordings, and times of sentences, are kept."""
    for _try in range(400):
        if page.evaluate(SOUNDS) == count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(SOUNDS)} are kept, not {count}")


@pytest.mark.parametrize(("locale", "said"), [("es", "No hay internet"), ("qu", "Manam internet kanchu")])
def test_what_was_read_is_there_and_says_how_old_it_is(
    telephone: BrowserContext, line: Line, locale: str, said: str
) -> None:
    page = telephone.new_page()
    page.goto(f"/{locale}/tramites/{DNI}/")
    title = page.locator("h1").inner_text()
    until_kept(page, f"/{locale}/tramites/{DNI}/", f"/{locale}/sedes/")
    line.cut()

    page.reload()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main > .kept").first).to_contain_text(said)
    assert re.search(r"\d\d/\d\d/\d{4},? \d\d:\d\d", page.locator(".kept").inner_text())
    expect(page.locator("#costo")).to_contain_text("S/ 33.00")
    assert page.locator(".first a").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"

    page.goto(f"/{locale}/sedes/")
    expect(page.locator(".kept")).to_contain_text("1800")

    page.goto(f"/{locale}/tramites/")
    expect(page.locator("h1")).to_have_text(said)
    expect(page.locator("[data-kept] a").filter(has_text=title)).to_be_visible()
    check(page)
    page.locator("[data-kept] a").filter(has_text=title).click()
    expect(page.locator(".kept")).to_be_visible()

    line.mend()
    page.reload()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".kept")).to_have_count(0)


def test_nothing_private_is_kept_and_what_is_gone_goes(telephone: BrowserContext, line: Line) -> None:
    page = telephone.new_page()
    page.goto("/es/")
    until_kept(page, "/es/", "/es/sedes/")
    page.reload()
    for path in (
        "/es/chat/",
        "/es/buscar/?q=divorcio",
        "/es/tramites/?q=divorcio",
        "/desk/entrar/",
        "/admin/login/",
    ):
        page.goto(path)
    page.evaluate(
        "async () => (await caches.open('mac-pages-1')).put('/es/tramites/no-hay/', new Response('viejo'))"
    )
    page.goto("/es/tramites/no-hay/")
    expect(page.locator("h1")).to_be_visible()
    until_kept(page, "/es/", "/es/sedes/")
    line.cut()
    page.goto("/es/chat/")
    expect(page.locator("h1")).to_have_text("No hay internet")


def test_a_question_asked_on_a_dead_line_arrives_once(
    telephone: BrowserContext, line: Line, site: Site
) -> None:
    page = telephone.new_page()
    page.goto("/es/chat/")
    expect(page.locator("citizen-chat[data-ready]")).to_be_attached()
    line.cut()
    page.locator("#chat-text").fill("¿cuánto cuesta el duplicado del DNI?")
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("[data-part=lost]")).to_contain_text("Se perdió la conexión")
    expect(page.locator(".unsent .who")).to_contain_text("sin conexión")
    moments.keep(page, "[data-part=lost]")
    line.mend()
    moments.until_seen(page, "[data-part=lost]", "Volvió la conexión")
    expect(page.locator(".line.citizen:not(.unsent)")).to_have_count(1)
    expect(page.locator(".unsent")).to_have_count(0)
    expect(page.locator(".line.assistant")).to_have_count(2)
    page.reload()
    expect(page.locator(".line.citizen")).to_have_count(1)


def test_what_was_just_heard_is_heard_again(telephone: BrowserContext, line: Line) -> None:
    page = telephone.new_page()
    page.goto(f"/es/tramites/{DNI}/")
    until_kept(page, f"/es/tramites/{DNI}/", "/es/sedes/")
    page.reload()
    moments.keep(page, SAID)
    page.locator("#costo a[data-listen]").click()
    moments.until_seen(page, SAID, "S/ 33.00")
    until_heard(page, 2)
    line.cut()
    page.reload()
    moments.keep(page, SAID)
    page.locator("#costo a[data-listen]").click()
    moments.until_seen(page, SAID, "S/ 33.00")
    page.get_by_role("button", name="Adelante 10 segundos").click()
    expect(page.locator(".player-note")).not_to_contain_text("No se pudo escuchar")
    page.locator("#plazo a[data-listen]").click()
    expect(page.locator(".player-note")).to_contain_text("No se pudo escuchar")


def test_whoever_stops_listening_pays_for_no_more_and_nothing_of_it_is_kept(
    telephone: BrowserContext, line: Line
) -> None:
    page = telephone.new_page()
    page.goto(f"/es/tramites/{DNI}/")
    until_kept(page, f"/es/tramites/{DNI}/", "/es/sedes/")
    page.reload()
    line.seconds_per_piece = 0.5
    page.locator(".first a[data-listen]").click()
    expect(page.locator(".player-note")).to_contain_text("MB")
    page.get_by_role("button", name="Cerrar").click()
    page.wait_for_timeout(3000)
    received = line.received
    page.wait_for_timeout(3000)
    # A small answer of the page's own may still arrive; the sound comes in pieces of up to 16 kB, two a second.
    assert line.received - received < 4096, "it goes on being fetched"
    heard = page.evaluate("async () => (await (await caches.open('mac-sounds-1')).keys()).map((r) => r.url)")
    assert not [address for address in heard if address.endswith(".mp3")]


@pytest.mark.parametrize(
    ("locale", "erase", "erased"),
    [
        ("es", "Borrar todo lo guardado", "Se borró"),
        ("qu", "Llapa waqaychasqata chinkachiy", "chinkachisqañam"),
    ],
)
def test_what_is_kept_says_how_much_room_it_takes_and_is_deleted(
    telephone: BrowserContext, line: Line, locale: str, erase: str, erased: str
) -> None:
    page = telephone.new_page()
    page.goto(f"/{locale}/tramites/{DNI}/")
    until_kept(page, f"/{locale}/tramites/{DNI}/", f"/{locale}/sedes/")
    page.reload()
    page.locator("#costo a[data-listen]").click()
    until_heard(page, 2)
    page.locator("needs-list input").first.check()
    page.locator("footer a[href$='/guardado/']").click()
    expect(page.locator("[data-size]")).to_contain_text(re.compile(r"0\.[1-9] MB.*: 1\."))
    expect(page.locator("[data-kept] a").first).to_be_visible()
    check(page)
    page.get_by_role("button", name=erase).click()
    expect(page.locator("[data-erased]")).to_contain_text(erased)
    expect(page.get_by_role("button", name=erase)).to_be_hidden()
    assert page.evaluate(SOUNDS) == 0
    assert page.evaluate(KEPT) == []
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('requisitos'))") == []


def test_the_language_is_asked_for_once_and_remembered_without_a_line(
    telephone: BrowserContext, line: Line
) -> None:
    page = telephone.new_page()
    page.goto("/")
    until_kept(page, "/", "/es/sedes/")
    page.get_by_role("link", name="Runasimi").click()
    page.wait_for_url("**/qu/")
    until_kept(page, "/", "/qu/", "/qu/sedes/", "/es/sedes/")
    page.goto("/")
    assert page.url.endswith("/qu/")
    line.cut()
    page.goto("/")
    expect(page.locator(".kept")).to_contain_text("Manam internet kanchu")
    assert page.locator("html").get_attribute("lang") == "qu"


@pytest.mark.parametrize(
    ("locale", "now"),
    [("es", re.compile("ahora está|Abierto ahora")), ("qu", re.compile("kunan (kicha|wichqa)sqa", re.I))],
)
def test_what_was_true_for_a_minute_is_not_said_without_a_line(
    telephone: BrowserContext, line: Line, locale: str, now: re.Pattern[str]
) -> None:
    paths = (f"/{locale}/sedes/", f"/{locale}/sedes/centro-mac-piura/")
    page = telephone.new_page()
    for count, path in enumerate(paths, 1):
        page.goto(path)
        expect(page.locator("main")).to_contain_text(now)
        until_kept(page, *paths[:count])
    line.cut()
    for path in paths:
        page.goto(path)
        expect(page.locator(".kept")).to_be_visible()
        expect(page.locator("main")).not_to_contain_text(now)
        expect(page.locator("main")).to_contain_text("1800")


def test_a_notice_that_ended_since_is_not_shown_without_a_line(telephone: BrowserContext, line: Line) -> None:
    page = telephone.new_page()
    page.goto("/es/")
    until_kept(page, "/es/", "/es/sedes/")
    page.evaluate(
        """async () => {
          const pages = await caches.open("mac-pages-1");
          const name = new URL("/es/", location.origin).href;
          const kept = await pages.match(name);
          const alert = (until, text) => `<div class="alert urgente" data-until="${until}"><p>${text}</p></div>`;
          const alerts = alert("2020-01-01T00:00:00-05:00", "Cerrado") + alert("2099-01-01T00:00:00-05:00", "Sin sistema");
          const html = (await kept.text()).replace("</main>", `<section class="alerts">${alerts}</section></main>`);
          await pages.put(name, new Response(html, { headers: kept.headers }));
        }"""
    )
    line.cut()
    page.reload()
    expect(page.locator(".kept")).to_be_visible()
    expect(page.locator(".alert")).to_have_text(["Sin sistema"])
