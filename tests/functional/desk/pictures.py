"""The pictures of the guide for agents, taken of a site of its own by the steps the tests of the desk take too.

    python -m tests.functional.desk.pictures [folder]

Each is as wide as a small laptop; a picture that would say something else than the guide fails on the way to it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.functional.conftest import LAPTOP, ROOT, Site, running, start_browser
from tests.functional.desk import steps
from tests.functional.test_story import DNI, write
from tests.small_seed import lay

FOLDER = ROOT / "docs" / "guia-agentes"
NAMES = (
    "cola",
    "conversacion",
    "respuestas",
    "terminar",
    "llamada",
    "por-llamar",
    "reclamos",
    "quechua",
    "supervision",
)
WIDTH, HEIGHT = LAPTOP["width"], LAPTOP["height"]
COLOURS = 64
INSTRUCTION = (
    "Si pregunta por un caso que ya presentó, ciérrenlo con el asunto «estado de su propio expediente»."
)
Shoot = Callable[[Page, str], None]
Open = Callable[[str], Page]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []

    def shoot(page: Page, name: str) -> None:
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)
        taken.append(name)

    with (
        tempfile.TemporaryDirectory() as place,
        running(Path(place), lay(Path(place) / "seed")) as site,
        sync_playwright() as playwright,
    ):
        _take_all(start_browser(playwright), site, shoot)
    assert set(taken) == set(NAMES), f"taken and named differ: {set(taken) ^ set(NAMES)}"


def _take_all(browser: Browser, site: Site, shoot: Shoot) -> None:
    def window(path: str) -> Page:
        context = browser.new_context(
            base_url=site.url, viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", locale="es-PE"
        )  # fmt: skip
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(path)
        return page

    desk = _sign_in(window, "quilla")
    citizens = [
        _waiting(window, question) for question in ("¿cuánto cuesta?", "¿qué necesito?", "¿cuánto demora?")
    ]
    _in_the_background(site, "prepare")
    desk.goto("/desk/")
    expect(desk.locator("[data-part=queue] li")).to_have_count(3)
    shoot(desk, "cola")
    _conversation(desk, citizens, shoot)
    _calls(desk, citizens[2], site, shoot)
    _in_the_background(site, "remarks")
    desk.goto("/desk/reclamos/")
    expect(desk.get_by_text("Pasó el plazo")).to_be_visible()
    shoot(desk, "reclamos")
    desk.goto("/desk/quechua/?de=fichas")
    expect(desk.get_by_role("button", name="Firmar o guardar la corrección")).to_be_visible()
    shoot(desk, "quechua")
    supervisor = _sign_in(window, "sonia")
    supervisor.goto("/desk/supervision/")
    expect(supervisor.get_by_role("button", name="Apagar el asistente")).to_be_attached()
    shoot(supervisor, "supervision")


def _sign_in(window: Open, name: str) -> Page:
    desk = window("/desk/")
    desk.get_by_label("Cuenta").fill(name)
    desk.get_by_label("Contraseña").fill(steps.PASSWORD)
    with desk.expect_response("**/desk/presencia/"):
        desk.get_by_role("button", name="Entrar").click()
    return desk


def _waiting(window: Open, question: str) -> Page:
    citizen = window(f"/es/chat/?codigo={DNI}")
    steps.ask_for_person(citizen, question)
    return citizen


def _conversation(desk: Page, citizens: list[Page], shoot: Shoot) -> None:
    for _citizen in citizens[:2]:
        desk.goto("/desk/")
        steps.take(desk)
        desk.keyboard.press("Alt+s")
        desk.keyboard.press("Control+Enter")
        expect(desk.locator("#lines .agent")).to_have_count(1)
    for citizen, text in zip(
        citizens, ("¿Y si no tengo el recibo de agua?", "Gracias, ¿atienden el sábado?"), strict=False
    ):
        write(citizen, text, "Enviar")
    expect(desk.locator("[data-part=mine] .unread")).to_have_count(2)
    expect(desk.locator("#lines .citizen").last).to_contain_text("¿atienden el sábado?")
    desk.keyboard.press("Alt+q")
    shoot(desk, "conversacion")
    for key, name in (("a", "respuestas"), ("t", "terminar"), ("l", "llamada")):
        desk.keyboard.press(f"Alt+{key}")
        expect(desk.locator("details.pop[open]")).to_have_count(1)
        shoot(desk, name)
        desk.keyboard.press("Escape")


def _calls(desk: Page, citizen: Page, site: Site, shoot: Shoot) -> None:
    _in_the_background(site, "to_call")
    desk.goto("/desk/llamadas/")
    expect(desk.get_by_role("button", name="Marcar como hecha").first).to_be_visible()
    shoot(desk, "por-llamar")


# What other people, and time, have done meanwhile: in a process of its own, for a browser's loop runs in this one ------


def _in_the_background(site: Site, what: str) -> None:
    command = (sys.executable, "-m", "tests.functional.desk.pictures", "--then", what)
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)


def then(what: str) -> None:
    django.setup()
    {"prepare": _prepared, "to_call": _to_call, "remarks": _remarks}[what]()


def _prepared() -> None:
    """A supervisor's instruction, sentences to sign, and waits that differ."""
    from cms.accounts.models import User
    from cms.conversations.models import Handoff, HandoffState
    from cms.desk import operations
    from cms.editing.translation import progress

    operations.instruct(codigo=DNI, by=User.objects.get(username="sonia"), text=INSTRUCTION)
    progress.rebuild()
    for place, row in enumerate(Handoff.objects.filter(state=HandoffState.WAITING).order_by("pk")):
        row.requested_at -= timedelta(seconds=(200, 80, 10)[place])
        row.save(update_fields=["requested_at"])


