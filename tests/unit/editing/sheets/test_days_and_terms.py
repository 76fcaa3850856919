from datetime import date
from decimal import Decimal

import pytest

from cms.editing.sheets.cells import Cell
from cms.editing.sheets.days import NotADayError, day
from cms.editing.sheets.terms import NotATermError, Term, days, term
from cms.tramites.schema import Unidad


@pytest.mark.parametrize(
    "text",
    [
        "01/02/2026",
        "1/2/2026",
        "01-02-2026",
        "1.2.2026",
        "2026-02-01",
        "1 de febrero de 2026",
        "1 febrero 2026",
    ],
)
def test_the_first_of_february_is_read_as_in_peru(text: str) -> None:
    assert day(Cell(text)) == (date(2026, 2, 1), "")


def test_the_serial_of_a_spreadsheet_is_read_and_said() -> None:
    assert day(Cell("46054", number=Decimal(46054))) == (
        date(2026, 2, 1),
        "46054 se leyó como la fecha 01/02/2026",
    )
    assert day(Cell("46054"))[0] == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("02/13/2026", "no hay mes 13"), ("31/02/2026", "no existe"), ("01/02/26", "cuatro cifras"),
        ("mañana", "no es una fecha"), ("99999", "no es una fecha"), ("01/02/0026", "no puede ser"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NotADayError, match=reason):
        day(Cell(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("30", Term(30)), ("30 días hábiles", Term(30, None, Unidad.DIAS_HABILES)),
        ("20 a 30 días calendario", Term(20, 30, Unidad.DIAS_CALENDARIO)), ("20-30", Term(20, 30)),
        ("treinta (30) días hábiles", Term(30, None, Unidad.DIAS_HABILES)), ("1 mes", Term(1, None, Unidad.MESES)),
        ("48 horas", Term(48, None, Unidad.HORAS)), ("1 año", Term(1, None, Unidad.ANIOS)), ("30.0", Term(30)),
        ("El mismo día", Term(en_el_dia=True)), ("Inmediato", Term(en_el_dia=True)),
    ],
)  # fmt: skip
def test_a_term_is_read_however_it_is_written(text: str, read: Term) -> None:
    assert term(Cell(text)) == read


@pytest.mark.parametrize(
    "text", ["pronto", "2.5 días", "0", "30 días, 15 si es urgente", "30 a 20 días", "99999"]
)
def test_a_term_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotATermError):
        term(Cell(text))


def test_the_days_of_an_appeal_are_one_number() -> None:
    assert days(Cell("15 días hábiles")) == 15
    assert days(Cell("quince (15) días")) == 15
    for text in ("15 o 30", "0", "400", "pronto"):
        with pytest.raises(NotATermError):
            days(Cell(text))
