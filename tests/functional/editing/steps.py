"""What two people do in front of the admin, step by step. The test of an editor's hour and the pictures of the guide take the same steps."""

from datetime import datetime

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.functional.editing import sheets

PASSWORD = "una clave de prueba"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "TUPA 2026 de RENIEC"
NORM = "Resolución Jefatural 120-2026/JNAC/RENIEC"
NORM_DAY = "2026-11-02"
NOTE = "Sube el pago de la renovación del DNI y se precisa el horario del duplicado."


def sign_in(page: Page, name: str) -> None:
    """With the keyboard."""
    page.goto("/admin/login/")
    page.locator("[name=username]").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def sheet(fee: str) -> FilePayload:
    return {"name": "TUPA RENIEC 2026.xlsx", "mimeType": XLSX, "buffer": sheets.messy(fee)}


def open_new_package(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Paquetes TUPA").first.click()
    page.get_by_role("link", name="Paquete nuevo").first.click()
    expect(page.get_by_role("button", name="Crear el paquete")).to_be_visible()


def fill_head(page: Page) -> None:
    page.get_by_label("Título").fill(TITLE)
    page.get_by_label("Entidad").select_option(
        label="RENIEC · Registro Nacional de Identificación y Estado Civil"
    )
    page.get_by_label("Norma que lo dispone").fill(NORM)
    page.get_by_label("Fecha de publicación de la norma").fill(NORM_DAY)
    page.get_by_label("Qué cambia, en una frase").fill(NOTE)


def put_date(page: Page, at: datetime) -> None:
    """When it takes force, in the time of Lima."""
    page.get_by_label("Entra en vigor el día").fill(f"{at:%Y-%m-%d}")
    page.get_by_label("A la hora").fill(f"{at:%H:%M}")


def put_files(page: Page, fee: str) -> None:
    paper: FilePayload = {
        "name": "RJ-120-2026.pdf",
        "mimeType": "application/pdf",
        "buffer": sheets.resolution(),
    }
    page.get_by_label("Hoja con las fichas").set_input_files(sheet(fee))
    page.get_by_label("Resolución (PDF").set_input_files(paper)


def create(page: Page) -> None:
    page.get_by_role("button", name="Crear el paquete").click()


def tell_columns(page: Page) -> None:
    """What the system cannot know by itself; and what is not to be read, so that no ficha gets another name."""
    expect(page.get_by_role("button", name="Leer la hoja así")).to_be_visible()
    for header, meaning in sheets.MEANT.items():
        page.get_by_role("combobox", name=header).select_option(label=meaning)
    for box in page.locator("[name=sin_leer]").all():
        if page.locator(f"[name={box.get_attribute('value')}]").input_value() == "ignorar":
            box.check()


def read_so(page: Page) -> None:
    page.get_by_role("button", name="Leer la hoja así").click()
    expect(page.get_by_role("heading", name="Informe")).to_be_visible()


def upload_again(page: Page, fee: str) -> None:
    page.get_by_label("Hoja con las fichas").set_input_files(sheet(fee))
    page.get_by_role("button", name="Subir otra vez la hoja").click()
    expect(said(page)).to_contain_text("La hoja se leyó")


def clear_doubts(page: Page) -> None:
    """The new figure answers them: one by one, since each is read."""
    button = page.get_by_role("button", name="Quitar la duda")
    for left in range(button.count(), 0, -1):
        button.first.click()
        expect(button).to_have_count(left - 1)


def accept_warnings(page: Page) -> None:
    clear_doubts(page)
    page.locator("summary", has_text="Aceptar los avisos a la vez").click()
    page.get_by_label("Por qué se aceptan todos").fill("Así lo dice la resolución.")
    page.get_by_role("button", name="Aceptar todos los avisos").click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Enviar para aprobación").click()


def undo(page: Page, why: str) -> None:
    page.get_by_label("Motivo (es público)").fill(why)
    page.get_by_role("button", name="Deshacer el paquete").click()


def said(page: Page) -> Locator:
    """What the admin answers at the top after a step."""
    return page.locator(".messages")


def tab_to(page: Page, wanted: Locator, most: int = 200) -> None:
    """Goes there with the Tab key alone, as who has no mouse does; fails when it is not to be reached so."""
    for _ in range(most):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached with {most} times Tab: {wanted}")


def report_of(page: Page) -> list[str]:
    """What the report shows of each field, and the seal of it all: for comparing what two people see."""
    return [*page.locator(".paquete-fields").all_text_contents(), page.locator(".paquete-seal").inner_text()]


# --- one ficha by hand ---------------------------------------------------------------------------------------

FICHA = "Certificado de antecedentes penales"


def find_ficha(page: Page, name: str = FICHA) -> None:
    page.goto("/admin/")
    page.locator("main input[type=search], main input[name=q]").first.fill(name)
    page.keyboard.press("Enter")
    page.locator("main table").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name="Comprobación")).to_be_visible()