def _to_call() -> None:
    """The one who still waits becomes somebody to call, with a phone."""
    from django.db import transaction
    from django.utils import timezone

    from cms.conversations.contacts import read_contact
    from cms.conversations.lines import locked
    from cms.conversations.models import Handoff, HandoffState
    from cms.conversations.operations import leave_contact
    from cms.conversations.operations.handoffs import give_up_waiting

    with transaction.atomic():
        handoff = Handoff.objects.get(state=HandoffState.WAITING)
        current = locked(handoff.conversation_id)
        give_up_waiting(current, handoff)
    leave_contact(conversation=current, contact=read_contact("987654321"))
    assert Handoff.objects.filter(state=HandoffState.CALLBACK, contact_at__lte=timezone.now()).exists()


def _remarks() -> None:
    """Some of each kind, of several days; one is taken, one is late."""
    from django.utils import timezone

    from cms.accounts.models import User
    from cms.conversations.contacts import read_contact
    from cms.remarks import operations
    from cms.remarks.models import Plazos, Remark

    Plazos.objects.create(reclamo=15, otros=30)
    said = (
        ("reclamo", "es", "centro-mac-piura", "Esperé tres horas y nadie me llamó.", 30),
        ("felicitacion", "qu", "chat", "Allintam yanapawarqaku.", 6),
        ("sugerencia", "es", "portal", "Que el mapa muestre los feriados.", 2),
        ("reclamo", "es", "", "Me dijeron otro requisito en la ventanilla.", 0),
    )
    for kind, locale, about, text, days in said:
        given = operations.Given(
            kind, locale, text, about=about, name="Ana", contact=read_contact("987654321")
        )
        remark = operations.receive(given=given)
        since = timedelta(days=days)
        due_on = remark.due_on - since if remark.due_on else None
        Remark.objects.filter(pk=remark.pk).update(received_at=timezone.now() - since, due_on=due_on)
    operations.take(pk=Remark.objects.earliest("received_at").pk, by=User.objects.get(username="quilla"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--then"]:
        then(sys.argv[2])
    else:
        main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
