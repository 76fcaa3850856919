"""What may be meant while a ficha is being talked of: each with its share, the one talked of among them."""

import pytest

from cms.search.following import Meant, meant, sides
from cms.search.index import this_node
from cms.search.ranking import Scored
from cms.search.reading import read
from cms.search.resolving import OTHERWISE

pytestmark = pytest.mark.django_db

DUPLICADO, RENOVACION = "reniec-dni-duplicado", "reniec-dni-renovacion"


def beside(text: str, codigo: str, *told: str) -> dict[str, Meant]:
    """Codigo -> what may be meant by `text`, while `codigo` is being talked of; the likeliest first."""
    with this_node.reading() as searcher:
        said = read(searcher, text)
        stored = said.names.held.document(codigo)
        assert stored is not None
        found = meant(searcher, said, Scored(codigo, 1.0, 1.0, 1.0, stored), told)
    return {one.hit.codigo: one for one in found}


def test_words_that_name_nothing_are_about_the_one_talked_of(seeded: None) -> None:
    found = beside("¿y cuánto demora?", DUPLICADO)
    first = next(iter(found.values()))
    assert first.stays
    assert first.likely > 0.9


def test_what_sets_a_sister_apart_is_about_the_sister(seeded: None) -> None:
    found = beside("¿y para renovarlo?", DUPLICADO)
    assert next(iter(found)) == RENOVACION
    assert not found[RENOVACION].stays


def test_likely_otherwise_leaves_out_the_one_talked_of(seeded: None) -> None:
    found = beside("¿y cuánto demora?", DUPLICADO)
    assert found[DUPLICADO].else_likely == 0.0
    assert sum(one.else_likely for one in found.values()) == pytest.approx(1.0)
    assert sum(one.likely for one in found.values()) == pytest.approx(1.0)


def test_what_was_told_of_before_is_likelier_to_be_meant_again(seeded: None) -> None:
    words = "¿y el otro cuánto cuesta?"
    without, with_it = beside(words, DUPLICADO), beside(words, DUPLICADO, "migraciones-pasaporte")
    never = without["migraciones-pasaporte"].else_likely if "migraciones-pasaporte" in without else 0.0
    assert with_it["migraciones-pasaporte"].else_likely >= OTHERWISE > never


def test_what_is_being_talked_of_is_not_among_those_told_of_before(seeded: None) -> None:
    words = "¿y el otro cuánto cuesta?"
    with_it, without = beside(words, DUPLICADO, DUPLICADO), beside(words, DUPLICADO)
    assert with_it[DUPLICADO].likely == without[DUPLICADO].likely


def test_the_one_talked_of_has_the_side_of_staying_once_and_no_other_has_it(seeded: None) -> None:
    """The weight belongs to the side: written into it as well, it would count more than once."""
    with this_node.reading() as searcher:
        said = read(searcher, "¿y cuánto demora?")
        stored = said.names.held.document(DUPLICADO)
        assert stored is not None
        found = sides(searcher, said, Scored(DUPLICADO, 1.0, 1.0, 1.0, stored), ())
    assert {codigo: own["stays"] for codigo, (_hit, own) in found.items() if own["stays"]} == {DUPLICADO: 1.0}
