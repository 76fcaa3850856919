"""The portal in a real browser: small screens, large text, keyboard, paper, and a phone that remembers a list."""

import gzip
import io
import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from tests.functional.conftest import LAPTOP, PHONE, Windows
from tests.functional.portal_pages import DNI, FICHA

pytestmark = pytest.mark.browser

FIRST_VIEW_BYTES = 40 * 1024
HTML_BYTES = 14 * 1024
OWN_COLOUR = "e => getComputedStyle(e).color"
READERS_COLOURS = """e => ["LinkText", "ButtonText", "CanvasText", "VisitedText"].map(name => {
    const probe = document.createElement("span");
    probe.style.color = name;
    document.body.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
})"""
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_text_of_twice_the_size_is_laid_out_not_cut(windows: Windows) -> None:
    page = windows.open("/es/", size=PHONE)
    for path in ("/es/", f"/es{FICHA}", "/es/sedes/", f"/es/visita/?t={DNI}"):
        page.goto(path)
        page.evaluate("document.styleSheets[0].insertRule('html { font-size: 212.5% !important }')")
        assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0, f"{path} scrolls sideways at 200 %"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_everything_to_touch_is_still_seen(windows: Windows, scheme: str) -> None:
    context = windows.browser.new_context(
        base_url=windows.site.url,
        viewport=PHONE,  # type: ignore[arg-type]
        forced_colors="active",
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    windows.contexts.append(context)
    page = context.new_page()
    page.goto("/es/sedes/")
    drawn = page.locator(".map polygon.has").first
    assert drawn.evaluate("e => getComputedStyle(e).stroke != getComputedStyle(e).fill")
    # axe judges by the author's colours, which nobody sees here: what is shown must be the reader's own.
    for path in ("/diseno/", FICHA):
        page.goto(f"/es{path}")
        for button in page.locator("main .button:visible").all():
            assert button.evaluate(OWN_COLOUR) in button.evaluate(READERS_COLOURS)
    assert page.locator(".qr").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"


def focused(page: Page) -> str:
    return str(
        page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()")
    )


def test_the_keyboard_goes_through_a_ficha_in_the_order_one_reads(windows: Windows) -> None:
    page = windows.open(f"/es{FICHA}", size=LAPTOP)
    page.keyboard.press("Tab")
    assert focused(page) == "Ir al contenido"
    page.keyboard.press("Enter")
    tops = []
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('footer')"):
            break
        inside = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return e.closest('main .read') ? e.getBoundingClientRect().top + scrollY : null })()"
        )
        if inside is not None:
            tops.append(inside)
    assert len(tops) > 15
    # Links side by side may differ by some lines.
    back = [(earlier, later) for earlier, later in pairwise(tops) if later < earlier - 60]
    assert back == []


def test_suggestions_are_reached_and_left_with_the_keyboard(windows: Windows) -> None:
    page = windows.open("/es/", size=PHONE)
    # Typed slowly, what was asked for half a word comes first; and would be replaced under the keys.
    with page.expect_response(lambda answer: answer.url.endswith("?q=dupli")):
        page.locator("#buscar-inicio").press_sequentially("dupli")
    links = page.locator(".suggestions a")
    expect(links.first).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Duplicado")
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    expect(page.locator("#buscar-inicio")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/es/buscar/\?q=dupli"))


def test_the_list_is_ticked_kept_on_this_phone_and_shared_with_the_visit(windows: Windows) -> None:
    page = windows.open(f"/es{FICHA}", size=PHONE)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/static/" not in request.url else None)
    page.get_by_label("Tu DNI no está vencido").check()
    expect(page.get_by_text("Ya tienes 1 de 4.")).to_be_visible()
    assert sent == [], "what is ticked stays on the phone"
    page.reload()
    expect(page.get_by_label("Tu DNI no está vencido")).to_be_checked()
    page.goto(f"/es/visita/?t={DNI}&t=migraciones-pasaporte")
    expect(page.get_by_label("Tu DNI no está vencido")).to_be_checked()
    page.get_by_role("button", name="Borrar las marcas").click()
    page.goto(f"/es{FICHA}")
    expect(page.get_by_label("Tu DNI no está vencido")).not_to_be_checked()


def test_no_full_stop_stands_alone_below_a_figure(windows: Windows) -> None:
    page = windows.open(f"/es{FICHA}", size=PHONE)
    display = "all => all.map(e => getComputedStyle(e).display)"
    assert set(page.locator("#costo .figure, #plazo .figure").evaluate_all(display)) == {"inline"}


def test_without_script_the_list_the_search_and_the_visit_are_there(windows: Windows) -> None:
    page = windows.open(f"/es{FICHA}", script=False)
    expect(page.get_by_text("Tu DNI no está vencido")).to_be_visible()
    assert page.locator("needs-list input").count() == 0
    page.goto("/es/")
    page.locator("#buscar-inicio").fill("perdi mi dni")
    page.keyboard.press("Enter")
    expect(page.locator(f"a[href='/es/tramites/{DNI}/']").first).to_be_visible()
    page.goto("/es/visita/")
    page.locator("#otro").fill("pasaporte")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="+ Pasaporte electrónico (mayor de edad)").click()
    expect(page.get_by_text("01810")).to_be_visible()


