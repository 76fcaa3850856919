"""What is said while a ficha is being talked of: it stays the subject until another is named."""

import pytest

from cms.search import resolving
from cms.search.following import Meant
from cms.search.index import this_node
from cms.search.reading import read
from cms.search.resolving import resolve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        "¿Imakunatam necesitani?",
        "imatan apasaq",
        "chaymantarí imata apani",
        "hayka unayta suyani",
        "hayka punchawpitaq quwanqaku",
        "maypitaq chayta ruwasaq",
        "kuanto kuesta",
        "cuanto me sale eso",
        "cuanto tengo q pagar en total",
        "tengo que llevar fotos",
        "se puede por yape",
    ],
)
def test_what_names_nothing_is_about_the_subject(seeded: None, said: str) -> None:
    found = resolve(said, "es", "reniec-dni-duplicado")
    assert (found.decision, found.codigo) == ("context", "reniec-dni-duplicado")


@pytest.mark.parametrize("said", ["¿y la licencia de caza?", "¿y el brevete de avión?", "¿y la visa gringa?"])
def test_a_name_that_is_not_here_never_gets_the_facts_of_the_subject(seeded: None, said: str) -> None:
    assert resolve(said, "es", "migraciones-pasaporte").codigo != "migraciones-pasaporte"


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("¿necesito mi acta?", "migraciones-pasaporte"),
        ("¿tengo que llevar mi DNI vencido?", "pj-antecedentes-penales"),
    ],
)
def test_a_word_of_another_never_changes_the_subject_for_sure(seeded: None, said: str, subject: str) -> None:
    found = resolve(said, "es", subject)
    assert found.decision in ("which", "context")
    assert subject in (found.codigo, *(hit.codigo for hit in found.candidates))


def test_what_would_be_meant_otherwise_is_told_beside_the_subject(seeded: None) -> None:
    found = resolve("¿necesito mi acta?", "es", "migraciones-pasaporte")
    assert (found.decision, found.codigo) == ("context", "migraciones-pasaporte")
    assert [hit.codigo for hit in found.candidates] == ["reniec-acta-nacimiento"]


@pytest.mark.parametrize("said", ["libreta militar", "sacar libreta militar"])
def test_what_no_ficha_covers_is_not_about_the_subject(seeded: None, said: str) -> None:
    assert resolve(said, "es", "migraciones-pasaporte").codigo != "migraciones-pasaporte"


def test_what_was_told_of_before_can_be_come_back_to(seeded: None) -> None:
    found = resolve("¿y el otro cuánto cuesta?", "es", "reniec-dni-duplicado", told=["migraciones-pasaporte"])
    assert "migraciones-pasaporte" in (found.codigo, *(hit.codigo for hit in found.candidates))


def beside(text: str, talked_of: str, likely: float, other: str, else_likely: float) -> resolving.Decided:
    """What is decided where the ficha talked of is as `likely`, and `other` the rest of it."""
    with this_node.reading() as searcher:
        said = read(searcher, text)
    found = [
        Meant(resolving._stored(said.names, codigo), share, rest, stays=codigo == talked_of)  # type: ignore[arg-type]
        for codigo, share, rest in ((talked_of, likely, 0.0), (other, else_likely, 1.0))
    ]
    return resolving._beside(said, sorted(found, key=lambda one: -one.likely))


@pytest.mark.parametrize(
    ("text", "likely", "decision"),
    [
        ("¿y cuánto demora?", 0.60, "context"),
        ("¿y cuánto demora?", 0.50, "which"),
        ("¿y cuánto cuesta el pasaporte?", 0.60, "which"),
        ("¿necesito mi pasaporte?", 0.90, "context"),
        ("¿y cuánto cuesta el pasaporte?", 0.10, "sure"),
        ("¿y cuánto cuesta el pasaporte?", 0.30, "which"),
        ("¿y cuánto cuesta el pasaporte dorado?", 0.10, "which"),
    ],
)
def test_who_names_another_is_told_of_the_subject_only_where_it_is_plain(
    seeded: None, text: str, likely: float, decision: str
) -> None:
    found = beside(text, "sis-gratuito", likely, "migraciones-pasaporte", 1.0 - likely)
    assert found[0] == decision


def test_a_bare_name_of_one_town_is_asked_about_and_not_told(
    seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resolve("antecedentes penales", "es", "migraciones-pasaporte").decision == "sure"
    monkeypatch.setattr(resolving, "is_elsewhere", lambda _said, _hit: True)
    assert resolve("antecedentes penales", "es", "migraciones-pasaporte").decision == "which"


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("Y volviendo a lo del pasaporte, ¿se puede pedir por internet?", "migraciones-pasaporte"),
        ("vuelvo al récord, ¿cuánto se paga?", "mininter-antecedentes-policiales"),
        ("regresando a los antecedentes, cuánto era", "mininter-antecedentes-policiales"),
    ],
)
@pytest.mark.parametrize("context", ["migraciones-pasaporte", "mininter-antecedentes-policiales"])
def test_who_goes_back_to_what_was_talked_of_is_told_of_that(
    seeded: None, said: str, codigo: str, context: str
) -> None:
    told = ["migraciones-pasaporte", "mininter-antecedentes-policiales"]
    found = resolve(said, "es", context, told=told)
    assert found.codigo == codigo
    assert found.decision == ("context" if codigo == context else "sure")


def test_who_goes_back_to_what_was_not_talked_of_is_read_as_ever(seeded: None) -> None:
    found = resolve(
        "volviendo al brevete, ¿cuánto cuesta?",
        "es",
        "migraciones-pasaporte",
        told=["migraciones-pasaporte"],
    )
    assert found.codigo != "migraciones-pasaporte"
