"""The chat on a cheap telephone: the conversation has the room, and nothing lies over what is to be read or filled in."""

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Windows

pytestmark = pytest.mark.browser
CHEAP = {"width": 360, "height": 640}
NARROW = {"width": 320, "height": 568}


def edges(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


@pytest.mark.parametrize("locale", ["es", "qu"])
@pytest.mark.parametrize(("size", "room"), [(CHEAP, 250), (NARROW, 130)])
def test_a_fresh_chat_shows_the_conversation(
    windows: Windows, locale: str, size: dict[str, int], room: int
) -> None:
    page = windows.open(f"/{locale}/chat/", size=size)
    expect(page.locator("citizen-chat[data-ready]")).to_be_attached()
    begins, composer = edges(page, "[role=log]")[0], edges(page, ".compose")[0]
    assert composer - begins >= room
    assert edges(page, ".chat > .note")[1] <= composer, "the box lies over what is said of personal data"
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    small = page.locator(".first a, .compose button:visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height).filter((height) => height < 40)"
    )
    assert small == []


def test_the_form_for_a_telephone_is_not_covered(windows: Windows) -> None:
    page = windows.open("/es/chat/", size=CHEAP)
    page.get_by_role("button", name="Hablar con una persona").first.click()
    expect(page.locator("#chat-contact")).to_be_attached()
    field = page.locator("#chat-contact")
    if not field.is_visible():
        page.get_by_text("Si no puedes esperar aquí").click()
    field.focus()
    above, below = edges(page, "#chat-contact")
    begins, ends = edges(page, ".compose")
    assert below <= begins or above >= ends
    assert page.locator(".compose").evaluate("(one) => getComputedStyle(one).position") == "static"
    # Nobody is left waiting for the tests that come after.
    page.locator("[name=payload][value=undo_handoff]").first.click()
    expect(page.locator("[name=payload][value=undo_handoff]")).to_have_count(0)
