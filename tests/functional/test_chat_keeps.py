"""What a citizen's chat keeps and lets go: the draft, the place in the queue, and everything when it is deleted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.functional.conftest import LAPTOP, PHONE, Windows
from tests.functional.desk.steps import ask_for_person, close, take
from tests.functional.test_story import DNI, SignIn, answer, write

pytestmark = pytest.mark.browser
TYPED = "todavía no termino de escri"


def type_in(page: Page, text: str) -> None:
    page.locator("#chat-text").press_sequentially(text)


def loaded_again(page: Page) -> None:
    page.reload()
    expect(page.locator("citizen-chat[data-ready]")).to_be_attached()


def test_what_was_typed_outlives_a_reload_and_goes_with_the_sending(windows: Windows) -> None:
    page = windows.open("/es/chat/")
    type_in(page, TYPED)
    loaded_again(page)
    expect(page.locator("#chat-text")).to_have_value(TYPED)
    page.keyboard.press("Tab")
    page.locator("#chat-text").press("Enter")
    expect(page.locator(".line.citizen[data-seq]")).to_have_count(1)
    loaded_again(page)
    expect(page.locator("#chat-text")).to_have_value("")
    type_in(page, TYPED)
    page.goto("/qu/chat/")
    expect(page.locator("#chat-text")).to_have_value(TYPED)
    assert page.evaluate("Object.values(localStorage).join()").find(TYPED) == -1


@pytest.mark.parametrize("button", ["Terminar y borrar de este equipo", "Sí, borrar todo"])
def test_what_was_typed_is_gone_with_the_conversation(windows: Windows, button: str) -> None:
    page = windows.open("/es/chat/")
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    type_in(page, TYPED)
    page.get_by_text("Borrar también lo que guardó MAC").click()
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-part=told]")).to_be_focused()
    page.wait_for_load_state()
    expect(page.locator("[data-part=told]")).to_be_in_viewport()
    expect(page.locator("#chat-text")).to_have_value("")
    assert TYPED not in page.evaluate("Object.values(sessionStorage).join()")
    loaded_again(page)
    expect(page.locator("[data-part=told]")).to_have_count(0)


def test_what_was_typed_is_gone_when_the_agent_ends_it(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("carlos")
    page = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(page)
    take(desk)
    answer(desk, "Buenos días")
    expect(page.locator(".line.agent")).to_have_count(1)
    type_in(page, TYPED)
    loaded_again(page)
    expect(page.locator("#chat-text")).to_have_value(TYPED)
    close(desk)
    expect(page.locator("[data-part=state][data-owner=closed]")).to_be_attached()
    loaded_again(page)
    expect(page.locator("#chat-text")).to_have_value("")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_panel_says_that_it_was_deleted(windows: Windows, size: dict[str, int]) -> None:
    page = windows.open(f"/es/tramites/{DNI}/", size=size)
    page.get_by_role("link", name="Pregunta en el chat").click()
    write(page, "¿cuánto cuesta?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    page.get_by_text("Borrar también lo que guardó MAC").click()
    page.get_by_role("button", name="Sí, borrar todo").click()
    expect(page.locator("dialog [data-part=told]")).to_contain_text("Se borró toda la conversación")
    expect(page.locator("dialog [data-part=told]")).to_be_focused()


def test_another_tab_lets_it_go_too(windows: Windows, cut_line: None) -> None:
    page = windows.open("/es/chat/")
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    other = page.context.new_page()
    other.goto("/es/chat/")
    other.get_by_text("Borrar también lo que guardó MAC").click()
    other.get_by_role("button", name="Sí, borrar todo").click()
    expect(other.locator("[data-part=told]")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".line.citizen")).to_have_count(0)


def test_the_place_in_the_queue_moves_while_a_phone_number_is_typed(
    windows: Windows, sign_in: SignIn
) -> None:
    desk = sign_in("carlos")
    first, second = windows.open(f"/es/chat/?codigo={DNI}"), windows.open(f"/es/chat/?codigo={DNI}")
    for citizen in (first, second):
        ask_for_person(citizen)
    standing = second.locator("[data-part=standing]")
    expect(standing).to_contain_text("Tu lugar en la cola: 2")
    second.get_by_text("Si no puedes esperar aquí").click()
    second.get_by_label("Tu teléfono o tu correo").press_sequentially("9876")
    take(desk)
    expect(standing).to_contain_text(re.compile(r"Tu lugar en la cola: 1|a una persona"), timeout=20_000)
    expect(standing).to_contain_text("Tu lugar en la cola: 1", timeout=20_000)
    expect(second.get_by_label("Tu teléfono o tu correo")).to_have_value("9876")
    expect(second.get_by_label("Tu teléfono o tu correo")).to_be_focused()
    for _each in (1, 2):
        close(desk)
        if _each == 1:
            take(desk)


def test_what_waited_to_be_sent_begins_another_conversation(windows: Windows, cut_line: None) -> None:
    page = windows.open("/es/chat/")
    write(page, "¿qué necesito?", "Enviar")
    expect(page.locator(".line.assistant")).to_have_count(2)
    write(page, "gracias", "Enviar")
    expect(page.locator(".line.citizen[data-seq]")).to_have_count(2)
    page.context.set_offline(True)
    write(page, "¿cuánto cuesta el pasaporte?", "Enviar")
    expect(page.locator("[data-part=lost]")).not_to_be_empty()
    page.context.clear_cookies(name="mac_chat")
    page.context.set_offline(False)
    expect(page.locator(".line.citizen[data-seq]")).to_have_text([re.compile("pasaporte")])
    expect(page.locator(".line.assistant").last).to_be_visible()
    expect(page.locator(".line.unsent")).to_have_count(0)


def test_a_page_instead_of_a_refusal_is_not_read_out(windows: Windows, cut_line: None) -> None:
    page = windows.open("/es/chat/")
    page.context.clear_cookies(name="csrftoken")
    write(page, "¿qué necesito?", "Enviar")
    problem = page.locator("[data-part=problem]")
    expect(problem).to_contain_text("carga la página otra vez")
    assert "<" not in problem.inner_text()
    expect(page.locator("#chat-text")).to_have_value("¿qué necesito?")


def test_a_choice_tapped_twice_is_made_once(windows: Windows, sign_in: SignIn) -> None:
    sign_in("carlos")
    page = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(page)
    before = page.locator(".line.citizen[data-seq]").count()
    page.locator("button[value=undo_handoff]").dblclick()
    expect(page.locator(".line.assistant").last).to_contain_text("quité tu pedido")
    expect(page.locator(".line.unsent")).to_have_count(0)
    assert page.locator(".line.citizen[data-seq]").count() == before + 1
