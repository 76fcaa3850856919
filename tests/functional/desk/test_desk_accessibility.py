"""axe-core finds nothing to mend on any screen of the desk, in light and dark, small and large; and none is wider than the window."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import LAPTOP, PHONE, Site, Windows
from tests.functional.desk.steps import answer_box, ask_for_person, close, later, take
from tests.functional.test_accessibility import check
from tests.functional.test_story import DNI, SignIn, write

pytestmark = pytest.mark.browser
Open = Callable[[Page], None]


def fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px too wide"


def mend_nothing(page: Page) -> None:
    check(page)
    fits(page)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_an_agents_screens(windows: Windows, sign_in: SignIn, size: dict[str, int]) -> None:
    mend_nothing(windows.open("/desk/entrar/", size=size))
    desk = sign_in("quilla", size=size)
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    expect(desk.locator("[data-part=queue] button")).to_be_visible()
    mend_nothing(desk)
    take(desk)
    desk.locator("#ficha-q").fill("pasaporte")
    expect(desk.locator("#hits a").first).to_be_visible()
    for key in ("t", "a", "l"):
        desk.keyboard.press(f"Alt+{key}")
        mend_nothing(desk)
    desk.keyboard.press("Escape")
    expect(answer_box(desk)).to_be_focused()
    desk.get_by_role("button", name="Atajos").click()
    mend_nothing(desk)
    desk.keyboard.press("Escape")
    for path in ("llamadas/", "quechua/", "quechua/?de=fichas"):
        desk.goto(f"/desk/{path}")
        mend_nothing(desk)
    desk.locator("[data-part=mine] a").click()
    close(desk)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_leaving_losing_and_calling_with_the_keyboard_alone(
    windows: Windows, sign_in: SignIn, site: Site, size: dict[str, int], cut_line: None
) -> None:
    """The last agent leaves while somebody waits; what was not sent is found again; a call is made."""
    desk = sign_in("quilla", size=size)
    citizen, second = windows.open(f"/es/chat/?codigo={DNI}"), windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    take(desk)
    held = desk.url
    answer_box(desk).fill("lo que no se envió")
    ask_for_person(second)
    desk.get_by_role("button", name="Pausa").press("Enter")
    expect(desk.get_by_role("heading", name="Tomar una pausa")).to_be_visible()
    mend_nothing(desk)
    desk.get_by_role("link", name="Seguir disponible").press("Enter")
    expect(desk.locator("h1", has_text="Tomar una pausa")).to_have_count(0)
    desk.get_by_role("button", name="Salir").press("Enter")
    expect(desk.get_by_role("heading", name="Salir de la mesa")).to_be_visible()
    mend_nothing(desk)
    desk.get_by_role("link", name="Volver a la mesa").press("Enter")
    expect(desk.get_by_role("heading", name="Salir de la mesa")).to_have_count(0)
    desk.goto(held)
    desk.context.set_offline(True)
    later(site, 70)
    desk.context.set_offline(False)
    # With the line back the page looks by itself, and opens again as what it now is.
    expect(desk.get_by_label("Lo que escribías y no se envió")).to_have_value("lo que no se envió")
    mend_nothing(desk)
    desk.get_by_role("button", name="Copiar").press("Enter")
    desk.get_by_role("button", name="Descartar").press("Enter")
    expect(desk.locator("[data-part=unsent]")).to_be_hidden()
    for page in (citizen, second):
        write(page, "987 654 321", "Enviar")
        expect(page.locator("[data-part=unsent] li")).to_have_count(0)
    desk.get_by_role("button", name="Fin de turno").press("Enter")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Terminar el turno igual").press("Enter")
    later(site, 400)
    desk.goto("/desk/llamadas/")
    mend_nothing(desk)
    desk.get_by_role("button", name="Ver completo").first.press("Enter")
    expect(desk.locator("a.contact, .contact a").first).to_have_text("987654321")
    mend_nothing(desk)
    while (pending := desk.get_by_label("Qué se hizo")).count():
        pending.first.fill("se le explicó")
        with desk.expect_navigation():
            pending.first.press("Enter")
    expect(desk.get_by_text("No hay nadie por llamar.")).to_be_visible()
    desk.get_by_role("button", name="Volver").press("Enter")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_quechua_is_signed_with_the_keyboard_alone(
    windows: Windows, sign_in: SignIn, size: dict[str, int], cut_line: None
) -> None:
    """What is refused is refused with its status too, of which a browser complains."""
    desk = sign_in("quilla", size=size)
    desk.goto("/desk/quechua/")
    first = desk.locator("p[lang=es]").first.inner_text()
    desk.get_by_role("button", name="Firmar", exact=True).press("Enter")
    expect(desk.locator("p[lang=es]").first).not_to_have_text(first)
    expect(desk.get_by_text("Frases firmadas")).to_be_visible()
    desk.get_by_label("En quechua").fill("")
    desk.get_by_role("button", name="Firmar", exact=True).press("Enter")
    expect(desk.get_by_role("alert")).to_be_visible()
    mend_nothing(desk)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_what_an_agent_can_do_is_said_with_the_keyboard_alone(
    windows: Windows, sign_in: SignIn, size: dict[str, int]
) -> None:
    desk = sign_in("sonia", size=size)
    desk.goto("/desk/supervision/agentes/")
    mend_nothing(desk)
    desk.get_by_role("link", name="Cambiar lo de Carlos").press("Enter")
    known = desk.get_by_label("RENIEC", exact=True)
    known.press("Space")
    mend_nothing(desk)
    desk.get_by_label("Conversaciones a la vez").press("Enter")
    expect(desk.get_by_text("Guardado: Carlos.")).to_be_visible()
    expect(desk.get_by_role("row", name="Carlos")).to_contain_text("RENIEC")
    desk.get_by_role("link", name="Cambiar lo de Carlos").press("Enter")
    known.press("Space")
    desk.get_by_role("button", name="Guardar").press("Enter")
    expect(desk.get_by_role("row", name="Carlos")).to_contain_text("todas")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_supervisors_screens(
    windows: Windows, sign_in: SignIn, size: dict[str, int], cut_line: None
) -> None:
    agent, desk = sign_in("carlos"), sign_in("sonia", size=size)
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    take(agent)
    conversation = agent.url.rstrip("/").rpartition("/")[2]
    desk.goto("/desk/supervision/")
    expect(desk.locator("#live a", has_text="Abrir").first).to_be_visible()
    mend_nothing(desk)
    desk.goto("/desk/supervision/conversaciones/?text=persona")
    mend_nothing(desk)
    # A page that is closed to who asks says so with its status too, of which a browser complains.
    desk.locator(f"main a[href*='{conversation}']", has_text="Leer").click()
    expect(desk.get_by_label("¿Para qué necesitas leerla?")).to_be_visible()
    mend_nothing(desk)
    desk.get_by_label("¿Para qué necesitas leerla?").fill("reclamo del ciudadano")
    desk.get_by_role("button", name="Leer").click()
    expect(desk.locator("#lines > li").first).to_be_attached()
    mend_nothing(desk)
    close(agent)
