"""Names in a question and what people asked of a ficha, weighed together."""

from dataclasses import replace

import pytest

from cms.search.asked import Heard
from cms.search.index import this_node
from cms.search.reading import Read, read
from cms.search.resolving import resolve
from cms.search.weighing import Likely, shares, sides, sides_of_none, weigh

pytestmark = pytest.mark.django_db
PASAPORTE, DUPLICADO = "migraciones-pasaporte", "reniec-dni-duplicado"


@pytest.fixture
def said(seeded: None) -> Read:
    with this_node.reading() as searcher:
        return read(searcher, "cuánto cuesta el pasaporte")


def by_codigo(found: list[Likely]) -> dict[str, Likely]:
    return {one.hit.codigo: one for one in found}


def test_shares_are_of_one_whole_and_keep_the_order() -> None:
    found = shares({"a": 800.0, "b": 799.0, "c": -800.0})
    assert sum(found.values()) == pytest.approx(1.0)
    assert found["a"] > found["b"] > found["c"] >= 0.0


def test_shares_of_nothing_are_nothing() -> None:
    assert shares({}) == {}


def test_the_fichas_and_none_of_them_share_one_whole(said: Read) -> None:
    found = weigh(said)
    assert 0.0 < sum(one.share for one in found) < 1.0
    assert sum(one.among for one in found) == pytest.approx(1.0)


def test_what_people_asked_of_a_ficha_makes_it_likelier(said: Read) -> None:
    less = replace(said, heard=Heard({PASAPORTE: 0.2, DUPLICADO: 0.2}, 1.0))
    more = replace(said, heard=Heard({PASAPORTE: 0.8, DUPLICADO: 0.2}, 1.0))
    assert by_codigo(weigh(more))[PASAPORTE].among > by_codigo(weigh(less))[PASAPORTE].among


def test_one_that_no_word_names_is_a_candidate_while_it_is_public(said: Read) -> None:
    found = by_codigo(weigh(replace(said, heard=Heard({"sis-gratuito": 0.8, "gone": 0.2}, 1.0))))
    assert "sis-gratuito" in found
    assert "gone" not in found


def test_words_nobody_ever_said_speak_against_all(said: Read) -> None:
    known = weigh(replace(said, heard=Heard(said.heard.likely, 1.0)))
    unknown = weigh(replace(said, heard=Heard(said.heard.likely, 0.3)))
    assert unknown[0].share < known[0].share
    assert unknown[0].among == pytest.approx(known[0].among)


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("me asaltaron y se llevaron mi documento, necesito otro igual", "reniec-dni-duplicado"),
        ("necesito el papel que diga que no tengo juicios ni condenas para un trabajo", "pj-antecedentes-penales"),
    ],
)  # fmt: skip
def test_a_purpose_told_without_the_name_is_told_or_offered(seeded: None, said: str, codigo: str) -> None:
    found = resolve(said, "es")
    assert codigo in (found.codigo, *(one.codigo for one in found.candidates))


def test_a_strange_word_beside_the_name_is_asked_about(seeded: None) -> None:
    assert resolve("cuánto cuesta el pasaporte dorado", "es").decision != "sure"
    assert resolve("cuánto cuesta el pasaporte", "es").codigo == PASAPORTE


def test_every_side_but_a_logarithm_is_a_share_of_one(said: Read) -> None:
    """The weights belong to the sides: a weight written into a side as well would count it twice, or more."""
    for own in (sides_of_none(said), *(own for _hit, own in sides(said).values())):
        assert all(0.0 <= value <= 1.0 for name, value in own.items() if name != "heard"), own
    assert sides_of_none(said)["none"] == 1.0
