"""The fichas `make bench` deals: as many as wanted, all different, and in the database as if published one by one."""

import pytest
from django.conf import settings
from wagtail.models import Page

from cms.search.queries import search
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import EntidadPage, FichaPage
from cms.tramites.queries import published
from cms.tramites.schema import Ficha
from cms.tramites.seed import read_fichas
from tests.bench.fichas import Country
from tests.bench.writing import Shelves, make_towns, write

COUNT = 400
ENTITIES = ("mtpe", "reniec", "sunarp")


@pytest.fixture(scope="module")
def seed() -> list[Ficha]:
    return list(read_fichas(settings.CONTENT_DIR / "fichas"))


@pytest.fixture
def country(seed: list[Ficha]) -> Country:
    return Country(seed, ENTITIES)


def test_the_same_fichas_each_time(seed: list[Ficha]) -> None:
    first, again = (list(Country(seed, ENTITIES).fichas(50)) for _ in range(2))
    assert first == again


def test_no_two_are_alike(country: Country, seed: list[Ficha]) -> None:
    dealt = list(country.fichas(COUNT))
    codes = {ficha.codigo for ficha in dealt}
    assert len(codes) == COUNT
    assert not codes & {ficha.codigo for ficha in seed}
    assert len({ficha.es["nombre"] for ficha in dealt}) > 0.9 * COUNT
    words = {word for ficha in dealt for word in ficha.es["nombre"].lower().split()}
    assert len(words) > COUNT


def test_they_are_of_few_large_and_many_small_entities_and_in_two_languages(country: Country) -> None:
    dealt = list(country.fichas(COUNT))
    by_entity = {ficha.hechos.entidad for ficha in dealt}
    assert len(by_entity) > 50
    assert sum(ficha.hechos.entidad == country.largest for ficha in dealt) > COUNT / 5
    assert sum(bool(ficha.qu) for ficha in dealt) > COUNT / 4
    assert any(ficha.is_stale(key) for ficha in dealt for key in ficha.qu)
    assert {ficha.hechos.nivel for ficha in dealt} == {"completa", "basica"}


@pytest.mark.django_db
def test_what_is_written_in_bulk_is_as_if_published(fresh_index: None, country: Country) -> None:
    dealt = list(country.fichas(40))
    make_towns(country.towns)
    shelves = Shelves()
    write(dealt[:20], shelves)
    write(dealt[20:], shelves)
    assert not any(Page.find_problems())
    for ficha in dealt:
        shown = {key: word for key, word in ficha.qu.items() if word.estado != "borrador"}
        assert published(ficha.codigo).ficha == ficha.model_copy(update={"qu": shown})
        page = FichaPage.objects.get(codigo=ficha.codigo)
        assert ficha_of_page(page) == ficha.model_copy(update={"qu": {}})
        assert ficha_of_page(page.get_latest_revision_as_object()) == ficha_of_page(page)
        assert EntidadPage.objects.parent_of(page).get().entidad.codigo == ficha.hechos.entidad
        assert ficha.codigo in [hit.codigo for hit in search(ficha.es["nombre"], "es").results]
