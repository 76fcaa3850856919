"""What an agent typed reaches the citizen once, on a slow line and from two tabs, and then leaves the box; other words stay until they were kept."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.functional.desk.steps import answer_box, close
from tests.functional.test_story import SignIn

pytestmark = pytest.mark.browser
SENDING = "**/responder/"


def said(desk: Page, text: str) -> list[str]:
    return desk.locator("#lines .agent", has_text=text).all_inner_texts()


def test_left_before_the_answer_came_it_is_sent_again_as_the_same_message(held: Page, cut_line: None) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()

    held.route(SENDING, lose_the_answer, times=1)
    answer_box(held).press_sequentially("te llamo hoy")
    with held.expect_request(SENDING):
        held.keyboard.press("Control+Enter")
    expect(held.locator("#lines .agent")).to_have_count(1)
    held.goto("/desk/")
    held.keyboard.press("Alt+1")
    expect(answer_box(held)).to_have_value("te llamo hoy")
    held.wait_for_load_state()
    with held.expect_response(SENDING):
        held.keyboard.press("Control+Enter")
    expect(answer_box(held)).to_have_value("")
    held.reload()
    expect(held.locator("#lines .agent")).to_have_count(1)
    close(held)


def test_left_before_the_answer_came_and_altered_it_goes_as_another_message(
    held: Page, cut_line: None
) -> None:
    held.route(SENDING, lambda route: route.fetch(), times=1)
    answer_box(held).press_sequentially("cuesta 30")
    with held.expect_request(SENDING):
        held.keyboard.press("Control+Enter")
    expect(held.locator("#lines .agent")).to_have_count(1)
    held.goto("/desk/")
    held.keyboard.press("Alt+1")
    expect(answer_box(held)).to_have_value("cuesta 30")
    held.wait_for_load_state()
    answer_box(held).press_sequentially(", perdón, 41")
    held.keyboard.press("Control+Enter")
    expect(answer_box(held)).to_have_value("")
    expect(held.locator("#lines .agent")).to_have_count(2)
    close(held)


def test_on_a_slow_line_what_is_typed_meanwhile_stays_and_nothing_empty_is_sent(held: Page) -> None:
    travelling: list[Route] = []

    def hold(route: Route) -> None:
        travelling.append(route)

    held.route(SENDING, hold)
    answer_box(held).press_sequentially("un momento")
    held.keyboard.press("Control+Enter")
    held.keyboard.press("Control+Enter")
    answer_box(held).press_sequentially(", lo miro")
    held.locator("#note-text").focus()
    with held.expect_response(SENDING):
        travelling[0].continue_()
    expect(held.locator("#lines .agent")).to_have_count(1)
    expect(answer_box(held)).to_have_value("un momento, lo miro")
    expect(held.locator("#note-text")).to_be_focused()
    expect(held.locator("[data-part=problem]")).to_be_empty()
    assert len(travelling) == 1
    held.unroute(SENDING)
    answer_box(held).focus()
    held.keyboard.press("Control+Enter")
    expect(answer_box(held)).to_have_value("")
    expect(answer_box(held)).to_be_focused()
    close(held)


def test_what_one_tab_sent_is_in_no_other_tabs_box(held: Page) -> None:
    answer_box(held).press_sequentially("falta")
    other = held.context.new_page()
    other.goto(held.url)
    expect(answer_box(other)).to_have_value("falta")
    with other.expect_response(SENDING):
        answer_box(other).press("Control+Enter")
    expect(answer_box(other)).to_have_value("")
    expect(answer_box(held)).to_have_value("")
    answer_box(held).press_sequentially("falta una copia")
    other.reload()
    expect(answer_box(other)).to_have_value("falta una copia")
    answer_box(other).press_sequentially(" de tu DNI")
    with other.expect_response(SENDING):
        answer_box(other).press("Control+Enter")
    expect(answer_box(other)).to_have_value("")
    other.reload()
    other.wait_for_load_state()
    expect(answer_box(other)).to_have_value("")
    other.close()
    close(held)


def drafts(desk: Page) -> list[str]:
    kept: list[str] = desk.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mac-draft'))")
    return kept


def lose(desk: Page, address: str, press: str) -> None:
    """The form does not arrive where it goes; then the agent opens the page again."""
    shown = desk.url
    desk.route(address, lambda route: route.fulfill(status=503, body="No hay servicio"), times=1)
    with desk.expect_navigation():
        desk.get_by_role("button", name=press, exact=True).click()
    desk.goto(shown)


def test_a_note_stays_until_it_was_kept(held: Page, cut_line: None) -> None:
    note = held.locator("#note-text")
    note.fill("habla bajito")
    lose(held, "**/nota/", "Guardar")
    expect(note).to_have_value("habla bajito")
    held.get_by_role("button", name="Guardar", exact=True).click()
    expect(held.locator(".notes li")).to_contain_text("habla bajito")
    expect(note).to_have_value("")
    held.wait_for_load_state()
    assert drafts(held) == []
    close(held)


def test_closing_lets_the_words_go_once_it_is_closed(held: Page, cut_line: None) -> None:
    answer_box(held).fill("una cosa más")
    held.keyboard.press("Alt+t")
    held.get_by_label("Sí", exact=True).check()
    lose(held, "**/cerrar/", "Cerrar la conversación")
    expect(answer_box(held)).to_have_value("una cosa más")
    close(held)
    held.wait_for_load_state()
    assert drafts(held) == []


def test_a_reclamo_being_written_down_stays_until_it_has_its_number(sign_in: SignIn, cut_line: None) -> None:
    desk = sign_in("carlos")
    desk.goto("/desk/reclamos/nuevo/?tipo=sugerencia")
    desk.get_by_label("Lo que dice la persona").fill("Pongan más sillas en la sala de espera.")
    lose(desk, "**/reclamos/nuevo/**", "Guardar y dar el número")
    expect(desk.get_by_label("Lo que dice la persona")).to_have_value(
        "Pongan más sillas en la sala de espera."
    )
    desk.get_by_role("button", name="Guardar y dar el número").click()
    expect(desk.get_by_text("Quedó anotado con el número")).to_be_visible()
    desk.wait_for_load_state()
    assert drafts(desk) == []
    desk.goto("/desk/reclamos/nuevo/")
    desk.get_by_label("Lo que dice la persona").fill("Otra cosa")
    desk.go_back()
    expect(desk.get_by_text("Quedó anotado con el número")).to_be_visible()
    desk.goto("/desk/reclamos/nuevo/")
    expect(desk.get_by_label("Lo que dice la persona")).to_have_value("Otra cosa")


def test_what_another_account_typed_at_this_browser_is_not_shown(sign_in: SignIn) -> None:
    desk = sign_in("carlos")
    desk.evaluate("localStorage.setItem('mac-draft:0:reclamo-nuevo::', 'lo que otra persona dijo')")
    desk.goto("/desk/reclamos/nuevo/")
    desk.wait_for_load_state()
    expect(desk.get_by_label("Lo que dice la persona")).to_have_value("")
    assert drafts(desk) == []