@pytest.mark.parametrize("locale", ["es", "qu"])
@pytest.mark.parametrize("path", [FICHA, f"/visita/?t={DNI}&t=migraciones-pasaporte"])
def test_a_ficha_and_a_visit_are_printed_on_one_sheet_with_their_code(
    windows: Windows, locale: str, path: str
) -> None:
    page = windows.open(f"/{locale}{path}", size=LAPTOP)
    page.emulate_media(media="print")
    expect(page.locator(".qr")).to_be_visible()
    expect(page.locator(".top")).to_be_hidden()
    assert [one for one in page.locator("form, .tiles, .person").all() if one.is_visible()] == []
    sheet = page.pdf(format="A4", margin={"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"})
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_first_view_of_a_ficha_is_light_still_and_asks_no_other_house(
    windows: Windows, locale: str
) -> None:
    page = windows.open("/es/entidades/", size=PHONE)
    page.wait_for_load_state("networkidle")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        " for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value"
        "}).observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"/{locale}{FICHA}", wait_until="networkidle")
    origin = page.evaluate("location.origin")
    assert [request.url for request in asked if not request.url.startswith((origin, "data:"))] == []
    sizes = {r.url: packed(answer.body()) for r in asked if (answer := r.response()) and answer.ok}
    assert sizes[page.url] <= HTML_BYTES
    assert sum(sizes.values()) <= FIRST_VIEW_BYTES, sizes
    assert page.evaluate("window.shift") == 0


def packed(body: bytes) -> int:
    """As sent; the test server sends files as they lie there."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=6) as file:
        file.write(body)
    return len(out.getvalue())


def test_the_other_language_opens_where_one_is_reading(windows: Windows) -> None:
    page = windows.open(f"/es{FICHA}#costo", size=PHONE)
    page.get_by_role("link", name="Runasimi").click()
    page.wait_for_url(f"**/qu{FICHA}#costo")
    page.evaluate("document.getElementById('canales').scrollIntoView({behavior: 'instant'})")
    page.locator("header a[rel~=alternate]").dispatch_event("click")
    page.wait_for_url(f"**/es{FICHA}#canales")
    page.goto("/es/tramites/?q=dni&pagina=1")
    page.get_by_role("link", name="Runasimi").click()
    page.wait_for_url("**/qu/tramites/?q=dni&pagina=1")


def test_a_suggestion_that_is_touched_stays_although_it_takes_no_focus(windows: Windows) -> None:
    """As Safari does it: the focus goes to nothing between the press and the release."""
    page = windows.open("/es/")
    page.locator("main input[type=search]").press_sequentially("dup")
    first = page.locator(".suggestions a").first
    expect(first).to_be_visible()
    assert (
        first.evaluate("e => e.dispatchEvent(new MouseEvent('mousedown', {bubbles: true, cancelable: true}))")
        is False
    )
    first.click()
    expect(page).to_have_url(re.compile(FICHA))
