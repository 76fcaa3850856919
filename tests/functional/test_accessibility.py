"""axe-core finds nothing to mend on the chat, in light and dark, small and large."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.functional.conftest import LAPTOP, PHONE, Windows
from tests.functional.test_story import DNI, WORDS, SignIn, claim, close, write

pytestmark = pytest.mark.browser


def check(page: Page) -> None:
    """Raises with what axe found, in both colour schemes. A page that a click led to may still be on its way."""
    page.wait_for_load_state()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url} {scheme}\n{results.generate_report()}"


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize(
    ("locale", "agent", "language"), [("es", "carlos", "castellano"), ("qu", "quilla", "quechua")]
)
def test_the_chat_at_every_stage(
    windows: Windows, sign_in: SignIn, locale: str, agent: str, language: str, size: dict[str, int]
) -> None:
    words = WORDS[locale]
    desk = sign_in(agent)
    page = windows.open(f"/{locale}/chat/?codigo={DNI}", size=size)
    check(page)
    write(page, words["first"], words["send"])
    expect(page.locator(".line.assistant")).to_have_count(2)
    check(page)
    page.locator("#chat-text").fill("  ")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-problem")).not_to_be_empty()
    check(page)
    write(page, words["person"], words["send"])
    expect(page.locator("[data-part=state][data-owner=queue]")).to_be_attached()
    check(page)
    claim(desk, language)
    expect(page.locator("[data-part=state][data-owner=agent]")).to_be_attached()
    check(page)
    close(desk)
    expect(page.locator("[data-part=state][data-owner=closed]")).to_be_attached()
    check(page)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_panel(windows: Windows, size: dict[str, int]) -> None:
    page = windows.open(f"/es/tramites/{DNI}/", size=size)
    check(page)
    page.get_by_role("link", name="Pregunta en el chat").click()
    expect(page.locator("dialog .line")).to_have_count(1)
    expect(page.locator("#chat-text")).to_be_focused()
    check(page)
