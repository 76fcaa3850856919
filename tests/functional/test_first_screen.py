"""What somebody who cannot read needs is seen without scrolling, on the smallest telephone and with letters twice as large."""

import pytest
from playwright.sync_api import Page

from tests.functional.conftest import LAPTOP, Windows
from tests.functional.portal_pages import FICHA, GALLERY, PATHS
from tests.functional.test_portal import WIDER_THAN_THE_SCREEN

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 568}
# A screen of 640 by 568 pixels at 200 %.
ZOOMED = {"width": 320, "height": 284}
# The gallery shows the pictures a second time, far below.
PAGES = [path for path in PATHS if path != GALLERY]
EVERYWHERE = (*(f"/{locale}{path}" for locale in ("es", "qu") for path in PAGES), "/", "/qu/sin-linea/")
BELOW_THE_SCREEN = """() => [...document.querySelectorAll(".first a")]
    .filter(one => !one.getClientRects().length || one.getBoundingClientRect().bottom > innerHeight)
    .map(one => one.textContent.trim())"""
CUT_WORDS = """() => [...document.querySelectorAll(".first a")]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.trim())"""


def large(page: Page) -> None:
    """Letters of twice the size, as a reader sets them."""
    page.evaluate("document.styleSheets[0].insertRule('html { font-size: 212.5% !important }')")


@pytest.mark.parametrize("size", [NARROW, ZOOMED, LAPTOP], ids=["narrow", "zoomed", "laptop"])
def test_the_pictures_that_speak_are_on_the_first_screen(windows: Windows, size: dict[str, int]) -> None:
    page = windows.open("/", size=size)
    for path in EVERYWHERE:
        page.goto(path)
        assert page.locator(".first a").count() == 4, path
        assert page.evaluate(BELOW_THE_SCREEN) == [], path
        assert page.evaluate(CUT_WORDS) == [], path


@pytest.mark.parametrize("path", ["/", "/es/", "/qu/", f"/qu{FICHA}", "/es/chat/", "/qu/chat/"])
def test_they_still_are_with_letters_twice_as_large(windows: Windows, path: str) -> None:
    page = windows.open(path, size=NARROW)
    large(page)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    assert page.evaluate(BELOW_THE_SCREEN) == []
    assert page.evaluate(CUT_WORDS) == []


def test_both_languages_to_choose_from_are_on_the_first_screen(windows: Windows) -> None:
    page = windows.open("/", size=NARROW)
    for name in ("Español", "Runasimi"):
        box = page.locator("main a.button").filter(has_text=name).bounding_box()
        assert box
        assert box["y"] + box["height"] <= NARROW["height"]
