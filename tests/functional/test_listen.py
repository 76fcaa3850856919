"""Listening in a real browser: the recording plays, the sentence is marked, the large pictures speak first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.functional import moments
from tests.functional.conftest import PHONE, Site, Windows
from tests.functional.test_accessibility import check

pytestmark = pytest.mark.browser
DNI = "reniec-dni-duplicado"
SAID = ".player-said"
# A sentence is marked only while it is read, and a busy machine looks late: what was marked is kept.
KEEP_MARKS = """() => {
  window.marked = [];
  const set = CSS.highlights.set.bind(CSS.highlights);
  CSS.highlights.set = (name, highlight) => {
    for (const range of highlight) window.marked.push(range.toString().replace(/\\s+/g, " "));
    return set(name, highlight);
  };
}"""


def is_recording(response: Response) -> bool:
    return ".mp3" in response.url and not 300 <= response.status < 400


@pytest.mark.parametrize(
    ("locale", "said"), [("es", "Por internet: S/ 33.00"), ("qu", "Internetpiqa S/ 33.00")]
)
def test_an_aspect_plays_and_the_sentence_is_marked(windows: Windows, locale: str, said: str) -> None:
    page = windows.open(f"/{locale}/tramites/{DNI}/")
    page.evaluate(KEEP_MARKS)
    moments.keep(page, SAID)
    # It is sent on to this version's recording first; the rest of that may be asked for later, in pieces.
    with page.expect_response(is_recording) as heard:
        page.locator("#costo a[data-listen]").click()
    moments.until_seen(page, SAID, said)
    page.wait_for_function("() => window.marked.some((words) => words.includes('S/ 33.00'))")
    answer = heard.value
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.request.all_headers()["range"] == "bytes=0-"
    assert answer.status == 206
    assert "immutable" in answer.headers["cache-control"]
    check(page)


def test_the_whole_page_is_heard_at_the_speed_one_likes(windows: Windows) -> None:
    page = windows.open(f"/es/tramites/{DNI}/")
    page.evaluate("() => { const make = window.Audio; window.Audio = class extends make {}; }")
    moments.keep(page, SAID)
    page.locator(".first a[data-listen]").click()
    moments.until_seen(page, SAID, "Duplicado del DNIe")
    page.get_by_label("Velocidad").select_option("1.5")
    page.get_by_role("button", name="Pausa").click()
    expect(page.get_by_role("button", name="Seguir")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".player")).to_have_count(0)
    expect(page.locator(".first a[data-listen]")).to_be_focused()
    page.reload()
    page.locator(".first a[data-listen]").click()
    expect(page.get_by_label("Velocidad")).to_have_value("1.5")


def test_a_recording_that_does_not_come_is_said_so_and_tried_again(windows: Windows, cut_line: None) -> None:
    page = windows.open(f"/es/tramites/{DNI}/")
    page.route("**/escuchar/**", lambda route: route.abort())
    page.locator("#costo a[data-listen]").click()
    expect(page.locator(".player-note")).to_contain_text("No se pudo escuchar")
    page.unroute("**/escuchar/**")
    page.get_by_role("button", name="Seguir").click()
    expect(page.locator(".player-note")).not_to_contain_text("No se pudo escuchar")


@pytest.fixture
def touched(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=site.url,
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        service_workers="block",  # type: ignore[arg-type]
    )
    yield context.new_page()
    context.close()


def test_a_picture_speaks_at_the_first_touch_and_leads_on_at_the_second(touched: Page) -> None:
    touched.goto("/es/")
    places = touched.locator(".first a[data-say$='lugar.mp3']")
    with touched.expect_response("**/es/voz/lugar.mp3"):
        places.tap()
    expect(touched.locator(".first-again")).to_have_text("Toca otra vez para seguir.")
    expect(touched.locator(".armed")).to_have_count(1)
    assert touched.url.endswith("/es/")
    quechua = touched.locator(".first a[href='/qu/chat/llamada/']")
    with touched.expect_response("**/qu/voz/quechua.mp3"):
        quechua.tap()
    expect(quechua).to_have_class("armed")
    expect(touched.locator(".armed")).to_have_count(1)
    quechua.tap()
    expect(touched.locator("#call-me")).to_be_visible()
    check(touched)


def test_keyboard_and_mouse_go_at_once(windows: Windows) -> None:
    page = windows.open("/qu/")
    page.locator(".first a[href='/qu/sedes/']").click()
    page.wait_for_url("**/qu/sedes/")
    check(page)


def test_without_script_the_pictures_are_links(windows: Windows) -> None:
    page = windows.open(f"/es/tramites/{DNI}/", script=False)
    links = page.locator(".first a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert [link.partition("?")[0] for link in links] == [
        "tel:1800",
        f"/es/escuchar/{DNI}/todo.mp3",
        "/qu/chat/llamada/",
        "/es/sedes/",
    ]


def test_an_answer_in_the_chat_is_heard(windows: Windows) -> None:
    page = windows.open(f"/es/tramites/{DNI}/")
    page.get_by_role("link", name="Pregunta en el chat").click()
    page.evaluate(KEEP_MARKS)
    moments.keep(page, f"dialog {SAID}")
    page.locator("dialog a[data-listen]").first.click()
    moments.until_seen(page, f"dialog {SAID}", "asistente virtual")
    page.wait_for_function("() => window.marked.length > 0")
    check(page)


RECOGNITION = """
window.SpeechRecognition = class extends EventTarget {
  start() { window.recognition = this; window.heardIn = this.lang; this.say(['cuánto cuesta ', 'el DNI']); }
  stop() { this.dispatchEvent(new Event('end')); }
  abort() { setTimeout(() => this.stop()); }
  say(words) {
    const event = new Event('result');
    event.results = words.map((transcript) => [{ transcript }]);
    setTimeout(() => this.dispatchEvent(event));
  }
};
"""


@pytest.fixture
def dictating(chromium: Browser, site: Site) -> Iterator[Page]:
    """A browser that turns speech into text, or seems to: the real one sends it to its maker."""
    context = chromium.new_context(base_url=site.url, viewport=PHONE, service_workers="block")  # type: ignore[arg-type]
    context.add_init_script(RECOGNITION)
    yield context.new_page()
    context.close()


def test_a_question_is_dictated_read_again_and_sent_by_hand(dictating: Page) -> None:
    dictating.goto("/es/chat/")
    dictating.get_by_role("button", name="Dictar").click()
    expect(dictating.locator("#chat-text")).to_have_value("cuánto cuesta el DNI")
    expect(dictating.locator(".ask [role=status]")).to_contain_text("Te escucho")
    assert dictating.evaluate("window.heardIn") == "es-PE"
    check(dictating)
    dictating.get_by_role("button", name="Dejar de dictar").click()
    expect(dictating.locator("#chat-text")).to_be_focused()
    expect(dictating.locator(".line.citizen")).to_have_count(0)
    expect(dictating.get_by_role("button", name="Dictar")).to_be_visible()


def test_what_is_heard_after_the_sending_fills_no_box(dictating: Page) -> None:
    dictating.goto("/es/chat/")
    dictating.get_by_role("button", name="Dictar").click()
    expect(dictating.locator("#chat-text")).to_have_value("cuánto cuesta el DNI")
    dictating.get_by_role("button", name="Enviar").click()
    expect(dictating.get_by_role("button", name="Dictar")).to_be_visible()
    dictating.evaluate("window.recognition.say(['cuánto cuesta el DNI', 'y dónde'])")
    expect(dictating.locator(".line.assistant")).to_have_count(2)
    expect(dictating.locator("#chat-text")).to_have_value("")
    expect(dictating.locator(".ask [role=status]")).to_be_empty()


def test_in_quechua_it_is_said_that_dictating_cannot_be_done(dictating: Page) -> None:
    dictating.goto("/qu/chat/")
    dictating.locator(".ask button").click()
    expect(dictating.locator(".ask [role=status]")).to_contain_text("1800man qayay")
    expect(dictating.locator("#chat-text")).to_have_value("")


def test_the_pages_fit_a_narrow_screen_with_large_letters(windows: Windows) -> None:
    page = windows.open(f"/qu/tramites/{DNI}/", size={"width": 320, "height": 640})
    page.locator(".first a[data-listen]").click()
    page.evaluate("() => { document.documentElement.style.fontSize = '212%'; }")
    for path in (None, "/es/chat/llamada/", "/es/sin-linea/"):
        if path:
            page.goto(path)
            page.evaluate("() => { document.documentElement.style.fontSize = '212%'; }")
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide == 0, page.url
        assert page.locator(".first a").evaluate_all(
            "all => all.every((a) => a.scrollWidth <= a.clientWidth + 1)"
        )
