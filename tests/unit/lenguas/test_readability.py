import pytest

from lenguas.readability import fernandez_huerta, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sol", 1), ("muy", 1), ("rey", 1), ("yo", 1), ("día", 2), ("país", 2), ("quiero", 2), ("agua", 2), ("mayor", 2),
        ("guitarra", 3), ("trámite", 3), ("entidad", 3), ("ciudadano", 4), ("cooperar", 4), ("continúa", 4),
        ("averigüe", 4), ("RENIEC", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_one_says_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_words_in_short_sentences_read_easily_and_the_law_does_not() -> None:
    easy = "Lleva tu DNI. Paga en el banco. Vuelve en dos días."
    law = (
        "El procedimiento administrativo de evaluación previa sujeto a silencio negativo requiere la presentación "
        "de documentación debidamente certificada por la autoridad correspondiente."
    )
    assert fernandez_huerta(easy) > 90
    assert fernandez_huerta(law) < 40


def test_numbers_are_not_words() -> None:
    assert fernandez_huerta("Cuesta 33.00 soles.") == fernandez_huerta("Cuesta soles.")


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        fernandez_huerta("12 / 34")
