from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from cms.search import ranking
from cms.tramites.models import FichaPage
from cms.tramites.schema import Aspecto

pytestmark = pytest.mark.django_db
API = "/api/v1"


def get(client: Client, path: str, **headers: str) -> Any:
    response = client.get(API + path, headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def test_the_list_counts_and_pages(client: Client) -> None:
    first = get(client, "/tramites?limit=2")
    rest = get(client, "/tramites?limit=200&offset=2")
    assert first["count"] == len(first["results"]) + len(rest["results"])
    row = first["results"][0]
    assert set(row) == {
        "codigo", "nombre", "resumen", "entidad", "locale", "nivel", "url", "revision", "actualizado_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("entidad=MIGRACIONES", {"migraciones-pasaporte"}),
        ("tema=salud", {"sis-gratuito"}),
        ("publico=empresas", {"osce-rnp", "sunarp-vigencia-poder"}),
        ("q=antecedentes+penales&limit=1", {"pj-antecedentes-penales"}),
    ],
)
def test_filters(client: Client, query: str, expected: set[str]) -> None:
    assert expected >= {row["codigo"] for row in get(client, f"/tramites?{query}")["results"]} != set()


def test_the_whole_ficha_has_every_aspect_with_its_evidence(client: Client) -> None:
    whole = get(client, "/tramites/reniec-dni-duplicado")
    assert [row["aspecto"] for row in whole["aspectos"]] == [str(aspecto) for aspecto in Aspecto]
    cost = next(row for row in whole["aspectos"] if row["aspecto"] == "costo")
    assert (cost["confianza"], cost["fecha"], bool(cost["fuente"])) == ("media", "2025-10-04", True)
    assert "33.00" in [row["monto"] for row in whole["hechos"]["costos"]]


def test_what_quechua_lacks_is_listed(client: Client) -> None:
    assert get(client, "/tramites/osce-rnp?locale=qu")["faltantes"]
    assert get(client, "/tramites/reniec-dni-duplicado?locale=qu")["faltantes"] == []


def test_a_blank_is_an_answer(client: Client) -> None:
    said = get(client, "/tramites/sunarp-vigencia-poder/aspectos/costo?locale=qu")
    assert (said["confianza"], said["fuente"]) == ("sin_dato", None)
    assert "SUNARP" in said["texto"]


def test_moments_carry_limas_offset(client: Client) -> None:
    at = datetime.fromisoformat(get(client, "/tramites/osce-rnp")["actualizado_at"])
    assert at.utcoffset() is not None
    assert str(at.utcoffset()) == "-1 day, 19:00:00"


def test_an_older_revision_can_be_read_and_the_history_says_why(client: Client) -> None:
    before = get(client, "/tramites/osce-rnp")["revision"]
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.title, page.nota_cambio, page.norma_cambio = "Otro nombre", "Cambia el nombre", "RJ 1"
    page.save_revision().publish()
    assert get(client, "/tramites/osce-rnp")["nombre"] == "Otro nombre"
    assert get(client, f"/tramites/osce-rnp?revision={before}")["aspectos"]
    newest = get(client, "/tramites/osce-rnp/revisiones")["results"][0]
    assert (newest["nota"], newest["norma"], newest["cambios"]) == ("Cambia el nombre", "RJ 1", ["es.nombre"])


def test_every_get_can_be_asked_again_for_nothing(client: Client) -> None:
    for path in (
        "/tramites",
        "/tramites/osce-rnp",
        "/search?q=dni",
        "/entidades",
        "/sedes",
        "/aspectos",
        "/lexicon",
    ):
        first = client.get(API + path)
        again = client.get(API + path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_an_etag_changes_with_the_ficha(client: Client) -> None:
    before = client.get(f"{API}/tramites/osce-rnp")["ETag"]
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.title = "Otro nombre"
    page.save_revision().publish()
    assert client.get(f"{API}/tramites/osce-rnp")["ETag"] != before


def test_any_origin_may_read(client: Client) -> None:
    assert client.get(f"{API}/aspectos")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tramites/no-existe", 404),
        ("/tramites/osce-rnp?revision=99", 404),
        ("/entidades/no-existe", 404),
        ("/sedes/no-existe", 404),
        ("/tramites/osce-rnp/aspectos/precio", 422),
        ("/tramites?limit=100000", 422),
        ("/tramites/osce-rnp?en=ayer", 422),
    ],
)
def test_errors_are_problem_documents_in_the_language_asked_for(
    client: Client, path: str, status: int
) -> None:
    titles = []
    for locale in ("es", "qu"):
        separator = "&" if "?" in path else "?"
        response = client.get(f"{API}{path}{separator}locale={locale}")
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
        titles.append(response.json()["title"])
    assert titles[0] != titles[1]


def test_a_language_there_is_not_is_refused_and_not_guessed(client: Client) -> None:
    assert client.get(f"{API}/tramites?locale=fr").status_code == 422


def test_the_feed_goes_on_where_it_was_left(client: Client) -> None:
    cursor = get(client, "/changes?limit=200")["next"]
    FichaPage.objects.get(codigo="osce-rnp").unpublish()
    rows = get(client, f"/changes?since={cursor}")["results"]
    assert [(row["codigo"], row["tipo"]) for row in rows] == [("osce-rnp", "withdrawn")]


