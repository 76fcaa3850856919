"""Packages as people use them: the screens, who sees what, and what a refusal says."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.directory.models import Entidad
from cms.editing.packages import operations
from cms.editing.packages.models import Correspondencia, Estado, Paquete
from cms.editing.packages.results import results
from cms.editing.packages.tasks import take_force
from cms.editing.proposals import Accion, Proposal
from cms.publishing.models import OutboxRow, RowState
from cms.tramites.models import FichaPage
from cms.tramites.queries import published
from cms.tramites.rights import entity_group
from cms.tramites.schema import Aspecto, Confianza
from tests.integration.tramites.test_editing import CODIGO, form_of
from tests.unit.editing.packages.conftest import ACTA, DNI, NUEVA, account, shown, with_facts, with_fee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HEAD = {
    "titulo": "TUPA 2026 de RENIEC", "norma": "Resolución Jefatural 120-2026", "norma_fecha": "2026-11-02",
    "nota": "Sube el pago del duplicado.",
}  # fmt: skip


def at(name: str, package: Paquete, *more: Any) -> str:
    return reverse(f"packages:{name}", args=[package.pk, *more])


def sheet(text: str, name: str = "tupa.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def the_package() -> Paquete:
    return Paquete.objects.get()


def test_an_hour_of_two_editors(
    client: Client, berta: User, rosa: User, reniec: Entidad, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(berta)
    rows = (
        f"Acción,Código,Horario de atención,Motivo\ncambia,{DNI},De 7 a 15 h.,\nretira,{ACTA},,Ya no se da\n"
    )
    files = {"hoja": sheet(rows), "resolucion": SimpleUploadedFile("rj.pdf", PDF)}
    made = client.post(reverse("packages:new"), {**HEAD, "entidad": reniec.pk, **files}, follow=True)
    package = the_package()
    assert made.redirect_chain[-1][0] == at("detail", package)
    text = made.content.decode()
    assert "De 7 a 15 h." in text
    assert "Ya no se da" in text
    assert "horario" not in published(DNI).ficha.es
    client.post(at("accept", package), {"porque": "Así lo dice la norma"})
    client.post(at("submit", package))
    assert the_package().estado == Estado.ENVIADO

    client.force_login(rosa)
    page = client.get(at("detail", package)).content.decode()
    assert "Aprobar y publicar ahora" in page
    assert shown(package) in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("approve", package), {"sello": shown(package)})
    assert the_package().estado == Estado.VIGENTE
    live = client.get(at("detail", package)).content.decode()
    assert "Dónde se lee ya" in live
    assert (
        f'<code>{DNI}</code>: en la página, hecho; en el chat, <span class="paquete-follower--hecho">' in live
    )
    assert "en la búsqueda" in live
    acta = client.get(at("acta", package, "vigencia")).content.decode()
    for told in (
        "Resolución Jefatural 120-2026",
        "De 7 a 15 h.",
        "berta",
        "rosa",
        "Ya no se da",
        package.resolucion_nombre,
    ):
        assert told in acta, told
    client.post(at("undo", package), {"porque": "Fe de erratas"})
    assert the_package().estado == Estado.DESHECHO
    assert "horario" not in published(DNI).ficha.es
    assert "Fe de erratas" in client.get(at("acta", package, "deshecho")).content.decode()
    an_undo_is_looked_at_by_somebody_else(client, package)


def an_undo_is_looked_at_by_somebody_else(client: Client, package: Paquete) -> None:
    assert "Lo miré" not in client.get(at("detail", package)).content.decode()
    client.force_login(account("olga", Role.PUBLISHER, Role.REVIEWER))
    assert "Por mirar otra vez" in client.get(reverse("packages:index")).content.decode()
    assert "Lo miré" in client.get(at("detail", package)).content.decode()
    client.post(at("look", package), {"porque": "La fe de erratas lo dice"})
    assert the_package().mirado_por == User.objects.get(username="olga")
    assert "Por mirar otra vez" not in client.get(reverse("packages:index")).content.decode()


def test_who_has_no_rights_on_the_entity_sees_nothing_of_it(client: Client, sent: Paquete) -> None:
    other = User.objects.create_user("otra", password="x")
    other.groups.add(entity_group(Role.EDITOR, "migraciones"), entity_group(Role.PUBLISHER, "migraciones"))
    client.force_login(other)
    assert "TUPA 2026" not in client.get(reverse("packages:index")).content.decode()
    for name in ("detail", "table", "resolution", "sheet_file", "edit", "columns"):
        assert client.get(at(name, sent)).status_code == 404, name
    for name in ("submit", "approve", "reject", "stop", "reopen", "undo", "look", "accept", "remove", "compare", "sheet", "retry"):  # fmt: skip
        assert client.post(at(name, sent), {"porque": "x"}).status_code == 404, name
    assert client.get(reverse("packages:add_draft", args=[FichaPage.objects.get(codigo=DNI).pk])).status_code in (302, 403)  # fmt: skip
    choices = client.get(reverse("packages:new")).context["form"].fields["entidad"].queryset
    assert [entity.codigo for entity in choices] == ["migraciones"]
    assert Paquete.objects.get().estado == Estado.ENVIADO


def test_strangers_are_sent_to_sign_in(client: Client, sent: Paquete, diego: User) -> None:
    for person in (None, diego):
        if person:
            client.force_login(person)
        for url in (reverse("packages:index"), at("detail", sent), at("resolution", sent)):
            assert client.get(url).status_code in (302, 403, 404)


def test_what_changed_since_it_was_opened_is_not_approved(client: Client, sent: Paquete, rosa: User) -> None:
    client.force_login(rosa)
    told = client.post(at("approve", sent), {"sello": "0" * 64}, follow=True).content.decode()
    assert "cambió desde que lo abriste" in told
    assert the_package().estado == Estado.ENVIADO


def test_who_prepared_it_is_told_why_they_cannot_approve(client: Client, sent: Paquete, berta: User) -> None:
    berta.groups.add(account("x", Role.PUBLISHER).groups.get())
    client.force_login(berta)
    page = client.get(at("detail", sent)).content.decode()
    assert "Lo aprueba otra persona" in page
    assert "Aprobar y publicar" not in page
    client.post(at("approve", sent), {"sello": shown(sent)})
    assert the_package().estado == Estado.ENVIADO


def test_a_day_and_an_hour_are_lima_s(client: Client, filled: Paquete, berta: User) -> None:
    client.force_login(berta)
    client.post(at("edit", filled), {**HEAD, "en_vigor_dia": "2026-12-01", "en_vigor_hora": "08:30"})
    at_utc = the_package().en_vigor_at
    assert at_utc is not None
    assert at_utc.astimezone(timezone.get_default_timezone()).isoformat() == "2026-12-01T08:30:00-05:00"
    assert "01/12/2026 08:30" in client.get(at("detail", filled)).content.decode()
    missing = client.post(at("edit", filled), {**HEAD, "en_vigor_hora": "08:30"}).content.decode()
    assert "Di también el día" in missing


def test_what_is_approved_for_later_says_when_and_comes_by_itself(
    client: Client, filled: Paquete, berta: User, rosa: User
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=3))
    operations.submit(filled, by=berta)
    client.force_login(rosa)
    assert "Aprobar: entra en vigor el" in client.get(at("detail", filled)).content.decode()
    client.post(at("approve", filled), {"sello": shown(filled)})
    assert the_package().estado == Estado.APROBADO
    assert take_force() == 0
    Paquete.objects.update(en_vigor_at=timezone.now())
    # Its time is part of what was approved: one that was moved behind the approver's back stops it.
    assert take_force() == 0
    assert the_package().estado == Estado.DETENIDO


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<html>", "no es un PDF"),
        (b"%PDF-1.4 cut", "no es un PDF"),
        (b"%PDF-1.4" + b"0" * (20 * 1024 * 1024) + b"%%EOF", "más de"),
    ],
)
def test_a_resolution_that_is_none_is_refused_and_nothing_is_made(
    client: Client, berta: User, reniec: Entidad, content: bytes, told: str
) -> None:
    client.force_login(berta)
    data = {**HEAD, "entidad": reniec.pk, "resolucion": SimpleUploadedFile("rj.pdf", content)}
    answer = client.post(reverse("packages:new"), data)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Paquete.objects.exists()


def test_the_resolution_is_given_to_be_kept_never_shown(client: Client, draft: Paquete, berta: User) -> None:
    client.force_login(berta)
    client.post(at("edit", draft), {**HEAD, "resolucion": SimpleUploadedFile('../"r".pdf', PDF)})
    answer = client.get(at("resolution", draft))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].rstrip('"').endswith(".pdf")
    assert "/" not in the_package().resolucion_nombre


def test_the_columns_of_an_entitys_own_sheet_are_said_once(
    client: Client, draft: Paquete, berta: User
) -> None:
    client.force_login(berta)
    own = f"COD. INTERNO,NOMBRE QUE USAMOS,CUANDO SE ATIENDE\n{DNI},Duplicado del DNIe (mayor de edad),De 9 a 13 h.\n"
    asked = client.post(at("sheet", draft), {"hoja": sheet(own)}, follow=True)
    assert asked.redirect_chain[-1][0] == at("columns", draft)
    form = asked.context["form"]
    choice = {"COD. INTERNO": "codigo", "NOMBRE QUE USAMOS": "nombre", "CUANDO SE ATIENDE": "horario"}
    twice = client.post(at("columns", draft), dict.fromkeys(form.names, "codigo"))
    assert "dos no pueden decir lo mismo" in twice.content.decode()
    read = client.post(at("columns", draft), {n: choice[h] for n, h in form.names.items()}, follow=True)
    assert "De 9 a 13 h." in read.content.decode()
    assert Correspondencia.objects.get().columnas == choice
    again = client.post(at("sheet", draft), {"hoja": sheet(own.replace("13 h.", "14 h."))}, follow=True)
    assert again.redirect_chain[-1][0] == at("detail", draft)
    assert "14 h." in again.content.decode()


def test_a_sheet_whose_columns_nobody_has_said_holds_the_package_back(
    client: Client, draft: Paquete, berta: User
) -> None:
    client.force_login(berta)
    read = f"Acción,Código,Horario de atención\ncambia,{DNI},De 7 a 15 h.\n"
    own = f"COD. INTERNO,NOMBRE QUE USAMOS,CUANDO SE ATIENDE\n{DNI},Duplicado,De 9 a 13 h.\n"
    client.post(at("sheet", draft), {"hoja": sheet(read)})
    client.post(at("sheet", draft), {"hoja": sheet(own)})
    assert "todavía no se ha leído" in client.get(at("detail", draft)).content.decode()
    assert "La hoja tiene errores" in client.post(at("submit", draft), follow=True).content.decode()
    assert the_package().estado == Estado.BORRADOR


@pytest.mark.parametrize(
    "slip", [{"norma_fecha": "9999-12-31"}, {"en_vigor_dia": "9999-12-31"}, {"norma_fecha": "0201-05-01"}]
)
def test_a_year_that_cannot_be_is_told(
    client: Client, draft: Paquete, berta: User, slip: dict[str, str]
) -> None:
    client.force_login(berta)
    answer = client.post(at("edit", draft), {**HEAD, **slip, "en_vigor_hora": "23:59"})
    assert "Revisa el año" in answer.content.decode() or "Di también el día" in answer.content.decode()
    assert the_package().en_vigor_at is None


def test_errors_of_the_sheet_are_told_row_by_row_and_hold_it_back(
    client: Client, draft: Paquete, berta: User
) -> None:
    client.force_login(berta)
    rows = f"Acción,Código,Horario de atención\ncambia,{DNI},De 7 a 15 h.\ncambia,no-existe,1\n"
    page = client.post(at("sheet", draft), {"hoja": sheet(rows)}, follow=True).content.decode()
    assert "fila 3" in page
    assert "no-existe" in page
    told = client.post(at("submit", draft), follow=True).content.decode()
    assert "La hoja tiene errores" in told
    assert the_package().estado == Estado.BORRADOR
    mended = f"Acción,Código,Horario de atención\ncambia,{DNI},De 7 a 15 h.\n"
    page = client.post(at("sheet", draft), {"hoja": sheet(mended)}, follow=True).content.decode()
    assert "no-existe" not in page


def test_a_file_that_is_no_sheet_is_refused_in_words(client: Client, draft: Paquete, berta: User) -> None:
    client.force_login(berta)
    for file in (sheet(""), SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a zip"), SimpleUploadedFile("x.xlsx", b"0" * 10_000_001)):  # fmt: skip
        assert client.post(at("sheet", draft), {"hoja": file}, follow=True).status_code == 200
    assert client.post(at("sheet", draft), {}, follow=True).status_code == 200
    assert not the_package().partidas.exists()


def test_an_item_is_taken_out_and_a_warning_accepted_by_itself(
    client: Client, draft: Paquete, berta: User
) -> None:
    rows = with_facts(DNI).model_dump(mode="json")["hechos"]["requisitos"]
    words = {"requisitos.copia": "Copia simple del DNI.", "requisitos.recibo": "Copia del recibo de pago."}
    proposed = with_facts(DNI, words, requisitos=[*rows, {"clave": "copia"}, {"clave": "recibo"}])
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, proposed)], by=berta)
    client.force_login(berta)
    told = client.get(at("detail", draft)).context["report"].fichas[0]
    before, first = told.pending, next(check for check in told.checks if check.pending)
    assert before > 1
    client.post(at("accept", draft), {"codigo": DNI, "aviso": first.id, "porque": "La norma lo pide"})
    page = client.get(at("detail", draft))
    assert page.context["report"].pending == before - 1
    assert "Lo aceptó berta: La norma lo pide" in page.content.decode()
    client.post(at("remove", draft), {"codigo": DNI})
    assert not draft.partidas.exists()


def test_the_report_as_a_table_runs_in_no_program(client: Client, draft: Paquete, berta: User) -> None:
    proposed = with_facts(DNI, {"resultado": "=HYPERLINK(1)", "nombre": "+1 nombre"})
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, proposed)], by=berta)
    client.force_login(berta)
    text = client.get(at("table", draft)).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text
    assert "'+1 nombre" in text
    assert ",+1" not in text


def test_what_an_editor_writes_is_shown_as_text(client: Client, draft: Paquete, berta: User) -> None:
    proposed = with_facts(DNI, {"resultado": "<script>alert(1)</script>"})
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, proposed)], by=berta)
    client.force_login(berta)
    assert "<script>alert(1)" not in client.get(at("detail", draft)).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=Jefatural",
        f"q={DNI}",
        "q=renovaci%C3%B3n",
        "q=RENIEC+120-2026",
        "anio=2026",
        "estado=enviado",
        "entidad=reniec",
        "",
    ],
)
def test_a_package_is_found_years_later(client: Client, sent: Paquete, rosa: User, query: str) -> None:
    Paquete.objects.update(titulo="Renovación de tarifas")
    client.force_login(rosa)
    page = client.get(reverse("packages:index") + f"?{query}")
    found = list(page.context["packages"])
    assert found == [sent]
    assert found[0].fichas == 3


def test_a_search_that_fits_nothing_says_so(client: Client, sent: Paquete, rosa: User) -> None:
    client.force_login(rosa)
    for query in ("q=nada+de+nada", "anio=2026&estado=borrador", "estado=inventado", "q=%00"):
        page = client.get(reverse("packages:index") + f"?{query}")
        assert page.status_code in (200, 400)
        if page.status_code == 200:
            assert not list(page.context["packages"])


def test_the_button_saves_what_stands_in_the_form_first(client: Client, berta: User) -> None:
    client.force_login(berta)
    page = FichaPage.objects.get(codigo=CODIGO)
    data = form_of(client) | {"title": "Otro nombre", "action-package": "1"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("packages:add_draft", args=[page.pk])
    assert FichaPage.objects.get(codigo=CODIGO).get_latest_revision_as_object().title == "Otro nombre"
    assert published(CODIGO).ficha.es["nombre"] != "Otro nombre"


def test_a_draft_goes_into_a_package_from_its_editor(client: Client, berta: User) -> None:
    client.force_login(berta)
    page = FichaPage.objects.get(codigo=DNI)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    screen = client.get(edit).content.decode()
    assert "Guardar y añadir al paquete" in screen
    draft = page.get_latest_revision_as_object()
    draft.title = "Duplicado del DNI electrónico"
    draft.save_revision(user=berta)
    add = reverse("packages:add_draft", args=[page.pk])
    assert "A un paquete que" not in client.get(add).content.decode()
    assert "título de uno nuevo" in client.post(add, {}, follow=True).content.decode()
    answer = client.post(add, {"titulo": "A mano"}, follow=True)
    package = the_package()
    assert answer.redirect_chain[-1][0] == at("detail", package)
    assert package.partidas.get().payload["es"]["nombre"] == "Duplicado del DNI electrónico"
    assert "A mano" in client.get(add).content.decode()
    client.post(add, {"paquete": package.pk})
    assert package.partidas.count() == 1
    assert published(DNI).ficha.es["nombre"] != "Duplicado del DNI electrónico"


def test_a_draft_that_does_not_hold_together_is_not_taken(client: Client, berta: User) -> None:
    page = FichaPage.objects.get(codigo=DNI)
    draft = page.get_latest_revision_as_object()
    draft.costos.first().monto = None
    draft.costos = [*draft.costos.all()]
    draft.costos.all()[0].monto = None
    draft.save_revision(user=berta, clean=False)
    client.force_login(berta)
    told = client.post(reverse("packages:add_draft", args=[page.pk]), {"titulo": "A mano"}, follow=True)
    assert "todavía no se puede publicar" in told.content.decode()
    assert not Paquete.objects.exists()


def test_a_new_ficha_and_a_withdrawn_one_are_told_as_such(client: Client, sent: Paquete, rosa: User) -> None:
    client.force_login(rosa)
    page = client.get(at("detail", sent)).content.decode()
    for told in ("Nuevas (1)", "Cambian (1)", "Se retiran (1)", NUEVA, "41.50", "La reemplaza"):
        assert told in page, told
    assert with_fee(DNI, "41.50").codigo == DNI


def test_the_template_comes_back_as_nothing_changed(client: Client, draft: Paquete, berta: User) -> None:
    client.force_login(berta)
    book = client.get(reverse("packages:template", args=["reniec"]))
    assert book["Content-Disposition"] == 'attachment; filename="plantilla-reniec.xlsx"'
    file = SimpleUploadedFile("plantilla.xlsx", book.content)
    page = client.post(at("sheet", draft), {"hoja": file}, follow=True)
    counts = page.context["report"].counts
    assert counts == {"nueva": 0, "cambia": 0, "retira": 0, "igual": 3}
    berta.groups.clear()
    assert client.get(reverse("packages:template", args=["reniec"])).status_code in (302, 404)


def test_what_a_follower_failed_at_is_seen_and_tried_again(
    client: Client, sent: Paquete, rosa: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(rosa)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("approve", sent), {"sello": shown(sent)})
    row = OutboxRow.objects.filter(change__key=DNI, follower="search").latest("pk")
    OutboxRow.objects.filter(pk=row.pk).update(state=RowState.FAILED, error="OSError: disk full")
    assert "disk full" in client.get(at("detail", sent)).content.decode()
    client.post(at("retry", sent))
    row.refresh_from_db()
    assert row.state == RowState.WAITING
    assert Entry.objects.filter(what="publishing.retried", subject=DNI, by=rosa).exists()


def test_the_list_asks_the_database_as_much_for_fifty_entities_as_for_one(
    client: Client, sent: Paquete, rosa: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(rosa)
    client.get(reverse("packages:index"))
    with django_assert_max_num_queries(40):
        client.get(reverse("packages:index"))


def test_what_a_program_would_run_is_neutral_in_the_table_of_the_report(
    client: Client, draft: Paquete, berta: User
) -> None:
    words = {"horario": "  =HYPERLINK(1)"}
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, with_facts(DNI, words))], by=berta)
    client.force_login(berta)
    assert "'=HYPERLINK(1)" in client.get(at("table", draft)).content.decode()


def test_an_old_doubt_beside_a_new_fee_is_asked_about_and_taken_out_with_a_button(
    client: Client, draft: Paquete, berta: User
) -> None:
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "41.50"), fila=2)], by=berta)
    client.force_login(berta)
    page = client.get(at("detail", draft)).content.decode()
    assert "queda escrita la duda de antes" in page
    assert "Quitar la duda" in page
    client.post(at("submit", draft))
    assert the_package().estado == Estado.BORRADOR
    client.post(at("clear_doubt", draft), {"codigo": DNI, "aspecto": "costo"})
    assert "queda escrita la duda de antes" not in client.get(at("detail", draft)).content.decode()
    (result,) = results(the_package())
    assert result.after is not None
    assert "duda.costo" not in result.after.es
    assert result.after.hechos.evidencia[Aspecto.COSTO].confianza == Confianza.ALTA


def test_a_filled_column_is_left_out_by_name_only_and_can_be_put_right_later(
    client: Client, draft: Paquete, berta: User
) -> None:
    client.force_login(berta)
    rows = f"Código,Horas de oficina,Arancel\n{DNI},De 7 a 15 h.,44.00\n"
    client.post(at("sheet", draft), {"hoja": sheet(rows)})
    asked = client.get(at("columns", draft)).content.decode()
    assert "44.00" in asked
    chosen = {"columna_0": "codigo", "columna_1": "horario", "columna_2": "ignorar"}
    refused = client.post(at("columns", draft), chosen).content.decode()
    assert "Se dejaría sin leer 1 celda llena" in refused
    assert not Correspondencia.objects.exists()
    client.post(at("columns", draft), {**chosen, "sin_leer": ["columna_2"]})
    assert Correspondencia.objects.get().columnas["Arancel"] == "ignorar"
    again = client.get(at("columns", draft))
    assert again.context["form"]["columna_1"].initial == "horario"
    client.post(at("columns", draft), {**chosen, "columna_1": "resultado", "sin_leer": ["columna_2"]})
    (item,) = draft.partidas.all()
    assert item.payload["es"]["resultado"] == "De 7 a 15 h."
    assert "horario" not in item.payload["es"]


def test_what_was_said_of_a_column_is_filled_in_when_another_is_new(
    client: Client, draft: Paquete, berta: User
) -> None:
    client.force_login(berta)
    Correspondencia.objects.create(entidad=draft.entidad, columnas={"Horas de oficina": "horario"})
    client.post(at("sheet", draft), {"hoja": sheet(f"Código,Horas de oficina,Otra\n{DNI},De 7 a 15 h.,x\n")})
    form = client.get(at("columns", draft)).context["form"]
    assert (form["columna_1"].initial, form["columna_2"].initial) == ("horario", "ignorar")
