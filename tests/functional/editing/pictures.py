"""The pictures of the guide for editors, taken of a site of its own by the steps its tests take too.

    python -m tests.functional.editing.pictures [folder]

Each is 1280 pixels wide and small; a picture that would say something else than the guide fails on the way to it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.functional.conftest import ROOT, Site, running, start_browser
from tests.functional.editing import steps
from tests.functional.editing.axe import STILL
from tests.functional.editing.sheets import DUPLICATE, NEW_FEE
from tests.small_seed import lay

FOLDER = ROOT / "docs" / "guia-editores"
NAMES = (
    "inicio",
    "ficha-costo",
    "ficha-comprobacion",
    "ficha-aprobar",
    "paquete-nuevo",
    "paquete-columnas",
    "paquete-errores",
    "paquete-informe",
    "paquete-aprobar",
    "paquete-vigente",
    "retiro",
    "traduccion",
    "confirmacion",
    "salud",
)
WIDTH, HEIGHT = 1280, 800
LIMA = ZoneInfo("America/Lima")
# Screens of this kind need no more.
COLOURS = 64
Shoot = Callable[..., None]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []

    def shoot(page: Page, name: str, *, height: int = HEIGHT, at: str = "") -> None:
        """`at` is what the picture begins with; without it the top of the page."""
        page.set_viewport_size({"width": WIDTH, "height": height})
        if at:
            page.locator(at).first.evaluate("element => element.scrollIntoView({block: 'start'})")
        page.wait_for_function(STILL)
        _save(page.screenshot(), folder / f"{name}.png")
        taken.append(name)

    with tempfile.TemporaryDirectory() as place, running(Path(place), lay(Path(place) / "seed")) as site:
        _work(site, timedelta())
        with sync_playwright() as playwright:
            _take_all(start_browser(playwright), site, shoot)
    assert set(taken) == set(NAMES), f"taken and named differ: {set(taken) ^ set(NAMES)}"


def _save(png: bytes, path: Path) -> None:
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)


def _work(site: Site, ahead: timedelta) -> None:
    command = (sys.executable, "-m", "tests.functional.editing.worker", str(ahead.total_seconds()))
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)


@contextmanager
def _person(browser: Browser, site: Site, name: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, reduced_motion="reduce", locale="es-PE")
    context.set_default_timeout(15_000)
    page = context.new_page()
    # What is not saved stays behind: the next picture is of another screen.
    page.on("dialog", lambda dialog: dialog.accept())
    steps.sign_in(page, name)
    yield page
    context.close()


def _take_all(browser: Browser, site: Site, shoot: Shoot) -> None:
    with _person(browser, site, "editora") as editor, _person(browser, site, "revisora") as reviewer:
        shoot(editor, "inicio", height=640)
        _one_ficha(editor, reviewer, shoot)
        _package(editor, reviewer, site, shoot)
        steps.start_round(editor)
        shoot(editor, "confirmacion", height=1000)
        _work(site, timedelta())
        steps.open_health(reviewer)
        shoot(reviewer, "salud")
    with _person(browser, site, "tomasa") as translator:
        steps.open_translation(translator, DUPLICATE)
        shoot(translator, "traduccion")


def _one_ficha(editor: Page, reviewer: Page, shoot: Shoot) -> None:
    steps.find_ficha(editor)
    steps.change_fee(editor, "42.00")
    shoot(editor, "ficha-costo", height=640, at="#panel-child-hechos-costo-section")
    steps.tell_change(editor)
    steps.save(editor)
    steps.open_actions(editor)
    shoot(editor, "ficha-comprobacion", height=960)
    editor.keyboard.press("Escape")
    steps.put_source(editor)
    steps.send_to_review(editor)
    steps.open_waiting(reviewer)
    steps.open_actions(reviewer)
    shoot(reviewer, "ficha-aprobar", height=640)
    steps.find_ficha(editor, "Certificado de antecedentes policiales")
    steps.ask_to_withdraw(editor)
    shoot(editor, "retiro")


def _package(editor: Page, reviewer: Page, site: Site, shoot: Shoot) -> None:
    steps.open_new_package(editor)
    steps.fill_head(editor)
    first_of_next_month = (datetime.now(LIMA).replace(day=1) + timedelta(days=32)).replace(day=1)
    at = datetime.combine(first_of_next_month, time(), tzinfo=LIMA)
    steps.put_date(editor, at)
    steps.put_files(editor, "1.234")
    shoot(editor, "paquete-nuevo", height=1440)
    steps.create(editor)
    steps.tell_columns(editor)
    shoot(editor, "paquete-columnas", height=1480)
    steps.read_so(editor)
    shoot(editor, "paquete-errores", height=640, at="#de-la-hoja")
    steps.upload_again(editor, f"S/. {NEW_FEE.replace('.', ',')}")
    shoot(editor, "paquete-informe", height=900, at="#grupo-cambia")
    steps.accept_warnings(editor)
    steps.submit(editor)
    reviewer.goto(editor.url)
    shoot(reviewer, "paquete-aprobar", height=760, at="#decidir")
    reviewer.get_by_role("button", name="Aprobar: entra en vigor").click()
    _work(site, at - datetime.now(LIMA) + timedelta(minutes=1))
    reviewer.reload()
    shoot(reviewer, "paquete-vigente", height=760)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
