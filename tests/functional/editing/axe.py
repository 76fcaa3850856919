"""axe-core on the screens of the admin."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Messages begin a moment after the page and fade in.
STILL = """() => {
  const seen = (element) => !element || (getComputedStyle(element).opacity === "1" && seen(element.parentElement));
  const moving = document.getAnimations().some((animation) => animation.playState === "running");
  return !moving && [...document.querySelectorAll(".messages li")].every(seen);
}"""


def check(page: Page) -> None:
    """Raises with what axe found. Half seen, the contrast of a message is nobody's fault."""
    page.wait_for_load_state()
    page.wait_for_function(STILL)
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
