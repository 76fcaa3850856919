"""Every kind of public page, in both languages, light and dark, on the smallest telephone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.conftest import PHONE, Windows
from tests.functional.portal_pages import EVERY_PAGE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 720}
LEAST_PX = 40
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What is reached with the keyboard, or by a screen reader, and says nothing there.
UNNAMED = """all => all.filter(e => e.checkVisibility() && !e.closest("[aria-hidden]") && !(
    e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length || e.type === "hidden"
)).map(e => e.outerHTML)"""
# What a finger touches, and how high it is; a link in a sentence, or on the drawn map, is as high as it can be.
SMALL = """(all, least) => all.filter(e => e.checkVisibility() && !e.closest(".hidden, .skip, svg")).map(e => {
    const line = e.closest("p, li, dd, dt, td");
    const inSentence = getComputedStyle(e).display === "inline" && line && line.textContent.trim() !== e.textContent.trim();
    // What is ticked is touched anywhere on its words, and in a list anywhere on the line.
    const box = e.closest(".ticked-by-hand") && !e.matches("a") ? e.closest("li") : e.closest("label") || e;
    return [inSentence ? Infinity : box.getBoundingClientRect().height, e.outerHTML.slice(0, 120)];
}).filter(([height]) => height && height < least)"""
TOUCHED = "a, button, select, summary, textarea, input:not([type=hidden], [type=radio])"


COLOURS = """async () => (await axe.run({ runOnly: ["color-contrast"] })).violations
    .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`))"""


def look_at(page: Page) -> list[str]:
    """What axe finds: by all its rules in light, and in dark by those of colours, where nothing else can differ."""
    page.emulate_media(color_scheme="light")
    found = Axe().run(page)
    problems = [found.generate_report()] if found.violations_count else []
    page.emulate_media(color_scheme="dark")
    return problems + [f"dark {one}" for one in page.evaluate(COLOURS)]


@pytest.mark.parametrize("size", [NARROW, DESK], ids=["320", "1280"])
@pytest.mark.parametrize("locale", ["es", "qu"])
def test_nothing_is_to_be_mended(windows: Windows, cut_line: None, locale: str, size: dict[str, int]) -> None:
    page = windows.open(f"/{locale}/", size=size)
    problems: list[str] = []
    for path in EVERY_PAGE:
        page.goto(path.format(locale=locale))
        if page.evaluate(WIDER_THAN_THE_SCREEN) > 0:
            problems.append(f"{path} scrolls sideways")
        problems += [f"{path}: {one}" for one in look_at(page)]
        unnamed = page.locator("a, button, input, select, textarea").evaluate_all(UNNAMED)
        problems += [f"{path} has no name: {one}" for one in unnamed]
    assert problems == []


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_finger_hits_what_it_means(windows: Windows, cut_line: None, locale: str) -> None:
    page = windows.open(f"/{locale}/", size=PHONE)
    problems: list[str] = []
    for path in EVERY_PAGE:
        page.goto(path.format(locale=locale))
        small = page.locator(TOUCHED).evaluate_all(SMALL, LEAST_PX)
        problems += [f"{path}: {height:.0f} px {html}" for height, html in small]
    assert problems == []
