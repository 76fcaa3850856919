"""A ficha is touched by the same notices wherever it is told: on its page, in one visit, in the chat and by the API."""

import pytest
from django.test import Client

from cms.conversations.noticing import beside
from cms.notices.queries import touched_by
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Oficina
from tests.integration.notices.conftest import Put

pytestmark = pytest.mark.django_db

DNI, OTHER = "reniec-dni-duplicado", "migraciones-pasaporte"
PLACE, REGION = "centro-mac-cusco", "Cusco"


@pytest.fixture
def done_in_cusco(seeded: None) -> None:
    ficha = published(DNI).ficha
    facts = ficha.hechos.model_copy(update={"sedes": [PLACE], "oficinas": [Oficina(entidad="sunarp")]})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)


@pytest.mark.parametrize(
    "on", [{"sedes": [PLACE]}, {"regiones": [REGION]}, {"entidades": ["sunarp"]}, {"tramites": [DNI]}]
)
def test_what_is_known_of_its_places_is_told_everywhere(
    client: Client, put: Put, done_in_cusco: None, on: dict[str, list[str]]
) -> None:
    put("Cerrado por huaico", **on)
    where = {
        "/es/tramites/{0}/": "Cerrado por huaico",
        "/es/insertar/{0}/": "Cerrado por huaico",
        "/es/visita/?t={0}": "Cerrado por huaico",
        # The greeting: all that is in force stands folded above it.
        "/es/chat/?codigo={0}": "Aviso: Cerrado por huaico",
        "/api/v1/notices?codigo={0}": "Cerrado por huaico",
    }
    for path, words in where.items():
        assert words in client.get(path.format(DNI)).content.decode(), path
        assert words not in client.get(path.format(OTHER)).content.decode(), path
    assert "Cerrado por huaico" in " ".join(beside(codigo=DNI, locale="es"))
    assert beside(codigo=OTHER, locale="es") == []


def test_one_that_is_not_public_is_touched_by_what_it_is_called_and_whose_it_is(done_in_cusco: None) -> None:
    withdraw(DNI, why="Ya no se hace.", by=None)
    touched = touched_by(codigo=DNI)
    assert touched.tramites == {DNI}
    assert {"reniec", "sunarp"} <= touched.entidades
    assert touched.sedes == touched.regiones == frozenset()
    assert touched_by(codigo="no-hay").tramites == {"no-hay"}
