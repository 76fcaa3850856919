"""What happens elsewhere reaches the page an agent has open, whichever it is."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.functional.conftest import Windows
from tests.functional.desk.steps import answer_box, ask_for_person, close, take
from tests.functional.test_story import DNI, SignIn, answer, write

pytestmark = pytest.mark.browser


def test_the_header_counts_on_pages_that_are_not_the_queue(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("carlos")
    desk.goto("/desk/llamadas/")
    waiting, held = desk.locator("nav [data-count=queue]"), desk.locator("[data-count=mine]")
    expect(waiting).to_have_text("0")
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    expect(waiting).to_have_text("1")
    other = desk.context.new_page()
    other.goto("/desk/")
    take(other)
    expect(waiting).to_have_text("0")
    expect(held).to_have_text("1")
    close(other)
    expect(held).to_have_text("0")


def test_after_a_claim_one_writes_at_once_and_each_conversation_shows_its_key(
    windows: Windows, sign_in: SignIn
) -> None:
    desk = sign_in("carlos")
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    take(desk)
    expect(answer_box(desk)).to_be_focused()
    desk.keyboard.type("Buenos días")
    expect(desk.locator("[data-part=mine] kbd")).to_have_text("Alt+1")
    desk.goto("/desk/")
    desk.keyboard.press("Alt+1")
    expect(answer_box(desk)).to_be_focused()
    desk.keyboard.type(", Ana")
    expect(answer_box(desk)).to_have_value("Buenos días, Ana")
    close(desk)


def test_a_ficha_opened_beside_a_conversation_one_only_looks_at(windows: Windows, sign_in: SignIn) -> None:
    """No place for prepared replies there: the console stays silent."""
    desk = sign_in("carlos")
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    desk.get_by_role("link", name="Ver", exact=True).click()
    desk.locator("#ficha-q").fill("pasaporte")
    desk.locator("#hits a").first.click()
    expect(desk.locator("#ficha h2")).to_contain_text("asaporte")
    desk.get_by_role("button", name="Tomar esta conversación").click()
    desk.locator("#ficha-q").fill("pasaporte")
    desk.locator("#hits a").first.click()
    expect(desk.locator("#ficha h2")).to_contain_text("asaporte")
    desk.keyboard.press("Alt+e")
    expect(answer_box(desk)).to_have_value(re.compile("/es/tramites/migraciones-pasaporte/"))
    close(desk)


def test_the_agent_is_told_that_the_citizen_deleted_or_ended_it(
    windows: Windows, sign_in: SignIn, cut_line: None
) -> None:
    """The page that says so has a status of its own, of which a browser complains."""
    desk = sign_in("carlos")
    deleting, ending = windows.open(f"/es/chat/?codigo={DNI}"), windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(deleting)
    take(desk)
    answer(desk, "Buenos días")
    answer_box(desk).fill("le iba a decir")
    expect(deleting.locator(".line.agent")).to_have_count(1)
    deleting.get_by_text("Borrar también lo que guardó MAC").click()
    deleting.get_by_role("button", name="Sí, borrar todo").click()
    expect(desk.get_by_role("heading", name="La persona borró esta conversación")).to_be_visible()
    assert "le iba a decir" not in desk.evaluate("Object.values(localStorage).join()")
    desk.get_by_role("link", name="Volver a la mesa").click()
    ask_for_person(ending)
    take(desk)
    conversation = desk.url.rstrip("/").rpartition("/")[2]
    desk.goto("/desk/llamadas/")
    write(ending, "gracias", "Enviar")
    ending.get_by_role("button", name="Terminar la conversación").click()
    told = desk.locator("[data-part=taken-away] li", has=desk.locator(f"a[href*='{conversation}']"))
    expect(told).to_contain_text("La terminó la persona")
    told.get_by_role("link", name="Decir si se resolvió").click()
    desk.get_by_role("button", name="Sí, se resolvió").click()
    desk.wait_for_url("**/desk/")
    expect(told).to_have_count(0)


def test_a_sound_that_waits_for_a_key_says_so(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("carlos")
    desk.get_by_role("button", name="Sonido: no").click()
    expect(desk.get_by_role("button", name="Sonido: sí")).to_be_visible()
    opened = desk.context.new_page()
    opened.goto("/desk/llamadas/")
    waiting = opened.get_by_role("button", name="Sonido: pulsa una tecla")
    expect(waiting).to_have_attribute("aria-pressed", "true")
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("button", name="Sonido: sí")).to_be_visible()
    clicked = desk.context.new_page()
    clicked.goto("/desk/llamadas/")
    clicked.get_by_role("button", name="Sonido: pulsa una tecla").click()
    expect(clicked.get_by_role("button", name="Sonido: sí")).to_be_visible()


def test_what_is_drawn_anew_keeps_the_focus_and_says_an_alarm_once(windows: Windows, sign_in: SignIn) -> None:
    desk = sign_in("sonia")
    desk.goto("/desk/supervision/")
    said = desk.locator("[data-part=alarm-said]")
    citizen = windows.open(f"/es/chat/?codigo={DNI}")
    ask_for_person(citizen)
    for link in ("live-calls", "live-remarks"):
        desk.locator(f"#{link}").focus()
        with desk.expect_response("**/desk/supervision/tablero/"):
            pass
        expect(desk.locator(f"#{link}")).to_be_focused()
    assert desk.locator("#side [role=alert], #side [role=status], #live [role=alert]").count() == 0
    desk.route("**/desk/cola/**", with_an_alarm)
    expect(said).to_have_text("1 persona espera más de 3 min")
    desk.unroute("**/desk/cola/**")
    expect(said).to_be_empty()
    citizen.locator("button[value=undo_handoff]").click()
    expect(citizen.locator("[data-part=state][data-owner=assistant]")).to_be_attached()


def with_an_alarm(route: Route) -> None:
    """The lists as they are when somebody has waited for too long."""
    alarm = '<p data-part="alarm" data-alarmed="1"><strong>1</strong> persona espera más de 3 min</p>'
    answer = route.fetch()
    route.fulfill(response=answer, body=alarm + answer.text())
