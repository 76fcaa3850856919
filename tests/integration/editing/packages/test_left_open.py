"""What a sheet leaves open is answered beside it, and its own warnings are accepted by name: both are part of what is approved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.editing.packages import operations
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Acta, Estado, Paquete
from cms.editing.packages.results import digest, results
from tests.unit.editing.packages.conftest import DNI, accept_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
# Its three fees are by internet, at the office, and one to be confirmed; a term without a unit is a warning.
ONE_FEE = f"Código,Monto,Vía del pago\n{DNI},36.00,En línea\n"
NOTED = f"Código,Horario de atención\n{DNI},De 7 a 15 h.\nLos mayores de 65 años no pagan.,\n"


def at(name: str, package: Paquete) -> str:
    return reverse(f"packages:{name}", args=[package.pk])


def upload(client: Client, package: Paquete, text: str) -> str:
    answer: Any = client.post(
        at("sheet", package), {"hoja": SimpleUploadedFile("tupa.csv", text.encode())}, follow=True
    )
    return str(answer.content.decode())


@pytest.fixture
def signed_in(client: Client, berta: User) -> Client:
    client.force_login(berta)
    return client


def fees(package: Paquete) -> list[str]:
    (item,) = package.partidas.all()
    return [row["clave"] for row in item.payload["hechos"]["costos"]]


def test_fees_the_sheet_does_not_say_stay_or_go_as_a_person_says(signed_in: Client, draft: Paquete) -> None:
    page = upload(signed_in, draft, ONE_FEE)
    assert "Los pagos de una ficha que la hoja no dice" in page
    assert "Los plazos de una ficha que la hoja no dice" not in page
    assert draft.partidas.count() == 0
    told = signed_in.post(at("answer", draft), {"pagos": "quedan"}, follow=True).content.decode()
    assert fees(draft) == ["en-linea", "presencial", "dni-azul"]
    assert "Los pagos que la hoja no dice quedan como están" in told
    assert "berta" in told
    told = signed_in.post(at("answer", draft), {"pagos": "terminan"}, follow=True).content.decode()
    assert fees(draft) == ["en-linea"]
    assert "se quita «En la oficina: S/ 35.00.»" in told
    signed_in.post(at("answer", draft), {"pagos": ""})
    assert draft.partidas.count() == 0


def test_the_answer_is_part_of_what_is_approved_and_of_the_acta(
    signed_in: Client, draft: Paquete, berta: User, approve_now: Callable[[Paquete], Paquete]
) -> None:
    upload(signed_in, draft, ONE_FEE)
    signed_in.post(at("answer", draft), {"pagos": "terminan"})
    fresh = Paquete.objects.get(pk=draft.pk)
    with_it = digest(fresh, results(fresh))
    fresh.respuestas = {}
    assert digest(fresh, results(fresh)) != with_it
    accept_all(Paquete.objects.get(pk=draft.pk), by=berta, why="Así lo dice la norma")
    approve_now(operations.submit(draft, by=berta))
    acta = Acta.objects.get(paquete=draft)
    assert acta.contenido["respuestas"] == ["Los pagos que la hoja no dice ya no existen: se quitan"]
    assert any("S/ 35.00" in why for _who, why in acta.contenido["avisos_de_la_hoja"])
    page = signed_in.get(reverse("packages:acta", args=[draft.pk, acta.tipo])).content.decode()
    assert "Aviso de la hoja aceptado por berta" in page


def test_an_answer_that_is_none_is_refused(signed_in: Client, draft: Paquete) -> None:
    upload(signed_in, draft, ONE_FEE)
    told = signed_in.post(at("answer", draft), {"pagos": "quizá"}, follow=True).content.decode()
    assert "No se guardó" in told
    assert Paquete.objects.get(pk=draft.pk).respuestas == {}


def test_a_new_ficha_gets_its_name_beside_the_sheet(signed_in: Client, draft: Paquete) -> None:
    page = upload(signed_in, draft, "Código,Horario de atención\nreniec-nueva,De 8 a 13 h.\n")
    assert "Denominación de la ficha nueva reniec-nueva" in page
    signed_in.post(at("answer", draft), {"nombre_0": "Constancia nueva"})
    (item,) = draft.partidas.all()
    assert item.nombre == "Constancia nueva"
    upload(signed_in, draft, "Código,Horario de atención\nreniec-nueva,De 8 a 15 h.\n")
    assert draft.partidas.get().nombre == "Constancia nueva", "in one package it is said once"


def test_a_warning_of_the_sheet_is_accepted_by_name_before_it_is_sent(
    signed_in: Client, draft: Paquete, berta: User
) -> None:
    page = upload(signed_in, draft, NOTED)
    assert "nota, no se lee: «Los mayores de 65 años no pagan.»" in page
    operations.accept(draft, by=berta, why="sí", codigo=DNI)
    with pytest.raises(PackageError) as refused:
        operations.submit(draft, by=berta)
    assert "Avisos de la hoja sin aceptar: 1." in refused.value.lines
    (notice,) = [row["id"] for row in Paquete.objects.get(pk=draft.pk).problemas if "id" in row]
    signed_in.post(at("accept", draft), {"aviso": notice, "porque": "La nota ya está en la ficha"})
    told = signed_in.get(at("detail", draft)).content.decode()
    assert "Lo aceptó berta: La nota ya está en la ficha" in told
    # The same note in a corrected sheet needs no second word; another one does.
    upload(signed_in, draft, NOTED.replace("15 h.", "14 h."))
    operations.accept(draft, by=berta, why="sí", codigo=DNI)
    assert Paquete.objects.get(pk=draft.pk).avisos
    upload(signed_in, draft, NOTED.replace("65", "70"))
    assert Paquete.objects.get(pk=draft.pk).avisos == {}
    operations.accept(Paquete.objects.get(pk=draft.pk), by=berta, why="sí")
    assert operations.submit(draft, by=berta).estado == Estado.ENVIADO
