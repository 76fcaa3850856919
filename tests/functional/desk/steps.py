"""What an agent and a citizen do in front of their screens. The tests of the desk and the pictures of its guide take the same steps."""

import subprocess
import sys
from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.functional import moments
from tests.functional.conftest import ROOT, Site
from tests.functional.test_story import DNI, write

PASSWORD = "una clave de prueba"
SIGNS = "[data-part=signs]"


def lines(page: Page) -> list[str]:
    """What was said, in the order it is shown; the same in the chat and at the desk."""
    said = page.locator("#lines > li.line .said, .line.citizen .text, .line.agent .text")
    return [" ".join(text.split()) for text in said.all_inner_texts()]


def texts_of(page: Page, sender: str) -> list[str]:
    """The lines of `sender` as they are numbered: (number, words) without what stands around them."""
    found: list[str] = page.locator(f".line.{sender}[data-seq]").evaluate_all(
        "lines => lines.map((line) => line.dataset.seq)"
    )
    return found


def ask_for_person(citizen: Page, question: str = "¿cuánto cuesta?") -> None:
    write(citizen, question, "Enviar")
    expect(citizen.locator(f".line.assistant a[href*='{DNI}']").first).to_be_visible()
    write(citizen, "quiero hablar con una persona", "Enviar")
    expect(citizen.locator("[data-part=state][data-owner=queue]")).to_be_attached()


def take(desk: Page) -> None:
    """The one that waits, with the keyboard."""
    expect(desk.locator("[data-part=queue] button").first).to_be_visible()
    desk.keyboard.press("Alt+n")
    desk.keyboard.press("Enter")
    _listens(desk)


def _listens(desk: Page) -> None:
    """The conversation is open and its keys are heard: a link that was clicked may still be on its way."""
    expect(answer_box(desk)).to_be_visible()
    desk.wait_for_load_state()


def answer_box(desk: Page) -> Locator:
    return desk.locator("#answer-text")


def until_typing_is_seen(citizen: Page, desk: Page) -> None:
    """The sign expires after some seconds, which a busy machine may need to look: who types on renews it."""
    moments.keep(desk, SIGNS)
    for patience in (5_000, 10_000, 20_000):
        citizen.locator("textarea[name=text]").press_sequentially("ya v")
        with suppress(TimeoutError):
            moments.until_seen(desk, SIGNS, "La persona está escribiendo", timeout=patience)
            return
    raise AssertionError("nobody at the desk was shown that the citizen writes")


def later(site: Site, seconds: int) -> None:
    """So much later, beat looks for absent agents."""
    command = (sys.executable, "-m", "tests.functional.desk.later", str(seconds))
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)


def close(desk: Page) -> None:
    _listens(desk)
    desk.keyboard.press("Alt+t")
    desk.get_by_label("Sí", exact=True).check()
    desk.get_by_role("button", name="Cerrar la conversación").click()
    desk.wait_for_url("**/desk/")
