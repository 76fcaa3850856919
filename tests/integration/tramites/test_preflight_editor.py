"""The preflight in the editor's form, through the real views."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.tramites.models import Uit
from cms.tramites.preflight.drafts import report_of
from cms.tramites.preflight.revisions import problems_of_revision
from cms.tramites.queries import published
from cms.tramites.workflow import NEEDS_NORM, NEEDS_NOTE
from tests.integration.tramites.editor import CODIGO, NOTED, decide, edit_url, form_of, page_of, send, waiting

pytestmark = pytest.mark.django_db
FORBIDDEN = {"requisitos-0-texto": "Copia simple del DNI."}


def summary(client: Client) -> str:
    """The words of the summary above the tabs."""
    html = client.get(edit_url()).content.decode()
    box = html[html.index("<summary>") : html.index('id="comprobacion-dicho"')]
    return " ".join(re.sub(r"<[^>]+>", " ", box).split())


def boxes(client: Client) -> list[str]:
    """The ids of the warnings that are asked about, as the boxes of the form carry them."""
    return re.findall(r'name="acepta" value="([^"]+)"', client.get(edit_url()).content.decode())


def with_row(data: dict[str, Any], rows: str, **values: Any) -> dict[str, Any]:
    number = int(data[f"{rows}-TOTAL_FORMS"])
    row = {
        f"{rows}-{number}-{name}": value for name, value in {**values, "id": "", "ORDER": number + 1}.items()
    }
    return {**data, **row, f"{rows}-TOTAL_FORMS": number + 1}


def without_row(data: dict[str, Any], rows: str, number: int) -> dict[str, Any]:
    return {**data, f"{rows}-{number}-DELETE": "1"}


def draft_of(client: Client) -> Any:
    return page_of().get_latest_revision_as_object()


def test_a_public_ficha_asks_nothing_anew(client: Client, berta: User) -> None:
    client.force_login(berta)
    assert summary(client).startswith("Comprobación: lista para enviar")
    assert "avisos que ya estaban en lo publicado" in summary(client)
    assert boxes(client) == []


def test_a_draft_may_hold_a_row_without_anything_and_is_told_what_it_lacks(
    client: Client, berta: User
) -> None:
    client.force_login(berta)
    unfinished = with_row(form_of(client), "requisitos", clave="", texto="", tipo="documento")
    assert client.post(edit_url(), unfinished).status_code == 302
    assert "Requisitos, «3» : clave: falta este dato." in summary(client)
    assert published(CODIGO).ficha.hechos.requisitos == published(CODIGO, revision=1).ficha.hechos.requisitos


def test_what_is_wrong_is_told_at_its_field_and_above_and_stops_the_sending(
    client: Client, berta: User
) -> None:
    client.force_login(berta)
    data = form_of(client) | {"costos-0-monto": "", "action-submit": "1"} | NOTED
    refused = client.post(edit_url(), data)
    assert refused.status_code == 200
    html = refused.content.decode()
    assert 'role="alert" tabindex="-1" data-refused' in html
    link = re.search(r'data-nivel="error"\s+data-campo="(.*?)" data-lista="(.*?)" data-clave="(.*?)"', html)
    assert link
    assert link.groups() == ("monto", "costos", "inscripcion")
    errors = refused.context["form"].formsets["costos"].forms[0].errors
    assert "un costo es un monto mayor que 0" in str(errors["monto"])
    assert page_of().current_workflow_state is None


def test_what_the_form_itself_refuses_is_in_the_summary_too(client: Client, berta: User) -> None:
    client.force_login(berta)
    data = with_row(form_of(client), "requisitos", clave="", texto="Un plano.", tipo="documento")
    html = client.post(edit_url(), {**data, **NOTED, "action-submit": "1"}).content.decode()
    assert "no se ha enviado" in html
    assert 'data-id="id_requisitos-2-clave"' in html
    assert "data-refused" in html


def test_what_is_said_nowhere_stops_a_ficha_until_it_owns_up(client: Client, berta: User) -> None:
    client.force_login(berta)
    silent = without_row(without_row(form_of(client), "costos", 0), "aspectos", 2)
    refused = client.post(edit_url(), {**silent, **NOTED, "action-submit": "1"})
    assert "Falta decir el costo." in refused.content.decode()
    client.post(edit_url(), silent)
    assert "Falta decir el costo." in summary(client)
    client.post(edit_url(), with_row(form_of(client), "aspectos", aspecto="costo", confianza="sin_dato"))
    assert "Falta decir el costo." not in summary(client)
    assert "Está por confirmar el costo." in summary(client)
    ticks = {"acepta": boxes(client), "acepta-vistos": boxes(client), "aspectos-5-id": ""}
    assert send(client, berta, **NOTED, **ticks, action="submit").status_code == 302
    assert page_of().current_workflow_state is not None


def test_a_warning_is_accepted_by_name_and_asked_again_when_the_fact_changes(
    client: Client, berta: User, rosa: User
) -> None:
    refused = send(client, berta, **NOTED, **FORBIDDEN, action="submit")
    assert refused.status_code == 200
    assert "La entidad no puede pedir copia del DNI" in refused.content.decode()
    assert "Hay avisos sin aceptar" in refused.content.decode()
    send(client, berta, **FORBIDDEN)
    asked = boxes(client)
    assert [finding.partition(".")[0] for finding in asked] == ["prohibido-copia-dni"]
    ticks = {"acepta": asked, "acepta-vistos": asked}
    sent = send(client, berta, **NOTED, **FORBIDDEN, **ticks, action="submit")
    assert sent.status_code == 302
    (kept,) = draft_of(client).avisos_aceptados
    assert (kept["id"], kept["user"], kept["by"]) == (asked[0], "berta", berta.pk)
    assert Entry.objects.filter(what="tramite.warning_accepted", by=berta, subject=CODIGO).count() == 1
    decide(client, rosa)
    assert published(CODIGO).ficha.es["requisitos.ruc"] == "Copia simple del DNI."
    assert [entry["id"] for entry in page_of().avisos_aceptados] == asked
    again = send(
        client, berta, **NOTED, **{"requisitos-0-texto": "Copia del DNI del gerente."}, action="submit"
    )
    assert "Hay avisos sin aceptar" in again.content.decode()


def test_a_box_that_is_unticked_takes_the_acceptance_back(client: Client, berta: User) -> None:
    send(client, berta, **FORBIDDEN)
    asked = boxes(client)
    send(client, berta, acepta=asked, **{"acepta-vistos": asked})
    assert len(draft_of(client).avisos_aceptados) == 1
    send(client, berta, **{"acepta-vistos": asked})
    assert draft_of(client).avisos_aceptados == []


def test_nobody_accepts_what_was_not_found(client: Client, berta: User) -> None:
    send(client, berta, acepta=["prohibido-foto.requisitos.x.00000000"], **{"acepta-vistos": ["x"]})
    assert draft_of(client).avisos_aceptados == []


def test_a_new_fee_under_the_old_source_is_asked_about(client: Client, berta: User) -> None:
    refused = send(client, berta, **NOTED, **{"costos-0-monto": "175.50"}, action="submit")
    assert "El costo cambió y la fuente es la misma de antes." in refused.content.decode()


def test_an_autosave_brings_the_summary_and_the_panel_up_to_date(client: Client, berta: User) -> None:
    client.force_login(berta)
    answer = client.post(
        edit_url(), form_of(client) | FORBIDDEN, headers={"Accept": "application/json"}
    ).json()
    assert answer["success"]
    assert "<template data-comprobacion>" in answer["html"]
    assert answer["html"].count("La entidad no puede pedir copia del DNI") == 2
    assert "[data-side-panel=&#x27;comprobacion&#x27;]" in answer["html"] or (
        "[data-side-panel='comprobacion']" in answer["html"]
    )


def test_the_panel_gives_the_legal_basis_without_numbers_of_the_consolidated_text(
    client: Client, berta: User
) -> None:
    send(client, berta, **FORBIDDEN)
    html = client.get(edit_url()).content.decode()
    assert "Ley 27444, artículo 40.1.10" in html
    assert "TUO" not in html


def test_periods_that_cross_lead_to_their_row(client: Client, berta: User) -> None:
    client.force_login(berta)
    data = with_row(form_of(client), "costos", clave="inscripcion-2027", monto="170", desde="2027-01-01")
    refused = client.post(edit_url(), {**data, **NOTED, "action-submit": "1"})
    errors = refused.context["form"].formsets["costos"].forms[1].errors
    assert "los periodos de «inscripcion» y «inscripcion-2027» se cruzan" in str(errors["desde"])


def test_a_draft_with_many_faults_is_read_as_far_as_it_goes(client: Client, berta: User) -> None:
    page = page_of()
    row = page.costos.all()[0]
    row.monto, row.clave = None, "con espacio"
    page.costos = [row]
    first, second = page.requisitos.all()
    first.texto = ""
    page.requisitos = [first, second, type(second)(clave=second.clave, texto="Otra vez")]
    page.title, page.nivel = "", "otro"
    page.aspectos = [*page.aspectos.all()]
    page.aspectos.all()[0].fecha = "ayer"
    report = report_of(page)
    told = {(finding.aspecto, finding.campo) for finding in report.errors}
    assert {
        ("costo", "clave"),
        ("requisitos", "texto"),
        ("requisitos", "clave"),
        ("descripcion", "fecha"),
    } <= told
    assert all(finding.mensaje.endswith(".") for finding in report.errors)
    assert not [
        finding for finding in report.errors if "should" in finding.mensaje or "Input" in finding.mensaje
    ]


def test_an_approval_of_what_does_not_hold_is_told_and_changes_nothing(
    client: Client, berta: User, rosa: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    revision = waiting().revision
    assert problems_of_revision(revision) == []
    revision.content["requisitos"][0]["texto"] = ""
    revision.content["costos"][0]["monto"] = None
    revision.save()
    assert len(problems_of_revision(revision)) == 2
    before = published(CODIGO).revision
    assert decide(client, rosa).status_code == 200
    assert published(CODIGO).revision == before


def test_the_uit_is_kept_by_reviewers_and_by_nobody_else(client: Client, berta: User, rosa: User) -> None:
    url = reverse(f"{Uit.snippet_viewset.url_namespace}:add")
    values = {"anio": "2027", "monto": "5700.00", "norma": "Decreto Supremo de prueba", "fuente": ""}
    client.force_login(berta)
    assert client.post(url, values).status_code == 302
    assert not Uit.objects.filter(anio=2027).exists()
    client.force_login(rosa)
    client.post(url, values)
    assert Uit.objects.get(anio=2027).monto == 5700


def test_all_that_is_wrong_is_told_at_once(client: Client, berta: User) -> None:
    """The note, the norm, a finding of the rules and what the form refuses: one round, not four."""
    client.force_login(berta)
    data = form_of(client) | {"action-submit": "1", "nota_cambio": "", "norma_cambio": ""}
    wrong = data | {"title": "Otro nombre", "requisitos-0-texto": ""}
    told = client.post(edit_url(), wrong).content.decode()
    for sentence in (NEEDS_NOTE, NEEDS_NORM):
        assert sentence in told
    refused = data | {"title": "", "slug": "un slug malo"}
    told = client.post(edit_url(), refused).content.decode()
    for sentence in (NEEDS_NOTE, NEEDS_NORM, "no se ha enviado"):
        assert sentence in told
