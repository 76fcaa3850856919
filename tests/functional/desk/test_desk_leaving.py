"""A conversation leaves an agent's hands where the agent says, about what the agent says."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.desk.steps import answer_box, close

pytestmark = pytest.mark.browser


def test_enter_in_the_note_sends_it_nowhere(held: Page) -> None:
    address = held.url
    held.keyboard.press("Alt+t")
    held.get_by_label("Nota para quien siga").fill("habla bajito")
    held.keyboard.press("Enter")
    held.keyboard.press("Escape")
    expect(answer_box(held)).to_be_focused()
    assert held.url == address
    held.reload()
    close(held)


def test_the_entity_goes_with_the_tramite_it_was_of(held: Page) -> None:
    entity = held.locator("#close-entidad")
    expect(entity).to_have_value("reniec")
    held.locator("#ficha-q").fill("pasaporte")
    held.locator("#hits a").first.click()
    expect(held.locator("#ficha h2")).to_contain_text("asaporte")
    expect(entity).to_have_value("")
    held.keyboard.press("Alt+t")
    entity.select_option("reniec")
    held.locator("#close-ficha").fill("otro")
    expect(entity).to_have_value("reniec")
    held.keyboard.press("Escape")
    close(held)
