"""A name said in a story is still the name; what happened says what is needed; how sure one may be is said too."""

import pytest

from cms.search.analysis import said_words, unit
from cms.search.resolving import resolve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("para entrar de vigilante en una mina me exigen antecedentes penales", "pj-antecedentes-penales"),
        ("mi primo de Tacna viaja en enero y quiere saber del pasaporte", "migraciones-pasaporte"),
        ("PASAPORTEta munani llamkanaypaq karu suyupi", "migraciones-pasaporte"),
        ("RNPman yaykuyta munani", "osce-rnp"),
    ],
)
def test_the_words_of_a_story_do_not_drown_the_name(seeded: None, said: str, codigo: str) -> None:
    found = resolve(said, "es")
    assert (found.decision, found.codigo) == ("sure", codigo)


def test_what_is_plainly_named_is_surer_than_what_is_half_said(seeded: None) -> None:
    plain = resolve("antecedentes penales", "es")
    half = resolve("antecedentes", "es")
    assert plain.decision == "sure"
    assert half.decision == "which"
    assert 0.8 < plain.confidence <= 1.0
    assert half.confidence < 0.7


def test_nothing_is_likely_where_nothing_is_found(seeded: None) -> None:
    assert resolve("licencia para ovnis azules", "es").confidence < 0.9
    assert resolve("zzzz", "es").confidence == 0.0


@pytest.mark.parametrize(
    ("said", "meant"),
    [("hijita", "hija"), ("hijitos", "hijo"), ("empresita", "empresa"), ("abuelito", "abuelo")],
)
def test_a_diminutive_is_its_word(said: str, meant: str) -> None:
    assert unit(said)[0] == unit(meant)[0]


def test_a_visit_is_no_visa() -> None:
    assert unit("visita")[0] != unit("visa")[0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("CULta", ["cul"]),
        ("DNIykita", ["dni"]),
        ("brevete A-I", ["brevete", "a1"]),
        ("brevete a-IIb", ["brevete", "a2b"]),
        ("EsSalud", ["essalud"]),
    ],
)
def test_abbreviations_and_classes_of_licences_are_one_word(said: str, words: list[str]) -> None:
    assert said_words(said) == words
