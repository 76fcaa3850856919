from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from cms.tramites.schema import Aspecto, Costo, Evidencia, Ficha, Plazo, Unidad, seal

BASE = {"codigo": "reniec-x", "entidad": "reniec", "nivel": "completa"}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"monto": "0.00"},
        {"monto": "5.00", "gratuito": True},
        {"monto": "5.00", "por_confirmar": True},
        {"gratuito": True, "por_confirmar": True},
        {"monto": "-1"},
        {"monto": "1.005"},
    ],
)
def test_a_fee_says_exactly_one_thing(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Costo.model_validate({"clave": "a", **said})


def test_a_fee_keeps_its_cents() -> None:
    assert Costo(clave="a", monto=Decimal("8.50")).model_dump(mode="json")["monto"] == "8.50"


@pytest.mark.parametrize(
    "said", [{}, {"valor": 5}, {"valor": 5, "unidad": "dias_habiles", "en_el_dia": True}]
)
def test_a_term_says_exactly_one_thing(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Plazo.model_validate({"clave": "a", **said})


def test_both_days_of_a_period_are_in_force() -> None:
    fee = Costo(clave="a", gratuito=True, desde=date(2026, 1, 1), hasta=date(2026, 1, 31))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [fee.in_force(day) for day in days] == [False, True, True, False]


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValidationError, match="es anterior a"):
        Plazo(clave="a", valor=1, unidad=Unidad.HORAS, desde=date(2026, 2, 1), hasta=date(2026, 1, 1))


def test_a_claim_names_its_source() -> None:
    with pytest.raises(ValidationError, match="di la fuente"):
        Evidencia.model_validate({"confianza": "media"})


def test_a_requisito_without_words_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"requisitos\.dni"):
        Ficha.model_validate({"hechos": {**BASE, "requisitos": [{"clave": "dni"}]}, "es": {"nombre": "X"}})


def test_a_word_of_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"hay palabras sin su hecho: costos\.en-linea"):
        Ficha.model_validate({"hechos": BASE, "es": {"nombre": "X", "costos.en-linea": "…"}})


def test_a_placeholder_nobody_fills_is_refused() -> None:
    with pytest.raises(ValidationError, match="dato desconocido"):
        Ficha.model_validate({"hechos": BASE, "es": {"nombre": "X", "costo": "Cuesta {precio}."}})


def test_two_rows_cannot_share_a_key() -> None:
    rows = [{"clave": "a", "gratuito": True}, {"clave": "a", "monto": "5.00"}]
    with pytest.raises(ValidationError, match="misma clave"):
        Ficha.model_validate({"hechos": {**BASE, "costos": rows}, "es": {"nombre": "X"}})


def translated(seal_of: str) -> Ficha:
    word = {"texto": "Kayqa hukmi.", "sello": seal(seal_of)}
    return Ficha.model_validate(
        {
            "hechos": BASE,
            "es": {"nombre": "X", "quien": "Tú."},
            "qu": {"quien": word, "nombre": {**word, "sello": seal("X")}},
        }
    )


def test_quechua_of_the_current_spanish_is_current() -> None:
    assert translated("Tú.").missing_aspects() == []


def test_quechua_of_an_older_spanish_is_stale() -> None:
    ficha = translated("Solo tú.")
    assert ficha.is_stale("quien")
    assert ficha.missing_aspects() == [Aspecto.QUIEN]


def test_spaces_do_not_make_a_translation_stale() -> None:
    assert seal("Tú  puedes.\n") == seal("Tú puedes.")
