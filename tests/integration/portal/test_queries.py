"""How often a list asks the database does not grow with how long it is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import time
from typing import Any

import pytest
from django.test import Client

from cms.directory.models import Sede, Tramo
from tests.integration.portal.checking import words
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db
Counting = Callable[[int], AbstractContextManager[Any]]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/es/sedes/", 8),
        ("/api/v1/sedes", 5),
        ("/api/v1/tramites?limit=200", 4),
        ("/es/tramites/reniec-dni-duplicado/", 6),
    ],
)
def test_a_page_asks_the_database_a_few_times(
    client: Client, seeded: None, django_assert_max_num_queries: Counting, path: str, most: int
) -> None:
    for number in range(5):
        place = Sede.objects.create(
            codigo=f"mac-{number}",
            nombre=f"MAC {number}",
            modalidad="centro",
            es_centro=True,
            horario_conocido=True,
        )
        Tramo.objects.create(sede=place, dias=[1, 2, 3, 4, 5], abre=time(8), cierra=time(9))
    client.get(path)
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_regions_are_offered_in_alphabetical_order(page: OpenPage) -> None:
    Sede.objects.create(codigo="mac-prueba", nombre="MAC Prueba", modalidad="centro", region="Áncash")
    Sede.objects.create(codigo="mac-otro", nombre="MAC Otro", modalidad="centro", region="Amazonas")
    offered = [words(option) for option in page("/es/sedes/").by_id("region").iter("option")]
    assert offered[1:3] == ["Amazonas", "Áncash"]
