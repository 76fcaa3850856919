"""What is in force when: one period of a line at a time, no days between them, several lines side by side."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from cms.tramites.periods import line_of, overlaps
from cms.tramites.schema import Costo, Ficha
from tests.unit.tramites.test_preflight_rules import ficha, found

NEW_YEAR = date(2027, 1, 1)


def fee(clave: str, amount: str = "10.00", **more: Any) -> dict[str, Any]:
    return {"clave": clave, "monto": amount, **more}


def succession() -> Ficha:
    return ficha(costos=[fee("tasa", hasta="2026-12-31"), fee("tasa-2027", "12.00", desde="2027-01-01")])


def test_a_fee_that_changes_on_a_day_is_two_rows_of_one_line() -> None:
    rules = found(succession())
    assert not [rule for rule in rules if rule.startswith("periodo")]


@pytest.mark.parametrize(
    "rows",
    [
        [fee("tasa"), fee("tasa-2027", desde="2027-01-01")],
        [fee("tasa", hasta="2027-01-01"), fee("tasa-2027-01-01", desde="2027-01-01")],
        [fee("tasa-2026"), fee("tasa-2027")],
        [fee("tasa", via="en_linea"), fee("tasa-2027", via="en_linea", desde="2027-01-01")],
    ],
)
def test_periods_of_one_line_that_cross_are_refused_with_what_to_do(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(
        ValidationError, match=r"se cruzan: pon en «tasa.*» una fecha «vigente hasta» anterior"
    ):
        ficha(costos=rows)


def test_terms_that_cross_are_refused_too() -> None:
    rows = [
        {"clave": "respuesta", "valor": 5, "unidad": "dias_habiles"},
        {"clave": "respuesta-2027", "valor": 9, "unidad": "dias_habiles", "desde": "2027-01-01"},
    ]
    with pytest.raises(ValidationError, match="en plazos, los periodos"):
        ficha(plazos=rows)


def test_several_fees_at_a_time_are_normal() -> None:
    ficha(
        costos=[
            fee("electronica"),
            fee("fisica"),
            fee("tasa", via="en_linea"),
            fee("tasa-2027", via="presencial"),
        ]
    )


def test_any_day_has_at_most_one_period_of_a_line() -> None:
    """For every way to lay two periods that the shape lets through, and every day around them."""
    first, days = date(2026, 12, 28), [None, *(date(2026, 12, 28) + timedelta(days=n) for n in range(5))]
    accepted = 0
    for since in days:
        for until in days:
            for later in days:
                rows = [fee("tasa", hasta=until), fee("tasa-2027", desde=since, hasta=later)]
                try:
                    costos = ficha(costos=rows).hechos.costos
                except ValidationError:
                    continue
                accepted += 1
                for n in range(-2, 9):
                    on = first + timedelta(days=n)
                    assert sum(row.in_force(on) for row in costos) <= 1, (rows, on)
    assert accepted > 20


def test_days_with_nothing_in_force_between_two_periods_warn() -> None:
    finding = found(ficha(costos=[fee("tasa", hasta="2026-12-30"), fee("tasa-2027", desde="2027-01-02")]))[
        "periodo-con-hueco"
    ]
    assert (finding.clave, finding.campo) == ("tasa-2027", "desde")
    assert "Entre el 31/12/2026 y el 01/01/2027" in finding.mensaje


def test_a_fee_that_ends_with_nothing_after_it_warns() -> None:
    assert "tasa-2027" in found(ficha(costos=[fee("tasa", hasta="2026-12-31")]))["periodo-que-acaba"].mensaje


def test_nothing_in_force_today_warns() -> None:
    assert "periodo-sin-nada-hoy" in found(ficha(costos=[fee("tasa", desde="2027-01-01")]))


def test_a_later_fee_beside_one_without_end_is_asked_about() -> None:
    finding = found(ficha(costos=[fee("actual"), fee("nueva", "12.00", desde="2027-01-01")]))[
        "periodo-a-la-vez"
    ]
    assert "pon en «actual» «vigente hasta» 31/12/2026" in finding.mensaje


def test_a_line_is_the_key_without_its_date_and_the_way() -> None:
    keys = ["tasa", "tasa-2027", "tasa-2027-03", "tasa-2027-03-01"]
    assert {line_of(Costo(clave=key, gratuito=True)) for key in keys} == {("tasa", "")}
    assert line_of(Costo(clave="formulario-1010", gratuito=True)) == ("formulario-1010", "")
    assert list(overlaps([Costo(clave="a", gratuito=True), Costo(clave="b", gratuito=True)])) == []


def test_what_is_in_force_changes_at_the_first_day() -> None:
    costos = succession().hechos.costos
    assert [row.clave for row in costos if row.in_force(NEW_YEAR - timedelta(days=1))] == ["tasa"]
    assert [row.clave for row in costos if row.in_force(NEW_YEAR)] == ["tasa-2027"]
