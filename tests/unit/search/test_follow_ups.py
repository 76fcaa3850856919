"""What is said while a ficha is being talked of: it stays the subject until another is named."""

import pytest

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
        "¿y si ya venció hace rato?",
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


def test_a_word_in_common_asks_with_the_subject_first(seeded: None) -> None:
    found = resolve("¿necesito mi acta?", "es", "migraciones-pasaporte")
    assert found.decision in ("which", "context")
    assert found.codigo in (None, "migraciones-pasaporte")
