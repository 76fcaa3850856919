"""What may be meant while a ficha is being talked of: each with its share, the one talked of among them."""

import pytest

from cms.search.following import Meant, meant, shares
from cms.search.index import this_node
from cms.search.ranking import Scored
from cms.search.reading import read

pytestmark = pytest.mark.django_db

DUPLICADO, RENOVACION = "reniec-dni-duplicado", "reniec-dni-renovacion"


def beside(text: str, codigo: str) -> dict[str, Meant]:
    """Codigo -> what may be meant by `text`, while `codigo` is being talked of; the likeliest first."""
    with this_node.reading() as searcher:
        said = read(searcher, text)
        stored = said.names.held.document(codigo)
        assert stored is not None
        found = meant(searcher, said, Scored(codigo, 1.0, 1.0, 1.0, stored))
    return {one.hit.codigo: one for one in found}


def test_shares_are_of_one_whole_and_keep_the_order() -> None:
    found = shares({"a": 800.0, "b": 799.0, "c": -800.0})
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["a"] > found["b"] > found["c"] >= 0.0


def test_shares_of_nothing_are_nothing() -> None:
    assert shares({}) == {}


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
