"""A ficha as linked data says what is in force on a day, by Lima's clock, under names that are ours to give."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza, Contacto, Costo, Evidencia

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


@pytest.fixture
def two_fees() -> None:
    """One fee until the end of 2025, another from 2026 on."""
    ficha = published(CODIGO).ficha
    row: Costo = next(row for row in ficha.hechos.costos if row.monto)
    rows = [
        row.model_copy(update={"clave": "antes", "monto": Decimal("21.10"), "hasta": date(2025, 12, 31)}),
        row.model_copy(update={"clave": "ahora", "monto": Decimal("41.70"), "desde": date(2026, 1, 1)}),
    ]
    words = {key: text for key, text in ficha.es.items() if not key.startswith("costos.")}
    facts = ficha.hechos.model_copy(update={"costos": rows})
    publish_ficha(ficha.model_copy(update={"hechos": facts, "es": words, "qu": {}}), by=None)


def linked(client: Client, query: str = "") -> dict[str, Any]:
    accept = {"Accept": "application/ld+json"}
    found: dict[str, Any] = client.get(f"/api/v1/tramites/{CODIGO}{query}", headers=accept).json()
    return found


def fees(document: dict[str, Any]) -> set[str]:
    costs = {node["mac:monto"] for node in document["@graph"] if node["@type"] == "cv:Cost"}
    twin = next(node for node in document["@graph"] if node["@type"] == "schema:GovernmentService")
    assert {offer["schema:price"] for offer in twin["schema:offers"]} == costs
    return costs


def test_a_fee_that_is_over_is_not_told_as_current(client: Client, two_fees: None) -> None:
    assert fees(linked(client)) == {"41.70"}


def test_another_day_can_be_asked_for(client: Client, two_fees: None) -> None:
    assert fees(linked(client, "?en=2025-06-01")) == {"21.10"}


def test_its_moment_carries_limas_offset(client: Client) -> None:
    twin = next(n for n in linked(client)["@graph"] if n["@type"] == "schema:GovernmentService")
    assert str(datetime.fromisoformat(twin["schema:dateModified"]).utcoffset()) == "-1 day, 19:00:00"


def test_our_own_terms_are_under_our_own_address(client: Client) -> None:
    assert linked(client)["@context"]["mac"] == f"{settings.PUBLIC_URL}/ns#"


def test_an_extension_is_no_part_of_the_telephone(client: Client) -> None:
    ficha = published(CODIGO).ficha
    rows = [Contacto(tipo="telefono", valor="01 315-4000", anexo="1234")]
    known = {Aspecto.CONTACTO: Evidencia(confianza=Confianza.ALTA, fuente="TUPA")}
    facts = ficha.hechos.model_copy(
        update={"contactos": rows, "evidencia": {**ficha.hechos.evidencia, **known}}
    )
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)
    contact = next(node for node in linked(client)["@graph"] if node["@type"] == "cv:ContactPoint")
    assert "01 315-4000, anexo 1234" in str(contact)
