"""An editor's whole hour: a messy sheet, a row to correct, somebody else's approval, its minute, and back again."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from cms.directory.hours import LIMA
from tests.functional.conftest import LAPTOP, PHONE, ROOT, Site, Windows
from tests.functional.editing import steps
from tests.functional.editing.axe import check
from tests.functional.editing.everywhere import Everywhere
from tests.functional.editing.sheets import (
    CERTIFICATE,
    DUPLICATE,
    NEW_FEE,
    OLD_FEE,
    RENEWAL,
    RESULT,
    RESULT_QU,
    TERM,
)
from tests.unit.stack.real_system import until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
WAIT = timedelta(minutes=40)
SOON_SECONDS = 30


def test_from_the_sheet_to_every_channel_and_back(windows: Windows, site: Site) -> None:
    everywhere = Everywhere(site.url)
    editor, reviewer = windows.open("/admin/login/", size=LAPTOP), windows.open("/admin/login/", size=LAPTOP)
    address = prepares(editor)
    shown = steps.report_of(editor)
    tells(everywhere, OLD_FEE, not_=NEW_FEE)

    steps.sign_in(reviewer, "revisora")
    reviewer.goto(address)
    assert steps.report_of(reviewer) == shown
    check(reviewer)
    approves_without_a_mouse(reviewer)
    expect(reviewer.locator(".paquete-state")).to_have_text("aprobado, espera su fecha")
    check(reviewer)
    tells(everywhere, OLD_FEE, not_=NEW_FEE)
    assert all(finds(everywhere))

    the_minute_comes(site)
    tells(everywhere, NEW_FEE, not_=OLD_FEE)
    assert TERM in everywhere.told()["page es"]
    in_quechua = everywhere.told(DUPLICATE)["page qu"]
    assert RESULT in in_quechua
    assert RESULT_QU not in in_quechua
    # Each process of the web brings its index up by itself; how soon is measured where nothing else runs.
    until(lambda: not any(finds(everywhere)), within_seconds=SOON_SECONDS)
    assert RENEWAL in everywhere.found("renovar DNI", "es")
    reads_what_happened(reviewer)

    steps.undo(reviewer, "Fe de erratas publicada el mismo día.")
    expect(steps.said(reviewer)).to_contain_text("cada ficha volvió a lo que decía antes")
    check(reviewer)
    tells(everywhere, OLD_FEE, not_=NEW_FEE)
    assert RESULT_QU in everywhere.told(DUPLICATE)["page qu"]
    until(lambda: all(finds(everywhere)), within_seconds=SOON_SECONDS)
    undone, changed, _ = everywhere.notes()
    assert changed == steps.NOTE
    assert "Fe de erratas publicada el mismo día." in undone


def prepares(editor: Page) -> str:
    """The address of the package, sent for approval."""
    steps.sign_in(editor, "editora")
    steps.open_new_package(editor)
    steps.fill_head(editor)
    steps.put_date(editor, datetime.now(LIMA) + WAIT)
    steps.put_files(editor, "1.234")
    check(editor)
    steps.create(editor)
    steps.tell_columns(editor)
    check(editor)
    steps.read_so(editor)
    problem = editor.locator(".paquete-problems .paquete-check--error")
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text("fila 5, columna «Derecho de tramitación S/»")
    expect(editor.get_by_role("button", name="Enviar para aprobación")).to_be_disabled()
    check(editor)

    # The columns were said once: the corrected sheet is read without a question.
    steps.upload_again(editor, f"S/. {NEW_FEE.replace('.', ',')}")
    expect(editor.locator(".paquete-problems .paquete-check--error")).to_have_count(0)
    fee = editor.locator(".paquete-field", has_text="Pago por derecho de tramitación").first
    expect(fee.locator("del")).to_contain_text(OLD_FEE)
    expect(fee.locator("ins")).to_contain_text(NEW_FEE)
    steps.accept_warnings(editor)
    check(editor)
    steps.submit(editor)
    expect(editor.locator(".paquete-state")).to_have_text("espera aprobación")
    expect(editor.get_by_role("button", name="Aprobar")).to_have_count(0)
    check(editor)
    return editor.url


def approves_without_a_mouse(reviewer: Page) -> None:
    button = reviewer.get_by_role("button", name="Aprobar: entra en vigor")
    steps.tab_to(reviewer, button)
    reviewer.keyboard.press("Enter")
    expect(steps.said(reviewer)).to_contain_text("Entrará en vigor en su fecha y hora")


def the_minute_comes(site: Site) -> None:
    ahead = str((WAIT + timedelta(minutes=1)).total_seconds())
    command = (sys.executable, "-m", "tests.functional.editing.worker", ahead)
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)


def reads_what_happened(reviewer: Page) -> None:
    """The package in force, on a telephone too, and its acta."""
    reviewer.reload()
    expect(reviewer.locator(".paquete-state")).to_have_text("en vigor")
    expect(reviewer.get_by_role("heading", name="Dónde se lee ya")).to_be_visible()
    expect(reviewer.locator(".paquete-follower--hecho").first).to_be_visible()
    for size in (PHONE, LAPTOP):
        reviewer.set_viewport_size(size)  # type: ignore[arg-type]
        check(reviewer)
    reviewer.get_by_role("link", name="Acta: entrada en vigor").click()
    acta = reviewer.locator("body")
    for told in (steps.NORM, "editora", "revisora", OLD_FEE, NEW_FEE, "RJ-120-2026.pdf", "Lo aprobó"):
        expect(acta).to_contain_text(told)
    check(reviewer)
    reviewer.go_back()


def finds(everywhere: Everywhere) -> list[bool]:
    """Whether a search finds the ficha that is taken away, in either language."""
    queries = (("es", "acta de nacimiento"), ("qu", "nacimiento acta"))
    return [CERTIFICATE in everywhere.found(query, locale) for locale, query in queries]


def tells(everywhere: Everywhere, fee: str, *, not_: str) -> None:
    told = everywhere.told()
    assert {place for place, text in told.items() if fee not in text} == set()
    assert {place for place, text in told.items() if not_ in text} == set()
