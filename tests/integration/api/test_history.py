"""The history of a ficha is public and whole, and a withdrawn one is told from one that never was."""

from typing import Any

import pytest
from django.test import Client

from cms.publishing.models import Change
from cms.tramites.models import Tramite, Version
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Ficha

pytestmark = pytest.mark.django_db
API = "/api/v1"
CODIGO = "osce-rnp"


def get(client: Client, path: str) -> Any:
    response = client.get(API + path)
    assert response.status_code == 200, response.content
    return response.json()


def renamed(name: str) -> Ficha:
    ficha = published(CODIGO).ficha
    return ficha.model_copy(update={"es": {**ficha.es, "nombre": name}})


def withdrawn_and_back() -> None:
    ficha = renamed("Registro de proveedores")
    publish_ficha(ficha, by=None, note="Cambia el nombre", norm="RJ 1-2026")
    withdraw(CODIGO, by=None, why="La entidad ya no lo hace.", replaced_by="sis-gratuito")
    publish_ficha(ficha, by=None, note="Vuelve por mandato judicial", norm="Exp. 7")


def test_the_history_tells_each_version_the_withdrawal_and_the_return(client: Client) -> None:
    withdrawn_and_back()
    back, gone, changed, first = get(client, f"/tramites/{CODIGO}/revisiones")["results"]
    assert [row["tipo"] for row in (first, changed, gone, back)] == [
        "published", "changed", "withdrawn", "published",
    ]  # fmt: skip
    assert [row["revision"] for row in (first, changed, gone, back)] == [1, 2, 2, 3]
    assert (changed["nota"], changed["norma"]) == ("Cambia el nombre", "RJ 1-2026")
    assert (changed["cambios"], changed["aspectos"]) == (["es.nombre"], ["descripcion"])
    assert (gone["nota"], gone["reemplazo"]) == ("La entidad ya no lo hace.", "sis-gratuito")
    assert back["nota"] == "Vuelve por mandato judicial"
    assert first["at"] <= changed["at"] <= gone["at"] <= back["at"]


def test_each_of_two_withdrawals_keeps_its_own_reason(client: Client) -> None:
    withdrawn_and_back()
    again = renamed("Otra vez")
    withdraw(CODIGO, by=None, why="Ahora sí.")
    publish_ficha(again, by=None)
    rows = get(client, f"/tramites/{CODIGO}/revisiones")["results"]
    gone = [(row["revision"], row["nota"], row["reemplazo"]) for row in rows if row["tipo"] == "withdrawn"]
    assert gone == [(3, "Ahora sí.", None), (2, "La entidad ya no lo hace.", "sis-gratuito")]


def test_the_history_pages_over_all_of_it(client: Client) -> None:
    withdrawn_and_back()
    whole = get(client, f"/tramites/{CODIGO}/revisiones")
    pages = [get(client, f"/tramites/{CODIGO}/revisiones?limit=1&offset={n}") for n in range(whole["count"])]
    assert [page["results"] for page in pages] == [[row] for row in whole["results"]]


def test_the_ficha_tells_the_last_change_somebody_noted(client: Client) -> None:
    publish_ficha(renamed("Uno"), by=None, note="Cambia el nombre", norm="RJ 1-2026")
    publish_ficha(renamed("Dos"), by=None)  # as a translation does: without a note
    told = get(client, f"/tramites/{CODIGO}")["cambio"]
    assert (told["revision"], told["nota"], told["norma"]) == (2, "Cambia el nombre", "RJ 1-2026")
    assert get(client, f"/tramites/{CODIGO}?revision=1")["cambio"]["nota"] == "Primera carga"


def test_an_old_version_keeps_the_name_it_had(client: Client) -> None:
    before = get(client, f"/tramites/{CODIGO}")["nombre"]
    publish_ficha(renamed("Otro nombre"), by=None)
    assert get(client, f"/tramites/{CODIGO}?revision=1")["nombre"] == before
    assert get(client, f"/tramites/{CODIGO}")["nombre"] == "Otro nombre"


@pytest.mark.parametrize("door", ["", "/aspectos/costo", "/revisiones"])
def test_at_a_withdrawn_ficha_s_address_it_says_why_and_what_stands_instead(
    client: Client, door: str
) -> None:
    withdraw(CODIGO, by=None, why="La entidad ya no lo hace.", replaced_by="sis-gratuito")
    for locale, title in (("es", "Este trámite fue retirado."), ("qu", "Kay mañakuyqa qichusqañam.")):
        response = client.get(f"{API}/tramites/{CODIGO}{door}?locale={locale}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        told = response.json()
        assert (told["title"], told["retirado"], told["codigo"]) == (title, True, CODIGO)
        assert told["motivo"] == "La entidad ya no lo hace."
        assert told["reemplazo"]["url"] == f"/{locale}/tramites/sis-gratuito/"
        assert told["retirado_at"].endswith("-05:00")


def test_a_withdrawn_ficha_s_old_revision_is_not_shown_either(client: Client) -> None:
    withdraw(CODIGO, by=None, why="Ya no existe.")
    response = client.get(f"{API}/tramites/{CODIGO}?revision=1")
    assert (response.status_code, response.json()["retirado"]) == (404, True)


def test_what_never_was_is_not_called_withdrawn(client: Client) -> None:
    assert "retirado" not in client.get(f"{API}/tramites/nunca-fue").json()


def test_a_replacement_that_was_replaced_too_leads_to_the_one_in_force(client: Client) -> None:
    withdraw(CODIGO, by=None, why="Pasa al SIS.", replaced_by="sis-gratuito")
    withdraw("sis-gratuito", by=None, why="Pasa a otro.", replaced_by="migraciones-pasaporte")
    told = client.get(f"{API}/tramites/{CODIGO}").json()
    assert told["reemplazo"]["codigo"] == "migraciones-pasaporte"


def test_replacements_that_go_round_in_a_circle_lead_nowhere(client: Client) -> None:
    withdraw(CODIGO, by=None, why="Uno.", replaced_by="sis-gratuito")
    withdraw("sis-gratuito", by=None, why="Dos.")
    Tramite.objects.filter(codigo="sis-gratuito").update(reemplazo=Tramite.objects.get(codigo=CODIGO))
    assert client.get(f"{API}/tramites/{CODIGO}").json()["reemplazo"] is None


def test_the_feed_has_every_version_there_is_and_every_withdrawal(client: Client) -> None:
    withdrawn_and_back()
    cursor, rows = 0, []
    while True:
        page = get(client, f"/changes?since={cursor}&limit=3")
        rows += page["results"]
        if page["next"] == cursor:
            break
        assert page["count"] >= len(page["results"]) > 0
        cursor = page["next"]
    assert [row["cursor"] for row in rows] == sorted(Change.objects.values_list("id", flat=True))
    told = {(row["codigo"], row["revision"]) for row in rows if row["tipo"] != "withdrawn"}
    assert told == set(Version.objects.values_list("tramite__codigo", "numero"))
    assert [row["codigo"] for row in rows if row["tipo"] == "withdrawn"] == [CODIGO]


def test_what_happens_while_somebody_reads_the_feed_is_in_it_once(client: Client) -> None:
    first = get(client, "/changes?limit=5")
    publish_ficha(renamed("Entre dos páginas"), by=None)
    rest = get(client, f"/changes?since={first['next']}&limit=200")
    seen = [row["cursor"] for row in first["results"] + rest["results"]]
    assert len(seen) == len(set(seen)) == Change.objects.count()
