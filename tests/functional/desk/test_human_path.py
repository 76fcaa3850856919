"""A citizen and an agent in two browsers, and the line cut for a minute on either side: nothing is lost or doubled."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import Site, Windows
from tests.functional.desk.steps import (
    answer_box,
    ask_for_person,
    close,
    later,
    take,
    texts_of,
    until_typing_is_seen,
)
from tests.functional.test_story import DNI, SignIn, answer, send_answer, write

pytestmark = pytest.mark.browser


def same_on_both(citizen: Page, desk: Page) -> None:
    """Both have the same lines of both people, once, in order."""
    for sender in ("citizen", "agent"):
        numbers = texts_of(citizen, sender)
        assert numbers == sorted(set(numbers), key=int), sender
        assert numbers == texts_of(desk, sender), sender


def test_a_minute_without_a_line_on_either_side(
    windows: Windows, sign_in: SignIn, site: Site, cut_line: None
) -> None:
    desk = sign_in("carlos")
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    expect(desk).to_have_title(re.compile(r"^\(1 en cola\)"))
    take(desk)
    answer(desk, "Buenos días")
    expect(citizen.locator(".line.agent")).to_contain_text("Buenos días")
    expect(desk.locator("[data-part=signs]")).to_contain_text("Leyó tu última respuesta")
    until_typing_is_seen(citizen, desk)
    citizen.locator("textarea[name=text]").fill("")

    citizen.context.set_offline(True)
    for text in ("mientras no estabas", "y otra vez"):
        answer(desk, text)
        expect(desk.locator("#lines .agent").last).to_contain_text(text)
    write(citizen, "¿me escuchas?", "Enviar")
    expect(citizen.locator("[data-part=lost]")).not_to_be_empty()
    citizen.context.set_offline(False)
    expect(citizen.locator(".line.agent")).to_have_count(3)
    expect(desk.locator("#lines .citizen", has_text="¿me escuchas?")).to_have_count(1)
    expect(citizen.locator("[data-part=lost]")).to_be_empty()

    answer_box(desk).fill("lo que casi se pierde")
    desk.context.set_offline(True)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-part=problem]")).to_contain_text("Tu texto sigue aquí")
    write(citizen, "sigo aquí", "Enviar")
    later(site, 61)
    expect(citizen.locator("[data-part=state][data-owner=queue]")).to_be_attached()
    expect(desk.locator("[data-part=lost]")).to_contain_text("Sin conexión")
    desk.context.set_offline(False)
    expect(desk.get_by_role("button", name="Tomar esta conversación")).to_be_visible()
    desk.get_by_role("button", name="Tomar esta conversación").click()
    expect(answer_box(desk)).to_have_value("lo que casi se pierde")
    desk.keyboard.press("Alt+r")
    desk.keyboard.press("Control+Enter")
    expect(citizen.locator(".line.agent", has_text="lo que casi se pierde")).to_have_count(1)
    expect(desk.locator("#lines .agent", has_text="lo que casi se pierde")).to_have_count(1)
    same_on_both(citizen, desk)
    close(desk)
    expect(citizen.locator("[data-part=state][data-owner=closed]")).to_be_attached()


def test_everything_is_at_hand_with_the_keyboard(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("carlos")
    desk.get_by_role("button", name="Sonido: no").click()
    expect(desk.get_by_role("button", name="Sonido: sí")).to_have_attribute("aria-pressed", "true")
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    expect(desk.locator("html")).to_have_attribute("data-last-beep", "2")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Atajos del teclado")).to_be_visible()
    desk.keyboard.press("Escape")
    take(desk)
    expect(desk.get_by_role("button", name="Sonido: sí")).to_be_visible()
    for key, said in (("s", "Aló MAC. ¿En qué te ayudo?"), ("q", "versión 1"), ("e", f"/es/tramites/{DNI}/")):
        desk.keyboard.press(f"Alt+{key}")
        expect(answer_box(desk)).to_have_value(re.compile(re.escape(said)))
    desk.keyboard.press("Alt+h")
    expect(desk.locator("[data-part=problem]")).to_contain_text("no se sabe aquí")
    send_answer(desk)
    expect(citizen.locator(".line.agent")).to_contain_text("Ficha «")
    desk.keyboard.press("Alt+a")
    desk.get_by_role("button", name="Un momento").click()
    expect(answer_box(desk)).to_have_value(re.compile("^Un momento, por favor"))
    desk.keyboard.press("Alt+o")
    desk.keyboard.type("habla bajito")
    desk.keyboard.press("Enter")
    expect(desk.locator(".notes li")).to_contain_text("habla bajito")
    expect(answer_box(desk)).to_have_value(re.compile("^Un momento, por favor"))
    write(citizen, "gracias", "Enviar")
    expect(desk.locator("[data-part=mine] .unread")).to_contain_text("1")
    expect(desk).to_have_title(re.compile(r"^\(1 sin responder\)"))
    desk.keyboard.press("Alt+l")
    expect(desk.get_by_label("Trámite (empieza a escribir y elige)")).to_have_value(re.compile("RENIEC$"))
    desk.get_by_label("Sí, se resolvió").press("Space")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    close(desk)
    desk.get_by_role("button", name="Sonido: sí").click()
