"""A translator's desk with the keyboard, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import LAPTOP, Windows

pytestmark = pytest.mark.browser
DESK = "/admin/traduccion/ficha/osce-rnp/"  # nothing of it is translated in the seed


@pytest.fixture
def desk(windows: Windows) -> Page:
    page = windows.open("/admin/login/", size=LAPTOP)
    page.locator("[name=username]").fill("tomasa")
    page.locator("[name=password]").fill("una clave de prueba")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    page.goto(DESK)
    return page


def test_sentence_after_sentence_is_saved_without_the_mouse(desk: Page) -> None:
    pending = desk.locator("[data-pendiente] textarea")
    before = pending.count()
    first, second = (pending.nth(place).get_attribute("id") for place in (0, 1))
    desk.locator(f"#{first}").fill("Musuq suti")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#mesa-estado")).to_contain_text("guardada")
    expect(desk.locator(f"#{second}")).to_be_focused()
    expect(pending).to_have_count(before - 1)
    # What is typed in one sentence while another is saved stays where it is.
    desk.keyboard.type("Kaymi")
    expect(desk.locator(f"#{second}")).to_have_value("Kaymi")
    desk.keyboard.press("Alt+ArrowDown")
    expect(desk.locator(f"#{second}")).not_to_be_focused()
    desk.keyboard.press("Alt+ArrowUp")
    expect(desk.locator(f"#{second}")).to_be_focused()


def test_a_missing_placeholder_is_told_while_typing(desk: Page) -> None:
    desk.goto("/admin/traduccion/ficha/reniec-dni-duplicado/")
    box = desk.locator("textarea[data-datos*='{monto}']").first
    box.fill("Internetpi paganki")
    note = box.locator("xpath=following-sibling::p[@data-vivo]")
    expect(note).to_contain_text("Falta {codigo_pago}, {monto}")
    box.fill("{monto} qullqitam paganki, {codigo_pago} códigowan.")
    expect(note).not_to_contain_text("Falta")


def test_a_word_of_the_glossary_goes_where_the_cursor_stands(desk: Page) -> None:
    sentence = desk.locator("[data-frase]:has([data-inserta])").first
    word = sentence.locator("[data-inserta]").first
    term = word.get_attribute("data-inserta")
    box = sentence.locator("textarea")
    box.fill("Kay")
    word.click()
    expect(box).to_have_value(f"Kay {term}")


def test_leaving_with_unsaved_text_asks_first(desk: Page) -> None:
    asked: list[str] = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.locator("textarea[name=texto]").first.fill("Mana waqaychasqa")
    desk.goto("/admin/traduccion/")
    assert asked == ["beforeunload"]