def test_a_withdrawn_ficha_is_in_none_of_the_doors(client: Client, fresh_index: None) -> None:
    FichaPage.objects.get(codigo="osce-rnp").unpublish()
    assert client.get(f"{API}/tramites/osce-rnp").status_code == 404
    assert client.get(f"{API}/tramites/osce-rnp/aspectos/costo").status_code == 404
    doors = (
        "/tramites?limit=200",
        "/search?q=proveedores+del+estado",
        "/lexicon",
        "/resolve?q=rnp+proveedores",
    )
    for door in doors:
        assert "osce-rnp" not in client.get(API + door).content.decode(), door


def test_what_was_told_of_before_is_offered_when_it_is_come_back_to(client: Client) -> None:
    asked = "/resolve?q=y+el+otro+cuánto+cuesta&codigo=reniec-dni-duplicado"
    found = get(client, f"{asked}&told=migraciones-pasaporte,%20,gone")
    assert "migraciones-pasaporte" in (found["codigo"], *(one["codigo"] for one in found["candidates"]))


def test_one_of_those_offered_is_picked_by_what_was_asked_before(client: Client) -> None:
    offered = "mininter-antecedentes-policiales,pj-antecedentes-penales"
    found = get(
        client, f"/resolve?q=el+de+la+policía&offered={offered}&before=cuánto+cuestan+los+antecedentes"
    )
    assert (found["decision"], found["codigo"]) == ("sure", "mininter-antecedentes-policiales")


@pytest.mark.parametrize("name", ["told", "offered", "before"])
def test_more_of_a_conversation_than_there_can_be_is_refused(client: Client, name: str) -> None:
    assert client.get(f"{API}/resolve?q=dni&{name}={'x' * 4001}").status_code == 422


def test_an_entity_is_found_whatever_the_case_of_its_id(client: Client) -> None:
    assert get(client, "/entidades/RENIEC")["id"] == "reniec"
    assert get(client, "/entidades")["count"] == 51


def test_a_centre_that_is_also_express_is_one_place_in_both_lists(client: Client) -> None:
    centres = {row["id"] for row in get(client, "/sedes?tipo=centro")["results"]}
    express = {row["id"]: row for row in get(client, "/sedes?tipo=express")["results"]}
    assert (len(centres), len(express), len(centres & set(express))) == (19, 104, 15)
    assert express["centro-mac-piura"]["tipos"] == ["centro", "express"]


def test_what_is_not_known_of_a_place_is_null(client: Client) -> None:
    place = get(client, "/sedes/tambo-camicachi")
    assert [place[name] for name in ("region", "horario", "abierto_ahora")] == [None, None, None]


def test_linked_data_names_the_service_and_its_fee(client: Client) -> None:
    response = client.get(
        f"{API}/tramites/mininter-antecedentes-policiales", headers={"Accept": "application/ld+json"}
    )
    assert response["Content-Type"] == "application/ld+json"
    nodes = {str(node["@type"]): node for node in response.json()["@graph"]}
    service = nodes["cpsv:PublicService"]
    assert service["dct:identifier"] == "mininter-antecedentes-policiales"
    assert {text["@language"] for text in service["dct:title"]} == {"es", "qu"}
    assert nodes["cv:Cost"]["cv:hasValue"]["@value"] in ("5.40", "8.50")
    assert nodes["schema:GovernmentService"]["schema:provider"] == service["cv:hasCompetentAuthority"]


def test_the_description_of_the_api_names_every_promise(client: Client) -> None:
    paths = set(get(client, "/openapi.json")["paths"])
    promised = {
        "/api/v1/tramites", "/api/v1/tramites/{codigo}", "/api/v1/tramites/{codigo}/aspectos/{aspecto}",
        "/api/v1/tramites/{codigo}/revisiones", "/api/v1/search", "/api/v1/entidades", "/api/v1/entidades/{id}",
        "/api/v1/sedes", "/api/v1/sedes/{id}", "/api/v1/aspectos", "/api/v1/changes", "/api/v1/lexicon",
        "/api/v1/conversations",
    }  # fmt: skip
    assert promised <= paths


def test_the_browsable_description_asks_nothing_of_another_host(client: Client) -> None:
    page = client.get(f"{API}/docs").content.decode()
    assert "https://" not in page


def test_filters_come_before_the_best_are_cut_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two entities' fichas with the same word, the one asked for is found though the other's come first."""
    monkeypatch.setattr(ranking, "CANDIDATES", 1)
    for entidad, codigo in (("pj", "pj-antecedentes-penales"), ("inpe", "inpe-antecedentes-judiciales")):
        found = get(client, f"/tramites?q=antecedentes&entidad={entidad}")
        assert (found["count"], [row["codigo"] for row in found["results"]]) == (1, [codigo])


def test_a_searched_list_counts_all_of_it_and_pages(client: Client) -> None:
    whole = get(client, "/tramites?q=antecedentes")
    assert whole["count"] == len(whole["results"]) >= 3
    pages = [get(client, f"/tramites?q=antecedentes&limit=1&offset={n}") for n in range(whole["count"])]
    assert [page["results"] for page in pages] == [[row] for row in whole["results"]]
    assert {page["count"] for page in pages} == {whole["count"]}


def test_the_feed_counts_what_is_still_to_come(client: Client) -> None:
    first = get(client, "/changes?limit=2")
    rest = get(client, f"/changes?limit=200&since={first['next']}")
    assert (first["count"], rest["count"]) == (2 + len(rest["results"]), len(rest["results"]))
