"""What each column is proposed to be is looked up in what stands below it too, and under groups of columns."""

from decimal import Decimal
from typing import Any

import pytest

from cms.editing.sheets.columns import column_of
from cms.tramites.schema import Ficha, Via
from tests.unit.editing.sheets.conftest import Make, Reading

CODE, OTHER = "reniec-dni-duplicado", "reniec-dni-renovacion"
CODES = [CODE, OTHER, "reniec-acta-nacimiento"]
NAMES = ["Duplicado del DNI electrónico", "Renovación del DNI electrónico", "Copia del acta de nacimiento"]
LONG = "Este servicio permite a la persona pedir de nuevo su documento cuando lo ha perdido, se lo han robado o está dañado, en cualquiera de las oficinas de la entidad y por internet."


def table(*columns: tuple[str, list[Any]]) -> list[list[Any]]:
    return [
        [name for name, _cells in columns],
        *([cells[row] for _name, cells in columns] for row in range(3)),
    ]


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("Procedimiento", CODES, "codigo"),
        ("Denominación", CODES, "codigo"),
        ("Servicio", ["PA156095DF", "PA1560962C", "PA15604444"], "codigo"),
        ("Situación", ["Se mantiene", "«Modificado»", "DEROGADO"], "accion"),
        ("Tipo", ["Nuevo", "Sin cambio", "Eliminado"], "accion"),
        ("Aprobado", ["S/ 1,234.50", "1.234,50", "Gratuito"], "monto"),
        ("Servicio", ["S/ 24.00", "S/ 41.00", "S/ 12.50"], "monto"),
        ("Atención", ["30 días hábiles", "5 días", "el mismo día"], ""),
        ("Atención", ["30 días hábiles", "5 días calendario", "el mismo día"], "plazo"),
        ("Costo", ["30 días hábiles", "5 días hábiles", "3 días hábiles"], "plazo"),
        ("Régimen", ["Aprobación automática", "Silencio positivo", "Silencio negativo"], "calificacion"),
        ("Trámite", [LONG, LONG, LONG], "descripcion"),
        ("Cantidad", [1, 2, 3], ""),
        ("Texto", [LONG, LONG, LONG], ""),
    ],
)  # fmt: skip
def test_cells_say_what_their_header_does_not(
    book: Make, reading: Reading, header: str, cells: list[Any], column: str
) -> None:
    report = reading(
        book(table((header, cells), ("Requisitos", ["Uno", "Dos", "Tres"]), ("Reemplazo", CODES)))
    )
    assert report.mapping.get(header, "") == column
    assert not (column and report.certain)


def test_a_column_called_code_that_holds_names_is_the_name_s(book: Make, reading: Reading) -> None:
    report = reading(book(table(("Código", NAMES), ("ID", CODES))))
    assert report.mapping == {"Código": "nombre", "ID": "codigo"}
    assert not report.certain


def test_one_column_is_never_proposed_twice_because_of_its_cells(book: Make, reading: Reading) -> None:
    report = reading(book(table(("Código", CODES), ("Referencia", CODES), ("Monto", ["S/ 1.00"] * 3))))
    assert report.mapping == {"Código": "codigo", "Monto": "monto"}


def test_a_code_below_a_group_called_procedure_is_not_its_name(book: Make, reading: Reading) -> None:
    rows = [
        ["Procedimiento administrativo", None, "Derecho de tramitación (S/)", None],
        ["Código", "Denominación", "Por Internet", "Presencial"],
        [CODE, NAMES[0], "S/ 36.00", "S/ 38.00"],
    ]

    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:D1")

    for change in (merge, None):
        report = reading(book(rows, change))
        assert sorted(report.mapping.values()) == [
            "codigo",
            "monto_en_linea",
            "monto_presencial",
            "nombre",
        ], change


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Derecho S/ – web", "monto_en_linea"), ("Derecho de tramitación / Por Internet", "monto_en_linea"),
        ("Costo presencial (S/)", "monto_presencial"), ("Tasa en ventanilla", "monto_presencial"),
        ("Pago por teléfono", "monto_telefono"), ("Código de pago web", "codigo_pago"),
        ("Modalidad de pago presencial", "modalidad"), ("Vía del pago", "via"), ("Canal virtual", "canales"),
        ("Monto web y presencial", "monto"),
    ],
)  # fmt: skip
def test_a_fee_of_one_way_is_known_by_its_header(header: str, column: str) -> None:
    assert column_of(header) == column


def test_one_column_per_way_gives_each_fee_its_amount(
    book: Make, reading: Reading, fichas: dict[str, Ficha]
) -> None:
    two = next(
        f for f in fichas.values() if sorted(str(row.via) for row in f.hechos.costos) == ["en_linea", "presencial"]
        and all(row.monto for row in f.hechos.costos) and f.hechos.entidad
    )  # fmt: skip
    rows = [
        ["Código", "Derecho S/ – web", "Derecho S/ – presencial"],
        [two.codigo, "S/ 1,234.50", "1.234,60"],
    ]
    report = reading(book(rows), entidad=two.hechos.entidad)
    assert report.errors == []
    (proposal,) = report.proposals
    assert proposal.ficha is not None
    fees = {row.via: (row.clave, row.monto) for row in proposal.ficha.hechos.costos}
    keys = {row.via: row.clave for row in two.hechos.costos}
    assert fees == {
        Via.EN_LINEA: (keys[Via.EN_LINEA], Decimal("1234.50")),
        Via.PRESENCIAL: (keys[Via.PRESENCIAL], Decimal("1234.60")),
    }


def test_of_a_new_ficha_each_way_is_a_fee_and_a_dash_is_none(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Denominación", "Por Internet", "Presencial"],
        ["reniec-uno", "Uno", "S/ 10.00", "S/ 12.00"],
        ["reniec-dos", "Dos", "-", "gratuito"],
    ]
    one, two = (proposal.ficha for proposal in reading(book(rows)).proposals)
    assert one is not None
    assert two is not None
    assert [(row.clave, row.monto) for row in one.hechos.costos] == [
        ("presencial", Decimal("12.00")),
        ("en-linea", Decimal("10.00")),
    ]
    assert [(row.via, row.gratuito) for row in two.hechos.costos] == [(Via.PRESENCIAL, True)]


def test_what_is_wrong_is_said_at_the_column_of_the_way(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Derecho – web", "Derecho – presencial", "Código de pago"],
        [CODE, "1.234", "US$ 5", "02121"],
    ]
    assert {(p.fila, p.columna) for p in reading(book(rows)).errors} >= {
        (2, "Derecho – web"), (2, "Derecho – presencial"), (2, "Código de pago"),
    }  # fmt: skip


def test_the_fee_of_one_way_does_not_stand_for_that_of_all(
    book: Make, reading: Reading, fichas: dict[str, Ficha]
) -> None:
    plain = next(
        f
        for f in fichas.values()
        if len(f.hechos.costos) == 1 and f.hechos.costos[0].monto and not f.hechos.costos[0].via
    )
    report = reading(book([["Código", "Costo web S/"], [plain.codigo, "5.00"]]), entidad=plain.hechos.entidad)
    assert report.proposals == []
    assert "la hoja no lo dice" in report.errors[0].mensaje
