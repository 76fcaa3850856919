"""What a sheet holds and nobody reads is left out by name, for this package, and whoever approves or looks it up sees it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from cms.accounts.models import User
from cms.editing.packages import operations
from cms.editing.packages.checking import checks
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Acta, Correspondencia, Estado, Paquete
from cms.editing.packages.results import digest, results
from tests.unit.editing.packages.conftest import DNI, NUEVA, accept_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
OWN_AND_ONE_MORE = f"Código,Horario de atención,Arancel\n{DNI},De 7 a 15 h.,44.00\n"


def at(name: str, package: Paquete) -> str:
    return reverse(f"packages:{name}", args=[package.pk])


def upload(client: Client, package: Paquete, content: str | bytes, name: str = "tupa.csv") -> str:
    """Where the person is led to."""
    raw = content.encode() if isinstance(content, str) else content
    answer: Any = client.post(at("sheet", package), {"hoja": SimpleUploadedFile(name, raw)}, follow=True)
    return str(answer.redirect_chain[-1][0])


def leave_out(client: Client, package: Paquete, *columns: str) -> None:
    form = client.get(at("columns", package)).context["form"]
    said = {
        name: "ignorar" if header in columns else form[name].initial for name, header in form.names.items()
    }
    left = [name for name, header in form.names.items() if header in columns]
    client.post(at("columns", package), {**said, "sin_leer": left})


@pytest.fixture
def signed_in(client: Client, berta: User) -> Client:
    client.force_login(berta)
    return client


def test_an_unknown_filled_column_beside_our_own_is_asked_about(signed_in: Client, draft: Paquete) -> None:
    assert upload(signed_in, draft, OWN_AND_ONE_MORE) == at("columns", draft)
    signed_in.post(at("submit", draft))
    assert Paquete.objects.get(pk=draft.pk).estado == Estado.BORRADOR
    leave_out(signed_in, draft, "Arancel")
    (item,) = draft.partidas.all()
    assert item.payload["es"]["horario"] == "De 7 a 15 h."
    page = signed_in.get(at("detail", draft)).content.decode()
    assert "tiene 1 celda llena y no se lee: así lo dijo berta" in page
    corrected = OWN_AND_ONE_MORE.replace("15 h.", "14 h.")
    assert upload(signed_in, draft, corrected) == at("detail", draft), "in one package it is said once"


def test_an_empty_unknown_column_asks_nothing(signed_in: Client, draft: Paquete) -> None:
    assert upload(signed_in, draft, OWN_AND_ONE_MORE.replace("44.00", "")) == at("detail", draft)


def test_what_was_left_out_in_an_earlier_package_is_asked_about_again(
    signed_in: Client, draft: Paquete
) -> None:
    Correspondencia.objects.create(entidad=draft.entidad, columnas={"Arancel": "ignorar"})
    assert upload(signed_in, draft, OWN_AND_ONE_MORE) == at("columns", draft)
    form = signed_in.get(at("columns", draft)).context["form"]
    assert form["columna_2"].initial == "ignorar"
    leave_out(signed_in, draft, "Arancel")
    assert draft.partidas.count() == 1


def test_data_below_no_header_are_left_out_by_name_and_not_remembered(
    signed_in: Client, draft: Paquete
) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["Código", "Horario de atención"], [DNI, "De 7 a 15 h.", None, "apunte"]):
        page.append(row)
    file = BytesIO()
    book.save(file)
    assert upload(signed_in, draft, file.getvalue(), "tupa.xlsx") == at("columns", draft)
    leave_out(signed_in, draft, "Sin encabezado, columna D")
    assert draft.partidas.count() == 1
    assert "Sin encabezado, columna D" not in Correspondencia.objects.get().columnas


def test_what_was_left_out_is_part_of_what_is_approved_and_stands_in_the_acta(
    signed_in: Client, draft: Paquete, berta: User, approve_now: Callable[[Paquete], Paquete]
) -> None:
    upload(signed_in, draft, OWN_AND_ONE_MORE)
    leave_out(signed_in, draft, "Arancel")
    fresh = Paquete.objects.get(pk=draft.pk)
    with_it = digest(fresh, results(fresh))
    fresh.columnas = {}
    assert digest(fresh, results(fresh)) != with_it
    accept_all(draft, by=berta, why="Así lo dice la norma")
    approve_now(operations.submit(draft, by=berta))
    acta = Acta.objects.get(paquete=draft)
    (left,) = acta.contenido["columnas_sin_leer"]
    assert (left["columna"], left["celdas"], left["por"]) == ("Arancel", 1, "berta")
    page = signed_in.get(reverse("packages:acta", args=[draft.pk, acta.tipo])).content.decode()
    assert "Dejó sin leer columnas de la hoja («Arancel», 1 celda llena)" in page


def test_all_warnings_at_once_are_not_the_doubts(filled: Paquete, berta: User) -> None:
    filled.partidas.exclude(codigo=DNI).delete()
    item = filled.partidas.get()
    item.avisos = {}
    item.save()
    operations.accept(filled, by=berta, why="sí")
    waiting = [check for check in checks(filled, results(filled))[DNI] if check.pending]
    assert [check.doubt for check in waiting] == ["costo"]
    with pytest.raises(PackageError, match="Todavía no se puede enviar") as refused:
        operations.submit(filled, by=berta)
    assert "1 aviso sin aceptar" in " ".join(refused.value.lines)
    assert operations.accept(filled, by=berta, why="Aún vale", codigo=DNI, finding=waiting[0].id) == 1
    operations.submit(filled, by=berta)


def test_a_doubt_taken_out_stays_out_when_the_sheet_comes_again(signed_in: Client, draft: Paquete) -> None:
    term = f"Código,Plazo,Unidad del plazo,Horario de atención\n{DNI},72,horas,%s\n"
    upload(signed_in, draft, term % "De 7 a 15 h.")
    (item,) = draft.partidas.all()
    assert "duda.plazo" in item.payload["es"]
    signed_in.post(at("clear_doubt", draft), {"codigo": DNI, "aspecto": "plazo"})
    upload(signed_in, draft, term % "De 7 a 14 h.")
    (item,) = draft.partidas.all()
    assert "duda.plazo" not in item.payload["es"]
    assert item.payload["es"]["horario"] == "De 7 a 14 h."


def test_a_new_ficha_without_a_description_says_that_it_is_not_known(
    signed_in: Client, draft: Paquete
) -> None:
    rows = f"Acción,Código,Denominación,Monto\nnueva,{NUEVA},Constancia de inscripción nueva,24.00\n"
    assert upload(signed_in, draft, rows) == at("detail", draft)
    (result,) = results(Paquete.objects.get(pk=draft.pk))
    assert result.after is not None
    assert result.after.hechos.evidence_of("descripcion").confianza == "sin_dato"
    assert result.after.hechos.evidence_of("costo").confianza == "alta"
