"""The whole story, in both languages: a ficha is read, a question asked, a person found."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Windows

pytestmark = pytest.mark.browser
DNI = "reniec-dni-duplicado"
SignIn = Callable[..., Page]

WORDS = {
    "es": {
        "ask": "Pregunta por este trámite",
        "first": "¿qué necesito?",
        "second": "¿y cuánto cuesta?",
        "person": "quiero hablar con una persona",
        "attended": "Te atiende una persona de Aló MAC",
        "look": "Ver si hay respuesta",
        "send": "Enviar",
    },
    "qu": {
        "ask": "Kay mañakuymanta tapukuy",
        "first": "¿imakunatam necesitani?",
        "second": "¿haykataq chanin?",
        "person": "runawanmi rimayta munani",
        "attended": "Aló MACpi huk runam yanapachkasunki",
        "look": "Kutichiy kasqanta qaway",
        "send": "Apachiy",
    },
}


def write(page: Page, text: str, send: str) -> None:
    page.locator("#chat-text").fill(text)
    page.get_by_role("button", name=send, exact=True).click()


def answer(desk: Page, text: str) -> None:
    """Sent with the keyboard, and taken: what is typed before that would go with it."""
    desk.locator("#answer-text").fill(text)
    send_answer(desk)


def send_answer(desk: Page) -> None:
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#answer-text")).to_have_value("")


def claim(desk: Page, name: str) -> None:
    """Takes the one conversation of this language that waits, with the keyboard."""
    expect(desk.locator("[data-part=queue] button").first).to_be_visible()
    desk.keyboard.press("Alt+n")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label(f"Tu respuesta, en {name}")).to_be_visible()
    desk.wait_for_load_state()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(
    ("locale", "agent", "language"), [("es", "carlos", "castellano"), ("qu", "quilla", "quechua")]
)
def test_from_reading_to_a_person(
    windows: Windows, sign_in: SignIn, locale: str, agent: str, language: str, script: bool
) -> None:
    words = WORDS[locale]
    desk = sign_in(agent)
    citizen = windows.open(f"/{locale}/tramites/{DNI}/", script=script)
    citizen.locator(f"main a[href^='/{locale}/chat/']").first.click()

    write(citizen, words["first"], words["send"])
    expect(citizen.locator(f".line.assistant a[href$='{DNI}/#requisitos']")).to_be_visible()
    write(citizen, words["second"], words["send"])
    expect(citizen.locator(f".line.assistant a[href$='{DNI}/#costo']")).to_be_visible()
    expect(citizen.locator(".line.assistant").last).to_contain_text("S/")

    write(citizen, words["person"], words["send"])
    expect(citizen.locator("[data-part=state][data-owner=queue]")).to_be_attached()
    expect(citizen.locator(".line.citizen")).to_have_count(3)

    claim(desk, language)
    expect(desk.locator("#lines")).to_contain_text(words["second"])
    expect(desk.locator("#ficha h2")).to_contain_text("DNI")
    answer(desk, "Buenas, soy una persona")
    expect(desk.locator("#lines .agent")).to_have_count(1)

    if not script:
        citizen.get_by_role("link", name=words["look"]).click()
    expect(citizen.locator(".line.agent")).to_contain_text("Buenas, soy una persona")
    expect(citizen.locator("[data-part=state]")).to_contain_text(words["attended"])

    write(citizen, "añay <b>gracias</b>", words["send"])
    expect(desk.locator("#lines .citizen").last).to_contain_text("añay <b>gracias</b>")
    expect(desk.locator("#lines b")).to_have_count(0)

    close(desk)
    if not script:
        citizen.get_by_role("link", name=words["look"]).click()
    expect(citizen.locator("[data-part=state][data-owner=closed]")).to_be_attached()
    citizen.locator("input[name=score][value='5']").check()
    citizen.locator(".stars ~ .row button").click()
    expect(citizen.locator("input[name=score]")).to_have_count(0)


def close(desk: Page) -> None:
    # A link that was clicked may still be on its way: keys are heard once the page is whole.
    expect(desk.locator("#answer-text")).to_be_visible()
    desk.wait_for_load_state()
    desk.keyboard.press("Alt+t")
    desk.get_by_label("Sí", exact=True).check()
    desk.get_by_role("button", name="Cerrar la conversación").click()
    expect(desk).to_have_url(re.compile(r"/desk/$"))


def test_an_aspect_is_inserted_with_one_key_and_quotes_its_version(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("quilla")
    citizen = windows.open(f"/qu/chat/?codigo={DNI}")
    write(citizen, WORDS["qu"]["person"], "Apachiy")
    claim(desk, "quechua")
    desk.locator("#answer-text").fill("Kayqaya:")
    desk.keyboard.press("Alt+i")
    expect(desk.locator("#answer-text")).to_have_value(re.compile(r"^Kayqaya:\n\n[\s\S]+versión 1: http"))
    desk.keyboard.press("Alt+b")
    desk.keyboard.type("pasaporte", delay=20)
    desk.locator("#hits a", has_text="Pasaporte").first.click()
    expect(desk.locator("#ficha h2")).to_contain_text("Pasaporte")
    close(desk)


def test_what_was_being_written_is_there_to_copy_when_a_supervisor_takes_over(
    windows: Windows, sign_in: SignIn
) -> None:
    desk = sign_in("carlos")
    write(windows.open("/es/chat/"), "quiero una persona", "Enviar")
    claim(desk, "castellano")
    desk.locator("#answer-text").fill("lo que no llegué a enviar")
    supervisor = sign_in("sonia")
    supervisor.goto(desk.url)
    supervisor.locator("#give-why").fill("es pariente tuyo")
    supervisor.get_by_role("button", name="Pasar", exact=True).click()
    expect(desk.locator("#unsent-text")).to_have_value("lo que no llegué a enviar")
    expect(desk.get_by_text("«es pariente tuyo»")).to_be_visible()
    desk.get_by_role("button", name="Descartar").click()
    expect(desk.locator("#unsent-text")).to_be_hidden()
    close(supervisor)
    # The refusals themselves are pages with the status 403, which a console tells of.
    windows.complaints[:] = [each for each in windows.complaints if "403" not in each]


def test_a_draft_outlives_the_page_and_not_the_shift(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("carlos")
    citizen = windows.open("/es/chat/")
    write(citizen, "quiero una persona", "Enviar")
    claim(desk, "castellano")
    desk.locator("#answer-text").fill("lo que casi se pierde")
    desk.reload()
    expect(desk.locator("#answer-text")).to_have_value("lo que casi se pierde")
    with desk.expect_response("**/desk/presencia/"):
        desk.get_by_role("button", name="Salir").click()
    expect(desk.get_by_text("Tienes una conversación abierta")).to_be_visible()
    assert "lo que casi se pierde" in desk.evaluate("Object.values(localStorage).join()"), "only asked so far"
    desk.get_by_role("button", name="Salir igual").click()
    expect(desk.get_by_label("Cuenta")).to_be_visible()
    assert desk.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mac-draft'))") == []
    expect(citizen.locator("[data-part=state][data-owner=queue]")).to_be_attached()
    citizen.locator("button[value=undo_handoff]").click()
    expect(citizen.locator("[data-part=state][data-owner=assistant]")).to_be_attached()
