"""The directory over HTTP: who offers what, where, and since when that is known."""

from typing import Any

import pytest
from django.test import Client

from cms.directory.models import Entidad, Sede

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == 200, response.content
    return response.json()


def test_an_entity_carries_its_source_and_when_that_was_confirmed(client: Client) -> None:
    rows = {row["id"]: row for row in get(client, "/entidades")["results"]}
    assert rows["reniec"]["confirmado"] == "2023-12"
    assert "Sistematización de la Plataforma MAC" in rows["reniec"]["fuente"]
    # It stands for every town hall and is in no list of the network.
    assert (rows["municipalidad"]["confirmado"], rows["municipalidad"]["fuente"]) == (None, None)


def test_an_entity_that_editors_added_claims_no_source(client: Client) -> None:
    Entidad.objects.create(codigo="nueva", nombre="Entidad nueva")
    row = get(client, "/entidades/nueva")
    assert (row["confirmado"], row["fuente"], row["sigla"]) == (None, None, None)


def test_an_entity_counts_what_it_offers_as_the_list_does(client: Client) -> None:
    for row in get(client, "/entidades")["results"]:
        assert row["tramites"] == get(client, f"/tramites?limit=1&entidad={row['id']}")["count"], row["id"]


def test_a_kind_of_place_there_is_not_is_refused(client: Client) -> None:
    assert client.get("/api/v1/sedes?tipo=foo").status_code == 422


def test_a_region_is_found_in_any_case_and_without_its_accent(client: Client) -> None:
    Sede.objects.create(codigo="mac-prueba", nombre="Centro MAC Prueba", modalidad="centro", region="Áncash")
    asked = [get(client, f"/sedes?region={said}")["results"] for said in ("Áncash", "ÁNCASH", "ancash")]
    assert [row["id"] for row in asked[0]].count("mac-prueba") == 1
    assert asked[0] == asked[1] == asked[2]


def test_names_are_in_alphabetical_order_whatever_their_accents(client: Client) -> None:
    Sede.objects.create(codigo="primera", nombre="Áabc", modalidad="tambo")
    Entidad.objects.create(codigo="primera", nombre="Áabc")
    assert get(client, "/sedes?limit=1")["results"][0]["id"] == "primera"
    assert get(client, "/entidades?limit=1")["results"][0]["id"] == "primera"
