"""Whoever follows an entidad hears of its changes, with the norm, and of nothing that did not change."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from cms.tramites.operations import publish_ficha, save_translations, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Traduccion, seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
DNI = "reniec-dni-duplicado"
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 our own
    own = next(link.get("href") for link in tree.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own == settings.PUBLIC_URL + path
    return [
        {
            "id": str(entry.findtext(f"{ATOM}id")),
            "title": str(entry.findtext(f"{ATOM}title")),
            "text": str(entry.findtext(f"{ATOM}summary")),
            "link": str(entry.find(f"{ATOM}link").get("href")),  # type: ignore[union-attr]
        }
        for entry in tree.iter(f"{ATOM}entry")
    ]


def raise_the_fee() -> None:
    ficha = published(DNI).ficha
    rows = [
        row.model_copy(update={"monto": Decimal("41.70")}) if row.monto == Decimal("33.00") else row
        for row in ficha.hechos.costos
    ]
    facts = ficha.hechos.model_copy(update={"costos": rows})
    publish_ficha(
        ficha.model_copy(update={"hechos": facts}), by=None, note="Sube la tasa", norm="RJ 100-2026"
    )


def test_what_the_portal_was_filled_with_is_no_change(client: Client) -> None:
    assert entries(client, "/es/cambios.xml") == []


def test_a_new_fee_is_told_with_its_norm_to_who_follows_the_entidad_and_to_nobody_else(
    client: Client,
) -> None:
    raise_the_fee()
    (told,) = entries(client, "/es/entidades/reniec/cambios.xml")
    assert told["title"].startswith("Cambió: ")
    assert "(Cuánto cuesta)" in told["title"]
    assert "Sube la tasa" in told["text"]
    assert "RJ 100-2026" in told["text"]
    assert told["link"] == f"{settings.PUBLIC_URL}/es/tramites/{DNI}/"
    assert entries(client, "/es/cambios.xml") == [told]
    assert entries(client, "/es/entidades/migraciones/cambios.xml") == []


def test_in_quechua_what_happened_is_said_in_quechua(client: Client) -> None:
    raise_the_fee()
    (told,) = entries(client, "/qu/entidades/reniec/cambios.xml")
    assert told["title"].startswith("Cambiasqa: ")
    assert told["link"] == f"{settings.PUBLIC_URL}/qu/tramites/{DNI}/"


def test_a_translation_is_no_change_and_a_withdrawal_is_with_its_reason(client: Client) -> None:
    spanish = published(DNI).ficha.es["nombre"]
    save_translations(DNI, {"nombre": Traduccion(texto="DNI musuqmanta", sello=seal(spanish))}, by=None)
    assert entries(client, "/es/cambios.xml") == []
    withdraw(DNI, by=None, why="Lo reemplaza el DNI digital")
    (told,) = entries(client, "/es/entidades/reniec/cambios.xml")
    assert told["title"].startswith("Retirado: ")
    assert "Lo reemplaza el DNI digital" in told["text"]


def test_each_change_has_an_address_of_its_own_for_good(client: Client) -> None:
    raise_the_fee()
    withdraw(DNI, by=None, why="Ya no se hace")
    first = [row["id"] for row in entries(client, "/es/cambios.xml")]
    assert len(set(first)) == 2
    assert [row["id"] for row in entries(client, "/qu/cambios.xml")] == first


def test_an_entidad_that_is_not_there_has_no_feed(client: Client) -> None:
    assert client.get("/es/entidades/no-hay/cambios.xml").status_code == 404
