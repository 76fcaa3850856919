"""The chat in a browser: lines that drop, the panel, the keyboard, small screens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.functional.conftest import PHONE, Windows
from tests.functional.test_story import DNI, SignIn, answer, claim, close, write

pytestmark = pytest.mark.browser
LOST = "Se perdió la conexión"


def test_what_is_written_while_the_line_is_cut_is_sent_once_when_it_is_back(
    windows: Windows, cut_line: None
) -> None:
    page = windows.open("/es/chat/")
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    page.context.set_offline(True)
    page.locator("#chat-text").fill("¿cuánto cuesta?")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=lost]")).to_contain_text(LOST)
    expect(page.locator("[data-part=unsent] li")).to_have_count(1)
    expect(page.locator("#chat-text")).to_be_focused()
    page.context.set_offline(False)
    expect(page.locator(".line.citizen", has_text="¿cuánto cuesta?")).to_have_count(1)
    expect(page.locator(f".line.assistant a[href$='{DNI}/#costo']")).to_have_count(1)
    expect(page.locator("[data-part=unsent] li")).to_have_count(0)
    expect(page.locator("[data-part=lost]")).to_be_empty()


def test_a_message_whose_answer_got_lost_is_not_doubled(windows: Windows, cut_line: None) -> None:
    page = windows.open("/es/chat/")
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    tries: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(1)
        response = route.fetch()
        if len(tries) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=response)

    page.route("**/es/chat/", lose_the_first_answer)
    write(page, "¿cuánto cuesta?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(3)
    assert len(tries) == 2
    page.unroute("**/es/chat/")
    page.reload()
    expect(page.locator(".line.citizen")).to_have_count(2)
    expect(page.locator(".line.assistant")).to_have_count(3)


def test_what_was_not_sent_outlives_a_reload(windows: Windows, cut_line: None) -> None:
    page = windows.open("/es/chat/")
    page.route(
        "**/es/chat/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write(page, "¿cuánto demora?", "Enviar")
    expect(page.locator("[data-part=lost]")).to_contain_text(LOST)
    page.unroute("**/es/chat/")
    page.reload()
    expect(page.locator(".line.citizen", has_text="¿cuánto demora?")).to_have_count(1)
    expect(page.locator(f".line.assistant a[href$='{DNI}/#plazo']")).to_have_count(1)


def test_what_the_agent_says_while_the_line_is_cut_is_caught_up_with(
    windows: Windows, sign_in: SignIn, cut_line: None
) -> None:
    desk = sign_in("carlos")
    page = windows.open("/es/chat/")
    write(page, "quiero una persona", "Enviar")
    claim(desk, "castellano")
    expect(page.locator("[data-part=state][data-owner=agent]")).to_be_attached()
    page.context.set_offline(True)
    for text in ("uno", "dos"):
        answer(desk, text)
        expect(desk.locator("#lines .agent").last).to_contain_text(text)
    expect(page.locator("[data-part=lost]")).to_contain_text(LOST)
    page.context.set_offline(False)
    expect(page.locator(".line.agent")).to_have_count(2)
    expect(page.locator("[data-part=lost]")).to_be_empty()
    assert page.locator(".line").evaluate_all(
        "lines => lines.map((line) => Number(line.dataset.seq))"
    ) == sorted(page.locator(".line").evaluate_all("lines => lines.map((line) => Number(line.dataset.seq))"))
    close(desk)


def test_polling_takes_over_where_event_streams_do_not_pass(
    windows: Windows, sign_in: SignIn, cut_line: None
) -> None:
    desk = sign_in("carlos")
    page = windows.open("/es/chat/")
    page.route("**/events?*", lambda route: route.abort())
    write(page, "quiero una persona", "Enviar")
    claim(desk, "castellano")
    answer(desk, "por el otro camino")
    expect(page.locator(".line.agent")).to_contain_text("por el otro camino", timeout=30_000)
    close(desk)


def test_the_desk_says_when_the_server_is_gone_and_keeps_the_text(
    windows: Windows, sign_in: SignIn, cut_line: None
) -> None:
    desk = sign_in("carlos")
    page = windows.open("/es/chat/")
    write(page, "quiero una persona", "Enviar")
    claim(desk, "castellano")
    desk.context.set_offline(True)
    desk.locator("#answer-text").fill("un momento")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#answer-problem")).to_contain_text("No se pudo enviar")
    expect(desk.locator("#answer-text")).to_have_value("un momento")
    expect(desk.locator("[data-part=lost]")).to_contain_text("Sin conexión")
    write(page, "¿sigue ahí?", "Enviar")
    desk.context.set_offline(False)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#lines .agent")).to_have_count(1)
    expect(desk.locator("#lines .citizen").last).to_contain_text("¿sigue ahí?", timeout=40_000)
    expect(page.locator(".line.agent")).to_have_count(1)
    close(desk)


def test_the_panel_knows_the_ficha_and_goes_along_from_page_to_page(windows: Windows) -> None:
    page = windows.open(f"/es/tramites/{DNI}/", size={"width": 1280, "height": 720})
    opener = page.get_by_role("link", name="Pregunta en el chat")
    opener.click()
    expect(page.locator("#chat-text")).to_be_focused()
    page.locator("#chat-text").fill("¿cuánto cuesta?")
    page.keyboard.press("Enter")
    expect(page.locator(f"dialog a[href$='{DNI}/#costo']")).to_be_visible()
    page.goto("/es/sedes/")
    expect(page.locator("dialog .line.citizen")).to_contain_text("¿cuánto cuesta?")
    page.locator("#chat-text").focus()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Pregunta en el chat")).to_be_focused()
    page.goto("/es/")
    expect(page.locator("dialog")).to_be_hidden()


def test_the_conversation_is_the_same_in_the_other_language(windows: Windows) -> None:
    page = windows.open("/es/chat/")
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    page.get_by_role("link", name="Runasimi").click()
    expect(page.locator("html")).to_have_attribute("lang", "qu")
    expect(page.locator(".line.citizen").first).to_contain_text("¿qué necesito?")
    write(page, "¿haykataq chanin?", "Apachiy")
    expect(page.locator(".line.assistant a[href='/qu/tramites/reniec-dni-duplicado/#costo']")).to_be_visible()


def test_each_line_is_announced_once_and_nothing_else_moves_the_focus(windows: Windows) -> None:
    page = windows.open("/es/chat/")
    page.evaluate(
        """() => {
          window.added = [];
          new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(
            (node) => node.id && window.added.push(node.id)))).observe(
              document.querySelector('[role=log]'), {childList: true, subtree: true});
        }"""
    )
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    write(page, "¿cuánto cuesta?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(3)
    assert page.evaluate("window.added") == ["m2", "m3", "m4", "m5"]
    expect(page.locator("[role=log]")).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("path", ["/es/chat/", f"/es/tramites/{DNI}/"])
def test_the_conversation_can_be_taken_off_a_shared_computer(windows: Windows, path: str) -> None:
    page = windows.open(path)
    if path != "/es/chat/":
        page.get_by_role("link", name="Pregunta en el chat").click()
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    with page.expect_navigation():
        page.get_by_role("button", name="Terminar y borrar de este equipo").click()
    page.goto("/es/chat/")
    expect(page.locator(".line.assistant")).to_have_count(1)
    expect(page.locator(".line.citizen")).to_have_count(0)
    assert page.evaluate("sessionStorage.getItem('mac-chat:/es/chat/')") is None


def test_on_a_telephone_the_way_into_the_chat_covers_little(windows: Windows) -> None:
    page = windows.open(f"/es/tramites/{DNI}/", size={"width": 360, "height": 740})
    opener = page.get_by_role("link", name="Pregunta en el chat")
    box = opener.bounding_box()
    assert box is not None
    assert 44 <= box["width"] <= 64
    assert abs(box["width"] - box["height"]) <= 1
    opener.click()
    expect(page.locator("#chat-text")).to_be_focused()


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_nothing_is_wider_than_a_small_telephone(windows: Windows, locale: str) -> None:
    page = windows.open(f"/{locale}/chat/?codigo={DNI}", size={"width": 320, "height": 640})
    write(page, "¿qué necesito? " + "x" * 200, {"es": "Enviar", "qu": "Apachiy"}[locale])
    expect(page.locator(".line.assistant")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_desk_fits_a_telephone(windows: Windows, sign_in: Callable[..., Page]) -> None:
    desk = sign_in("carlos", size={"width": 360, "height": 740})
    page = windows.open(f"/es/chat/?codigo={DNI}")
    write(page, "quiero una persona", "Enviar")
    claim(desk, "castellano")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    close(desk)


def test_a_browser_of_2020_sends_what_is_written(windows: Windows) -> None:
    page = windows.open("/es/chat/")
    page.add_init_script("delete AbortSignal.timeout; delete HTMLFormElement.prototype.requestSubmit")
    page.reload()
    page.locator("#chat-text").fill("¿cuánto cuesta?")
    page.keyboard.press("Enter")
    expect(page.locator(".line.citizen", has_text="¿cuánto cuesta?")).to_have_count(1)
    expect(page.locator("[data-part=unsent] li")).to_have_count(0)
    expect(page.locator("[data-part=lost]")).to_be_empty()


@pytest.mark.parametrize(
    "lacks", ["HTMLDialogElement.prototype.showModal", "SubmitEvent.prototype.submitter"]
)
def test_a_browser_that_lacks_more_keeps_the_plain_forms(windows: Windows, lacks: str) -> None:
    page = windows.open(f"/es/tramites/{DNI}/", size=PHONE)
    page.add_init_script(f"delete {lacks}")
    page.reload()
    page.locator(".chat-launch > a").click()
    write(page, "¿cuánto cuesta?", "Enviar")
    expect(page.locator(".line.citizen", has_text="¿cuánto cuesta?")).to_have_count(1)
