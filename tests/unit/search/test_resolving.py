import pytest

from cms.search.index import this_node
from cms.search.queries import search
from cms.search.reading import read
from cms.search.resolving import Offered, names_something, resolve

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("se me perdio mi dni q hago", "reniec-dni-duplicado"),
        ("DNIyta chinkarachini imatataq ruwasaq", "reniec-dni-duplicado"),
        ("renovar dni", "reniec-dni-renovacion"),
        ("partida de nacimiento", "reniec-acta-nacimiento"),
        ("récord policial", "mininter-antecedentes-policiales"),
        ("antecedntes penales", "pj-antecedentes-penales"),
        ("passaporte", "migraciones-pasaporte"),
        ("quiero el registro de proveedores de la oece", "osce-rnp"),
        ("SISman yaykuyta munani", "sis-gratuito"),
    ],
)
def test_a_ficha_well_named_is_sure(seeded: None, said: str, codigo: str) -> None:
    found = resolve(said, "es")
    assert (found.decision, found.codigo) == ("sure", codigo)


def test_one_word_for_three_is_asked_about(seeded: None) -> None:
    found = resolve("antecedentes", "es")
    assert found.decision == "which"
    assert {hit.codigo for hit in found.candidates} == {
        "mininter-antecedentes-policiales",
        "pj-antecedentes-penales",
        "inpe-antecedentes-judiciales",
    }


def test_a_question_that_names_nothing_is_about_the_ficha_in_context(seeded: None) -> None:
    found = resolve("¿y cuánto cuesta?", "es", "migraciones-pasaporte")
    assert (found.decision, found.codigo) == ("context", "migraciones-pasaporte")


def test_without_context_it_is_about_none(seeded: None) -> None:
    assert resolve("¿y cuánto cuesta?", "es").decision == "none"


def test_where_one_lives_does_not_name_another_tramite(seeded: None) -> None:
    found = resolve("¿y si vivo en Puno?", "es", "migraciones-pasaporte")
    assert (found.decision, found.codigo) == ("context", "migraciones-pasaporte")


@pytest.mark.parametrize("said", ["¿y cuánto cuesta la visa gringa?", "¿y el brevete de avión?"])
def test_a_name_not_known_here_is_never_taken_for_the_ficha_in_context(seeded: None, said: str) -> None:
    found = resolve(said, "es", "migraciones-pasaporte")
    assert found.codigo != "migraciones-pasaporte"


def test_naming_another_changes_the_subject(seeded: None) -> None:
    assert (
        resolve("¿y los antecedentes penales?", "es", "migraciones-pasaporte").codigo
        == "pj-antecedentes-penales"
    )


def test_a_sister_of_the_ficha_in_context_is_found_by_its_difference(seeded: None) -> None:
    assert resolve("¿y la renovación?", "es", "reniec-dni-duplicado").codigo == "reniec-dni-renovacion"


def test_a_word_for_several_is_asked_about_whatever_was_talked_of(seeded: None) -> None:
    found = resolve("antecedentes", "es", "reniec-dni-renovacion")
    assert (found.decision, found.codigo) == ("which", None)


def test_a_word_for_several_means_the_one_being_talked_of(seeded: None) -> None:
    found = resolve("¿y cuánto cuestan los antecedentes?", "es", "pj-antecedentes-penales")
    assert (found.decision, found.codigo) == ("context", "pj-antecedentes-penales")


def test_a_context_that_is_gone_is_no_context(seeded: None) -> None:
    assert resolve("¿cuánto cuesta?", "es", "no-existe").decision == "none"


def test_a_place_of_the_network_is_named_with_the_network(seeded: None) -> None:
    assert resolve("¿dónde queda el MAC de Piura?", "es").sede == "centro-mac-piura"
    assert resolve("mac Piurapi maypim kachkan", "qu").sede == "centro-mac-piura"
    assert resolve("pasaporte en Piura", "es").sede is None


def test_the_network_without_a_place_offers_its_centres(seeded: None) -> None:
    found = resolve("¿a qué hora abre el MAC?", "es")
    assert found.sede is None
    assert len(found.sedes) == 4


def test_search_forgives_slips_and_says_what_it_took_them_for(seeded: None) -> None:
    page = search("pasaprote electroncio", "es")
    assert page.results[0].codigo == "migraciones-pasaporte"
    assert page.sugerencias


def test_search_shows_quechua_names_in_quechua(seeded: None) -> None:
    page = search("DNI chinkachisqa", "qu")
    assert page.results[0].codigo == "reniec-dni-duplicado"
    assert page.results[0].nombre != search("duplicado DNI", "es").results[0].nombre


@pytest.mark.parametrize("said", ["", "   ", "¿?", "🙂🙂🙂", "‮", "a" * 4000, "x " * 2000])
def test_what_says_nothing_finds_nothing(seeded: None, said: str) -> None:
    assert resolve(said, "es").decision == "none"
    assert search(said, "es").results == []


ANTECEDENTES = ("mininter-antecedentes-policiales", "pj-antecedentes-penales", "inpe-antecedentes-judiciales")


@pytest.mark.parametrize(
    ("said", "codigo"),
    [
        ("el del poder judicial, por una condena", "pj-antecedentes-penales"),
        ("el de la policía", "mininter-antecedentes-policiales"),
    ],
)
def test_one_of_those_offered_is_picked_in_ones_own_words(seeded: None, said: str, codigo: str) -> None:
    found = resolve(said, "es", offered=Offered(ANTECEDENTES, "cuánto cuestan los antecedentes"))
    assert (found.decision, found.codigo) == ("sure", codigo)


def test_whoever_asks_for_another_picks_none_of_those_offered(seeded: None) -> None:
    offered = Offered(ANTECEDENTES, "cuánto cuestan los antecedentes")
    assert (
        resolve("mejor dime cuánto cuesta el pasaporte", "es", offered=offered).codigo
        == "migraciones-pasaporte"
    )


@pytest.mark.parametrize("said", ["¿y cuánto cuesta?", "¿dónde queda?", "no sé"])
def test_what_names_nothing_picks_nothing(seeded: None, said: str) -> None:
    offered = Offered(
        ("reniec-dni-duplicado", "reniec-dni-renovacion"), "se me perdió el dni o se venció, no sé"
    )
    assert resolve(said, "es", offered=offered).decision != "sure"


def test_what_was_offered_and_is_not_public_is_not_picked(seeded: None) -> None:
    found = resolve("el de la policía", "es", offered=Offered(["gone", "gone-too"], "antecedentes"))
    assert found.codigo not in ("gone", "gone-too")


@pytest.mark.parametrize("said", ["que papeles llevo señorita", "me puede decir los requisitos por favor"])
def test_what_others_meant_who_asked_so_is_not_told_to_who_names_nothing(seeded: None, said: str) -> None:
    assert resolve(said, "es").decision == "none"


@pytest.mark.parametrize(
    ("said", "names"), [("quiero apelar", True), ("pongo una queja", True), ("¿cuánto cuesta?", False)]
)
def test_a_word_one_complains_with_is_the_name_of_some(seeded: None, said: str, names: bool) -> None:
    with this_node.reading() as searcher:
        assert names_something(read(searcher, said)) is names


@pytest.mark.parametrize(
    ("said", "context"),
    [("¿y dónde se tramita?", "migraciones-pasaporte")],
)
def test_what_is_done_with_the_one_talked_of_is_about_it(seeded: None, said: str, context: str) -> None:
    found = resolve(said, "es", context)
    assert (found.decision, found.codigo) == ("context", context)
