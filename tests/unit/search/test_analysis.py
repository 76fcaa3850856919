import pytest

from cms.search.analysis import units


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("licenciayta", "licencia"),
        ("licenciata", "licencia"),
        ("renovayta", "renovación"),
        ("renové", "renovacion"),
        ("DNIyta", "dni"),
        ("certificadokunata", "certificado"),
        ("antecedentes", "antecedente"),
        ("inscripciones", "inscripción"),
        ("pasaportiypaq", "pasaporte"),
        ("chinkachirqani", "chinkarun"),
    ],
)
def test_two_forms_of_a_word_are_one(said: str, meant: str) -> None:
    assert set(units(said)[0]) & set(units(meant)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [("penales", "policiales"), ("acta", "apta"), ("pasaporte", "pasantía"), ("matrimonio", "patrimonio")],
)
def test_two_words_are_two(one: str, other: str) -> None:
    assert not set(units(one)[0]) & set(units(other)[0])


def test_what_only_asks_names_nothing() -> None:
    assert units("¿y qué es lo que yo tengo que hacer por favor?") == []
    assert units("imatataq ruwasaq ama hina kaspayki") == []


def test_a_long_number_names_nothing_and_a_short_one_may() -> None:
    assert units("45678912") == []
    assert len(units("pensión 65")) == 2
