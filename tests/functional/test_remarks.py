"""A reclamo in front of two screens: the citizen's, with and without script, and the agent's."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import LAPTOP, PHONE, Windows
from tests.functional.test_accessibility import check

pytestmark = pytest.mark.browser
SignIn = Callable[..., Page]
NUMBER = re.compile(r"(?:REC|FEL|SUG)-\d{4}-\d{6}")
MAIL = "ana@example.pe"
WORDS = {
    "es": {"kind": "Reclamo", "send": "Enviar mi reclamo", "look": "Ver cómo va", "gone": "Sí, borrar todo"},
    "qu": {
        "kind": "Reclamo",
        "send": "Reclamoyta apachiy",
        "look": "Imayna kasqanta qaway",
        "gone": "Arí, tukuyta pichay",
    },
}


def look_at(page: Page) -> None:
    """Nothing for axe to mend in light and dark, and nothing beside the screen."""
    check(page)
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, page.url


def write(page: Page, locale: str, text: str) -> str:
    """Fills in the form that is open with the keyboard alone; the number it was given."""
    page.locator("#id_text").focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Ana Quispe")
    page.keyboard.press("Tab")
    page.keyboard.type(MAIL)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{locale}/reclamos/mio/")
    found = NUMBER.fullmatch(page.locator(".figure").inner_text())
    assert found
    return found.group()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("locale", ["es", "qu"])
def test_written_looked_up_and_deleted_with_the_keyboard(windows: Windows, locale: str, script: bool) -> None:
    words = WORDS[locale]
    page = windows.open(f"/{locale}/", script=script)
    page.locator(f"footer a[href='/{locale}/reclamos/']").press("Enter")
    page.wait_for_url(f"**/{locale}/reclamos/")
    page.get_by_role("link", name=words["kind"], exact=True).press("Enter")
    page.wait_for_url(f"**/{locale}/reclamos/reclamo/")
    number = write(page, locale, "Esperé tres horas.")
    other = windows.open(f"/{locale}/reclamos/estado/", script=script)
    other.locator("#look-number").fill(number.lower())
    other.locator("#look-contact").fill(MAIL)
    other.get_by_role("button", name=words["look"]).press("Enter")
    expect(other.get_by_text(number)).to_be_visible()
    expect(other.get_by_text("Esperé tres horas.")).to_be_visible()
    other.locator("summary", has_text=re.compile("Borrar lo que|Qillqasqayta")).press("Enter")
    other.get_by_role("button", name=words["gone"]).press("Enter")
    expect(other.get_by_role("status")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_citizens_pages(windows: Windows, locale: str, size: dict[str, int], cut_line: None) -> None:
    """What is refused is refused with its status too, of which a browser complains."""
    page = windows.open(f"/{locale}/reclamos/", size=size)
    look_at(page)
    for kind in ("felicitacion", "sugerencia", "reclamo"):
        page.goto(f"/{locale}/reclamos/{kind}/")
        look_at(page)
    page.locator("form button.button").last.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[aria-invalid=true]")).to_have_count(3)
    look_at(page)
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.locator("#id_text")).to_be_focused()
    write(page, locale, "Esperé tres horas.")
    look_at(page)
    page.goto(f"/{locale}/reclamos/estado/")
    look_at(page)
    page.locator("#look-number").fill("REC-2026-999999")
    page.locator("#look-contact").fill("987654321")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    look_at(page)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_an_agent_answers_what_a_citizen_then_reads(
    windows: Windows, sign_in: SignIn, size: dict[str, int]
) -> None:
    citizen = windows.open("/es/reclamos/reclamo/?sobre=chat")
    number = write(citizen, "es", "Nadie me respondió en el chat.")
    desk = sign_in("carlos", size=size)
    desk.goto("/desk/reclamos/")
    check(desk)
    desk.get_by_role("link", name=number).press("Enter")
    check(desk)
    desk.get_by_role("button", name="Tomar", exact=True).press("Enter")
    box = desk.get_by_label("Tu respuesta")
    box.fill("Lo sentimos, se cayó la línea.")
    # The browser is closed by mistake: what was typed is there again, and after it was kept it is there elsewhere too.
    desk.reload()
    expect(box).to_have_value("Lo sentimos, se cayó la línea.")
    desk.get_by_role("button", name="Guardar sin enviar").press("Enter")
    desk.wait_for_load_state()
    expect(box).to_have_value("Lo sentimos, se cayó la línea.")
    check(desk)
    box.fill("Lo sentimos, se cayó la línea. Ya la arreglamos.")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Enviar la respuesta").press("Enter")
    expect(desk.get_by_role("heading", name="Respuesta")).to_be_visible()
    check(desk)
    kept = desk.evaluate("() => Object.keys(localStorage).filter((key) => key.includes('reclamo:'))")
    assert kept == []
    citizen.reload()
    expect(citizen.get_by_text("Ya la arreglamos.")).to_be_visible()
    look_at(citizen)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_one_is_written_down_for_somebody_on_the_phone(
    windows: Windows, sign_in: SignIn, size: dict[str, int], cut_line: None
) -> None:
    desk = sign_in("carlos", size=size)
    desk.goto("/desk/reclamos/")
    desk.get_by_role("link", name="Anotar uno para una persona").press("Enter")
    check(desk)
    desk.get_by_role("button", name="Guardar y dar el número").press("Enter")
    expect(desk.get_by_role("alert")).to_be_visible()
    check(desk)
    desk.get_by_label("Qué es").select_option("sugerencia")
    desk.get_by_label("Lo que dice la persona").fill("Que haya más sillas.")
    desk.get_by_role("button", name="Guardar y dar el número").press("Enter")
    expect(desk.get_by_role("status").filter(has_text=NUMBER)).to_be_visible()
    check(desk)
