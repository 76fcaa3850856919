"""An entity's own sheet: where its headers are and what they mean, with and without a mapping."""

from decimal import Decimal
from typing import Any

import pytest

from cms.editing.sheets import COLUMNS, OFFERED
from cms.editing.sheets.columns import column_of
from cms.tramites.schema import Calificacion, Unidad
from tests.unit.editing.sheets.conftest import Make, Reading

CODE = "reniec-dni-duplicado"
FREE = "sis-gratuito"


@pytest.mark.parametrize("column", OFFERED, ids=lambda column: column.id)
def test_every_column_we_offer_is_known_by_its_label_and_its_id(column: Any) -> None:
    for header in (column.label, column.label.upper(), f"  {column.label} ", column.id):
        assert column_of(header) == column.id


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("N° DE ORDEN", "orden"), ("Nº", "orden"), ("DENOMINACIÓN DEL PROCEDIMIENTO", "nombre"), ("Nombre del trámite", "nombre"),
        ("DENOMINACIÓN DEL PROCEDIMIENTO Y BASE LEGAL", "nombre_base_legal"), ("REQUISITOS / Número y Denominación", "requisitos"),
        ("REQUISITOS / Formulario / Código / Ubicación", "formularios"), ("DERECHO DE TRAMITACIÓN (*) / (en % UIT)", "uit"),
        ("DERECHO DE TRAMITACIÓN (*) / (en S/)", "monto"), ("Derecho de tramitación", "monto"), ("Costo S/.", "monto"), ("TASA", "monto"),
        ("CALIFICACIÓN / Automático", "cal_automatica"), ("CALIFICACIÓN / Evaluación Previa / Positivo", "cal_positivo"),
        ("CALIFICACIÓN / Evaluación Previa / Negativo", "cal_negativo"), ("Calificacion", "calificacion"),
        ("PLAZO PARA RESOLVER (en días hábiles)", "plazo"), ("INICIO DEL PROCEDIMIENTO", "unidad_presenta"),
        ("AUTORIDAD COMPETENTE PARA RESOLVER", "unidad_aprueba"), ("INSTANCIAS DE RESOLUCIÓN DE RECURSOS / Reconsideración", "reconsideracion_autoridad"),
        ("INSTANCIAS DE RESOLUCIÓN DE RECURSOS / Apelación", "apelacion_autoridad"), ("Apelación - plazo de presentación", "apelacion_presentar"),
        ("Código de tasa", "codigo_pago"), ("Código TUPA", "codigo_tupa"), ("Correo electrónico", "correo"), ("E-mail", "correo"),
        ("Base legal", "base_legal"), ("Sedes y horarios de atención", "sedes_horarios"), ("Cualquier otra cosa", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_entities_call_their_columns_is_understood(header: str, column: str) -> None:
    assert column_of(header) == column
    assert column in {"", *COLUMNS}


def old_format(sheet: Any) -> None:
    """The table of DS 062-2009-PCM: titles above, a header of two rows with groups."""
    for area in ("A1:N1", "D4:E4", "F4:G4", "H4:J4", "M4:N4"):
        sheet.merge_cells(area)
    for column in "ABCKL":
        sheet.merge_cells(f"{column}4:{column}5")


OLD_ROWS = [
    ["TEXTO ÚNICO DE PROCEDIMIENTOS ADMINISTRATIVOS - TUPA"],
    ["Municipalidad de Ejemplo"],
    [],
    ["N°", "DENOMINACIÓN DEL PROCEDIMIENTO Y BASE LEGAL", "REQUISITOS", "FORMULARIO", None, "DERECHO DE TRAMITACIÓN", None, "CALIFICACIÓN", None, None,
     "PLAZO PARA RESOLVER (en días hábiles)", "AUTORIDAD COMPETENTE", "INSTANCIAS DE RESOLUCIÓN DE RECURSOS"],
    [None, None, None, "Formulario", "Ubicación", "(en % UIT)", "(en S/)", "Automático", "Positivo", "Negativo", None, None, "Reconsideración", "Apelación"],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    ["1", "Licencia de anuncio\nBase legal:\nLey 27972\nOrdenanza 1-2020", "1. Solicitud\n2. Pago", "F-1", "Web", 0.44, "S/. 24.20", None, "X", None,
     30, "Gerencia", "Gerente", "Alcalde"],
]  # fmt: skip


def test_the_older_format_is_read_with_its_groups_of_columns(book: Make, reading: Reading) -> None:
    report = reading(book(OLD_ROWS, old_format))
    assert report.errors == []
    assert not report.certain
    assert report.mapping["DERECHO DE TRAMITACIÓN / (en % UIT)"] == "uit"
    assert report.unmapped == ["FORMULARIO / Ubicación"]
    (proposal,) = report.proposals
    new = proposal.ficha
    assert new is not None
    assert (new.codigo, proposal.fila) == ("reniec-licencia-de-anuncio", 7)
    assert [row.norma for row in new.hechos.base_legal] == ["Ley 27972", "Ordenanza 1-2020"]
    assert [(row.monto, row.uit_porcentaje) for row in new.hechos.costos] == [
        (Decimal("24.20"), Decimal("0.44"))
    ]
    assert new.hechos.calificacion is Calificacion.SILENCIO_POSITIVO
    assert [(row.valor, row.unidad) for row in new.hechos.plazos] == [(30, Unidad.DIAS_HABILES)]
    assert [row.autoridad for row in new.hechos.recursos] == ["Gerente", "Alcalde"]
    assert len(new.hechos.requisitos) == 2


def test_a_header_of_two_rows_whose_names_are_merged_over_both_is_one_header(
    book: Make, reading: Reading
) -> None:
    def merge(sheet: Any) -> None:
        for area in ("A1:A2", "B1:C1"):
            sheet.merge_cells(area)

    rows = [["Código", "Pago", None], [None, "Monto", "Vía"], [FREE, "24.00", "Presencial"]]
    report = reading(book(rows, merge), entidad="sis")
    assert report.headers == ["Código", "Pago / Monto", "Pago / Vía"]
    assert report.mapping == {"Código": "codigo", "Pago / Monto": "monto", "Pago / Vía": "via"}
    assert report.errors == []
    (proposal,) = report.proposals
    assert proposal.ficha is not None
    assert [fee.monto for fee in proposal.ficha.hechos.costos] == [Decimal("24.00")]


@pytest.mark.parametrize("note", ["(*) Montos en soles.", "Nota: rige desde enero.", "Fuente: TUPA 2026"])
def test_a_note_below_the_table_is_no_ficha_and_it_is_said(book: Make, reading: Reading, note: str) -> None:
    report = reading(book([["Código", "Descripción"], [CODE, "Otra"], [note]]))
    assert report.errors == []
    assert [p.codigo for p in report.proposals] == [CODE]
    assert note in report.warnings[0].mensaje
    assert report.warnings[0].fila == 3


def test_two_marks_of_approval_are_refused(book: Make, reading: Reading) -> None:
    rows = [*OLD_ROWS[:-1], [*OLD_ROWS[-1][:7], "X", "X", None, *OLD_ROWS[-1][10:]]]
    report = reading(book(rows, old_format))
    assert report.proposals == []
    assert "más de una calificación" in report.errors[0].mensaje


def test_a_header_repeated_on_every_printed_page_is_no_ficha(book: Make, reading: Reading) -> None:
    header = ["Código", "Denominación", "Descripción"]
    report = reading(book([header, [CODE, None, "Otra"], header, ["reniec-dni-renovacion", None, "Otra"]]))
    assert [p.codigo for p in report.proposals] == [CODE, "reniec-dni-renovacion"]
    assert report.ok


def test_a_mapping_given_is_the_one_applied(book: Make, reading: Reading) -> None:
    rows = [
        ["Listado de la oficina"],
        ["Clave interna", "Qué cobra", "Texto", "Requisitos"],
        [CODE, "x", "Otra", "Solo uno"],
    ]
    mapping = {"CLAVE INTERNA": "codigo", "Texto": "descripcion", "Qué cobra": "", "Requisitos": "ignorar"}
    report = reading(book(rows), mapping=mapping)
    (proposal,) = report.proposals
    assert proposal.ficha is not None
    assert proposal.ficha.es["descripcion"] == "Otra"
    assert len(proposal.ficha.hechos.requisitos) == 4
    assert report.mapping == {"Clave interna": "codigo", "Texto": "descripcion"}
    assert report.headers == ["Clave interna", "Qué cobra", "Texto", "Requisitos"]
    assert report.unmapped == []


def test_a_mapping_to_a_column_there_is_not_is_refused(book: Make, reading: Reading) -> None:
    report = reading(
        book([["Clave", "Texto"], [CODE, "Otra"]]), mapping={"Clave": "codigo", "Texto": "no-hay"}
    )
    assert [problem.columna for problem in report.errors] == ["Texto"]


def test_two_columns_that_mean_the_same_are_refused(book: Make, reading: Reading) -> None:
    report = reading(book([["Código", "Costo", "Tasa"], [CODE, 5, 6]]))
    assert report.errors[0].columna == "Tasa"
    assert not report.ok


def test_twin_headers_are_told_apart(book: Make, reading: Reading) -> None:
    report = reading(book([["Código", "Dato", "Dato"], [CODE, 5, 6]]))
    assert report.headers == ["Código", "Dato", "Dato (2)"]
    assert report.unmapped == ["Dato", "Dato (2)"]


def test_data_without_a_header_are_not_read_and_it_is_said(book: Make, reading: Reading) -> None:
    report = reading(book([["Código", "Descripción"], [CODE, "Otra", None, "apunte"]]))
    assert report.ok
    assert report.lost == {"Sin encabezado, columna D": 1}
    assert "Sin encabezado, columna D" in report.warnings[0].mensaje


def test_new_fichas_of_a_sheet_without_codes_are_named_by_their_entity(book: Make, reading: Reading) -> None:
    report = reading(
        book([["Denominación", "Costo"], ["Copia de acta", "12.50"], ["Copia de acta", "13.00"]])
    )
    assert [problem.texto for problem in report.errors] == [
        "fila 3, columna «Denominación»: el código «reniec-copia-de-acta» está dos veces: en la fila 2 y en la 3. "
        "Si es otro pago u otro plazo de la misma ficha, escribe «costo» o «plazo» en «Tipo de fila»."
    ]


def test_a_row_without_a_code_is_the_ficha_that_has_its_name(book: Make, reading: Reading) -> None:
    rows = [
        ["Denominación", "Acción", "Plazo"],
        ["  CERTIFICADO de vigencia  de poder.", "modificado", "3 días hábiles"],
    ]
    report = reading(book(rows), entidad="sunarp")
    assert not report.errors
    assert [(p.codigo, p.accion) for p in report.proposals] == [("sunarp-vigencia-poder", "cambia")]


def test_a_new_ficha_with_the_name_of_one_there_is_is_refused(book: Make, reading: Reading) -> None:
    rows = [["Denominación", "Acción", "Pago (S/)"], ["Certificado de vigencia de poder", "nueva", "30.00"]]
    report = reading(book(rows), entidad="sunarp")
    assert report.proposals == []
    assert "sunarp-vigencia-poder" in report.errors[0].mensaje


def test_a_new_code_with_the_name_of_one_there_is_has_to_be_accepted(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Denominación", "Acción"],
        ["sunarp-poder-bis", "Certificado de vigencia de poder", "nueva"],
    ]
    report = reading(book(rows), entidad="sunarp")
    assert any("sunarp-vigencia-poder" in warning.mensaje for warning in report.warnings)


def test_a_name_nobody_has_is_not_told_as_a_code_nobody_wrote(book: Make, reading: Reading) -> None:
    rows = [["Denominación", "Acción", "Pago (S/)"], ["Vigencia del poder", "modificado", "30.00"]]
    (error,) = reading(book(rows), entidad="sunarp").errors
    assert error.columna == "Denominación"
    assert "sunarp-vigencia-del-poder" not in error.mensaje


def test_the_official_code_finds_its_ficha(book: Make, fichas: dict[str, Any], reading: Reading) -> None:
    from cms.editing.sheets import read

    known = {"PA156095DF": fichas[CODE]}
    report = read(
        book([["Código", "Descripción"], [" pa156095df ", "Otra"]]),
        "x.xlsx",
        entidad="reniec",
        current=known.get,
    )
    assert [p.codigo for p in report.proposals] == [CODE]
