"""Language identification on labelled lines: citizens' questions in both languages, mixed, and shared words."""

import csv
from pathlib import Path

import pytest

from lenguas.identify import identify
from lenguas.tokens import tokens

ROWS = list(
    csv.DictReader((Path(__file__).parent / "languages.csv").read_text(encoding="utf-8").splitlines())
)
SHORT = 3


def _texts(*languages: str) -> list[tuple[str, str]]:
    return [(row["language"][:2], row["text"]) for row in ROWS if row["language"] in languages]


def _accuracy(lines: list[tuple[str, str]]) -> float:
    return sum(identify(text).code == language for language, text in lines) / len(lines)


def test_the_set_is_large_and_has_both_spellings_of_quechua() -> None:
    assert len({row["text"] for row in ROWS}) == len(ROWS) >= 200
    for variety in ("quy", "quz"):
        assert sum(row["variety"] == variety for row in ROWS) >= 40


@pytest.mark.parametrize("language", ["es", "qu"])
def test_longer_lines_are_told_apart(language: str) -> None:
    lines = [(code, text) for code, text in _texts(language) if len(tokens(text)) > SHORT]
    assert len(lines) >= 50
    assert _accuracy(lines) >= 0.99
    assert sum(identify(text).certain for _, text in lines) / len(lines) >= 0.95


def test_short_lines_called_certain_are_right() -> None:
    lines = [
        (code, text) for code, text in _texts("es", "qu", "es-word", "qu-word") if len(tokens(text)) <= SHORT
    ]
    certain = [(code, text) for code, text in lines if identify(text).certain]
    assert len(certain) >= 100
    assert _accuracy(certain) >= 0.97


def test_shared_words_are_never_certain() -> None:
    shared = [row["text"] for row in ROWS if row["language"] == "shared"]
    assert len(shared) >= 25
    assert [text for text in shared if identify(text).certain] == []


def test_one_spanish_word_is_never_certain() -> None:
    assert [text for _, text in _texts("es-word") if identify(text).certain] == []


@pytest.mark.parametrize("text", ["DNIyta", "licenciaykita", "papelniyta", "oficinamanqa", "renovayta"])
def test_a_quechua_suffix_on_a_spanish_root_decides_alone(text: str) -> None:
    language = identify(text)
    assert (language.code, language.certain) == ("qu", True)


@pytest.mark.parametrize("text", ["mana", "Arí", "¡Añay!", "¿Allinllachu?", "Manam"])
def test_the_usual_one_word_replies_are_quechua(text: str) -> None:
    language = identify(text)
    assert (language.code, language.certain) == ("qu", True)


def test_mixed_lines_are_called_mixed() -> None:
    mixed = [row["text"] for row in ROWS if row["language"] == "mixed"]
    assert len(mixed) >= 15
    assert sum(identify(text).mixed for text in mixed) / len(mixed) >= 0.9


def test_plain_lines_are_seldom_called_mixed() -> None:
    spanish = _texts("es")
    assert sum(identify(text).mixed for _, text in spanish) / len(spanish) <= 0.01
    quechua = _texts("qu")
    assert sum(identify(text).mixed for _, text in quechua) / len(quechua) <= 0.05


@pytest.mark.parametrize("text", ["", "   ", "12345", "👍👍", "???", "\u200b", "a" * 4000, "S/ 25.00"])
def test_without_evidence_nothing_is_certain(text: str) -> None:
    language = identify(text)
    assert (language.code, language.certain, language.mixed) == ("es", False, False)


def test_score_is_signed_and_grows_with_the_evidence() -> None:
    assert identify("quiero renovar mi licencia").score < identify("quiero").score < 0
    assert identify("DNIyta hurquyta munani").score > identify("munani").score > 0


def test_spanish_in_chat_spelling_is_spanish() -> None:
    assert identify("kiero sakar mi dni").code == "es"
    assert identify("kuanto kuesta").code == "es"


@pytest.mark.parametrize(
    "text",
    [
        "partida de nacimiento munani",
        "horario de atencion imaynataq",
        "licencia de conducir tipo A renovaciónpaq examen médico kanchu",
        "banco de la nación pago de tasa códigonqa haykataq",
        "certificado único laboral mañakuyta munani",
        "seguro integral de salud afiliación hayk'atataq",
    ],
)
def test_spanish_names_inside_a_quechua_sentence_leave_it_quechua(text: str) -> None:
    language = identify(text)
    assert (language.code, language.certain) == ("qu", True)


@pytest.mark.parametrize(
    "text",
    [
        "licencia de conducir Ayacucho Huamanga requisitos",
        "Mamani Quispe antecedentes penales certificado",
        "Abancay Chincheros Uripa municipalidad partida",
        "inscripción de mi wawa recién nacida",
        "gracias mamay licencia de conducir",
    ],
)
def test_quechua_names_inside_spanish_leave_it_spanish(text: str) -> None:
    assert identify(text).code == "es"