def show_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def change_fee(page: Page, amount: str) -> None:
    show_tab(page, "Hechos")
    page.get_by_label("Monto en soles").first.fill(amount)


def save(page: Page) -> None:
    page.get_by_role("button", name="Guardar borrador").click()
    expect(said(page)).to_contain_text("ha sido actualizada")


def tell_change(page: Page) -> None:
    show_tab(page, "Ficha")
    page.get_by_label("Qué cambia").fill("Sube la tasa del certificado.")
    page.get_by_label("Norma que lo dispone").fill("Resolución Administrativa 200-2026-CE-PJ")


def put_source(page: Page) -> None:
    """What stands behind the new fee, in the row of its aspect."""
    chosen = page.locator("select[name^=aspectos-][name$=-aspecto]")
    row = [box.input_value() for box in chosen.all()].index("costo")
    page.locator(f"#id_aspectos-{row}-fuente").fill("Resolución Administrativa 200-2026-CE-PJ")
    page.locator(f"#id_aspectos-{row}-fuente_url").fill("")
    page.locator(f"#id_aspectos-{row}-fecha").fill("2026-11-02")
    # The doubt was about the figure of before.
    page.locator(f"#id_aspectos-{row}-duda").fill("")


def open_actions(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()


def send_to_review(page: Page) -> None:
    open_actions(page)
    page.get_by_role("button", name="Enviar a Revisión y publicación").click()
    expect(said(page)).to_contain_text("enviada")


def open_waiting(page: Page, name: str = FICHA) -> None:
    """What waits for the reviewer, from the first screen of the admin."""
    page.goto("/admin/")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name="Comprobación")).to_be_visible()


def ask_to_withdraw(page: Page) -> None:
    open_actions(page)
    page.get_by_role("link", name="Pedir retiro o restitución…").click()
    page.get_by_label("Motivo").fill("Desde hoy lo da el Poder Judicial dentro de otro trámite.")


# --- entities, translators, health ---------------------------------------------------------------------------


def start_round(page: Page) -> None:
    page.get_by_role("link", name="Confirmaciones").first.click()
    page.get_by_role("link", name="Nueva ronda").first.click()
    page.get_by_label("Entidad").select_option(value="reniec")
    page.get_by_role("button", name="Elegir").click()
    expect(page.get_by_role("button", name="Empezar la ronda")).to_be_visible()
    for box in page.locator("[name=fichas]").all():
        box.check()
    page.get_by_label("Nombre del contacto").fill("Rosa Quispe")
    page.get_by_label("Correo").fill("tupa@entidad.example")


def open_translation(page: Page, codigo: str) -> None:
    page.goto(f"/admin/traduccion/ficha/{codigo}/?ver=pendientes")
    expect(page.get_by_label("Quechua").first).to_be_visible()


def open_health(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Salud del contenido").first.click()
    expect(page.get_by_role("heading", name="Fichas que necesitan a alguien")).to_be_visible()
