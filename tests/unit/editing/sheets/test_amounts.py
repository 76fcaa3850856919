from datetime import date
from decimal import Decimal

import pytest

from cms.editing.sheets.amounts import NotAnAmountError, amount, is_free, percent
from cms.editing.sheets.cells import Cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24", "24.00"), ("24.5", "24.50"), ("24,50", "24.50"), ("S/ 24", "24.00"), ("S/24.-", "24.00"),
        ("S/. 1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("1 234,50", "1234.50"), ("1,234,567.80", "1234567.80"),
        ("1,234,567", "1234567.00"), ("24 soles", "24.00"), ("24.00 nuevos soles", "24.00"), ("PEN 24.00", "24.00"),
        ("S/ 24.00.-", "24.00"), ("s/. 0.50", "0.50"), ("S/24", "24.00"), ("1'234.50", "1234.50"),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(text: str, value: str) -> None:
    assert amount(Cell(text)) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.234", "de dos maneras"), ("1,234", "de dos maneras"), ("S/ 1.234", "de dos maneras"),
        ("-24.00", "negativo"), ("(24.00)", "negativo"), ("S/ -24", "negativo"), ("0.505", "dos decimales"), ("24.505", "de dos maneras"),
        ("1234.567", "dos decimales"), ("US$ 24", "soles"), ("$24", "soles"), ("€ 24", "soles"), ("0", "gratuito"),
        ("0.00", "gratuito"), ("veinticuatro", "no es un monto"), ("24 - 30", "no es un monto"), ("1.23E+05", "no es un monto"),
        ("S/ 24.00 S/ 30.00", "más de un monto"), ("24\n30", "más de un monto"), ("24.00 por hoja", "no es un monto"),
        ("999999999999", "puede costar"), ("٢٤", "no es un monto"), ("1,23,45", "no es un monto"),
    ],
)  # fmt: skip
def test_an_amount_that_is_none_or_two_is_asked_about(text: str, reason: str) -> None:
    with pytest.raises(NotAnAmountError, match=reason):
        amount(Cell(text))


def test_a_question_about_an_amount_names_both_readings() -> None:
    with pytest.raises(NotAnAmountError, match=r"escribe 1234\.00 o, si son céntimos, 1\.23$"):
        amount(Cell("1.234"))


def test_the_number_of_a_spreadsheet_is_the_amount_it_shows() -> None:
    assert amount(Cell("33.3", number=Decimal("33.300000000000004"))) == Decimal("33.30")
    peru = Cell("1234", number=Decimal(1234), number_format="[$S/-280A] #,##0.00")
    assert amount(peru) == Decimal("1234.00")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Cell("24.505", number=Decimal("24.505")), "dos decimales"),
        (Cell("24", number=Decimal(24), number_format="[$$-409]#,##0.00"), "otra moneda"),
        (Cell("24", number=Decimal(24), number_format='"$"#,##0.00'), "otra moneda"),
        (Cell("24", number=Decimal(24), number_format="#,##0.00 [$€-1]"), "otra moneda"),
        (Cell("0.24", number=Decimal("0.24"), number_format="0.00%"), "porcentaje"),
        (Cell("24/05/2026", day=date(2026, 5, 24)), "fecha"),
        (Cell("1E+40", number=Decimal("1E+40")), "demasiado grande"),
    ],
)
def test_the_number_of_a_spreadsheet_that_is_no_amount_in_soles_is_refused(cell: Cell, reason: str) -> None:
    with pytest.raises(NotAnAmountError, match=reason):
        amount(cell)


@pytest.mark.parametrize("text", ["Gratuito", "GRATIS", "sin costo", "No tiene costo."])
def test_free_of_charge_is_known_in_words(text: str) -> None:
    assert is_free(text)


def test_a_percentage_of_the_uit_is_read_from_text_and_from_the_format() -> None:
    assert percent(Cell("0.44 %")) == Decimal("0.44")
    assert percent(Cell("0,44%")) == Decimal("0.44")
    assert percent(Cell("0.0044", number=Decimal("0.0044"), number_format="0.00%")) == Decimal("0.44")
    with pytest.raises(NotAnAmountError):
        percent(Cell("mucho"))
