"""Files that are not what they say, or would do harm: each is read rightly or refused with what to do."""

import random
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.formula import ArrayFormula

from cms.editing.proposals import Accion
from cms.editing.sheets import MAX_BYTES, Level, Report, csv_of, filled
from cms.tramites.schema import Ficha
from tests.unit.editing.sheets.conftest import Make, Reading, saved

CODE = "reniec-dni-duplicado"
HEADER = ["Código", "Denominación", "Descripción", "Monto"]
ROW = [CODE, None, "Otra descripción", None]


def refusal(report: Report) -> str:
    """The first thing said of a file nothing is read of."""
    assert report.proposals == []
    return report.errors[0].texto


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """An .xlsx with its parts changed; None leaves one out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = change(entry.filename, old.read(entry.filename))
            if data is not None:
                new.writestr(entry.filename, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "filename", "reason"),
    [
        (b"", "x.xlsx", "vacío"),
        (b" \r\n ", "x.csv", "vacío"),
        (b"\xef\xbb\xbf\r\n,,\r\n", "x.csv", "vacío"),
        (b"hola", "x.xlsx", "No es un libro de Excel"),
        (b"%PDF-1.7 ...", "x.pdf", "PDF"),
        (b"%PDF-1.7 ...", "x.csv", "PDF"),
        (b"PK\x03\x04 y nada mas", "x.xlsx", "dañado"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls", "Excel antiguo"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "x.xlsx",
            "contraseña",
        ),
    ],
)
def test_what_is_no_sheet_says_what_it_is(
    reading: Reading, content: bytes, filename: str, reason: str
) -> None:
    assert reason in refusal(reading(content, filename))


def archive(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("word/document.xml",), "dentro hay otra cosa"),
        (("mimetype", "content.xml"), ".ods"),
        (("xl/workbook.bin",), ".xlsb"),
        (("xl/workbook.xml",), "dañado"),
        (tuple(f"{n}.xml" for n in range(2_001)), "demasiado grande"),
    ],
)  # fmt: skip
def test_an_xlsx_that_is_something_else_says_so(
    reading: Reading, names: tuple[str, ...], reason: str
) -> None:
    assert reason in refusal(reading(archive(*names)))


def test_fifty_megabytes_are_refused_before_they_are_opened(reading: Reading) -> None:
    for start in (b"PK\x03\x04", b"codigo;nombre\n", b"["):
        assert "pesa 50 MB y se aceptan hasta 10" in refusal(reading(start + bytes(50_000_000)))
    assert MAX_BYTES == 10_000_000


def test_a_zip_bomb_is_refused_by_what_it_declares(book: Make, reading: Reading) -> None:
    bomb = repacked(
        book([HEADER, ROW]),
        lambda name, data: data + b" " * 70_000_000 if name.endswith("styles.xml") else data,
    )
    assert len(bomb) < 200_000
    assert "demasiado grande" in refusal(reading(bomb))


def test_a_zip_bomb_that_lies_about_its_size_is_never_unpacked(book: Make, reading: Reading) -> None:
    def swell(name: str, data: bytes) -> bytes:
        return data + b" " * 50_000_000 if name.endswith("styles.xml") else data

    bomb = bytearray(repacked(book([HEADER, ROW]), swell))
    place = bomb.rindex(b"xl/styles.xml") - 46
    assert struct.unpack_from("<I", bomb, place)[0] == 0x02014B50
    struct.pack_into("<I", bomb, place + 24, 1000)  # the size the directory declares
    assert "dañado" in refusal(reading(bytes(bomb)))


@pytest.mark.parametrize(
    "prolog",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>',
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_xml_that_defines_its_own_is_refused(book: Make, reading: Reading, prolog: bytes, part: str) -> None:
    def bomb(name: str, data: bytes) -> bytes:
        return prolog + data.partition(b"?>")[2] if name == part and data.startswith(b"<?xml") else (
            prolog + data if name == part else data
        )  # fmt: skip

    assert "definiciones propias" in refusal(reading(repacked(book([HEADER, ROW]), bomb)))


def test_an_entity_in_another_encoding_is_refused_too(book: Make, reading: Reading) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    bomb = repacked(
        book([HEADER, ROW]), lambda name, data: text.encode("utf-16") if "sheet1" in name else data
    )
    assert "definiciones propias" in refusal(reading(bomb))


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<sheetData>" + "<a>" * 100 + "</a>" * 100 + "</sheetData>", "demasiado grande"),
        ('<sheetData><row r="2"/><row r="1"/></sheetData>', "dañado"),
        ('<sheetData><row r="uno"/></sheetData>', "dañado"),
        (
            '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>',
            "hasta la fila 1048576",
        ),
        ('<sheetData><row r="1"><c r="A1" t="s"><v>999999</v></c></row></sheetData>', "dañado"),
        ('<sheetData><row r="1"><c r="A1" s="999"><v>1e</v></c></row></sheetData>', "dañado"),
        ("<sheetData/>" + '<mergeCells><mergeCell ref="nada"/></mergeCells>', "dañado"),
        ('<cols><col min="-30000000" max="5" hidden="1"/></cols><sheetData/>', "dañado"),
        ('<cols><col min="9" max="5" hidden="1"/></cols><sheetData/>', "dañado"),
        ("<sheetData/>" + '<mergeCells><mergeCell ref="A1:ZZZ2"/></mergeCells>', "dañado"),
        ("<sheetData/>" + '<mergeCells><mergeCell ref="A1:B9999999"/></mergeCells>', "dañado"),
        ("<sheetData/>" + '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>', "dañado"),
        (
            '<sheetData/><mergeCells><mergeCell ref="A2:B9"/><mergeCell ref="B8:C8"/></mergeCells>',
            "dañado",
        ),
        ("<sheetData>" + "<row><c/></row>" * 400_001 + "</sheetData>", "demasiado grande"),
        ("<sheetData", "dañado"),
    ],
)
def test_a_sheet_made_by_hand_to_do_harm_is_refused(
    book: Make, reading: Reading, xml: str, reason: str
) -> None:
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{xml}</worksheet>'
    harmful = repacked(book([HEADER, ROW]), lambda name, data: sheet.encode() if "sheet1" in name else data)
    assert reason in refusal(reading(harmful))


def test_a_strict_workbook_says_how_to_save_it(book: Make, reading: Reading) -> None:
    """Its cells have other names: read as usual it would seem empty."""
    usual, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    content = repacked(book([HEADER, ROW]), lambda _name, data: data.replace(usual, strict))
    assert "Strict" in refusal(reading(content))


def test_a_sheet_that_lies_about_its_dimensions_is_read_whole(book: Make, reading: Reading) -> None:
    small = repacked(
        book([HEADER, ROW]),
        lambda name, data: data.replace(b'<dimension ref="A1:D2"/>', b'<dimension ref="A1:A1"/>') if "sheet1" in name else data,
    )  # fmt: skip
    (proposal,) = reading(small).proposals
    assert proposal.ficha is not None
    assert proposal.ficha.es["descripcion"] == "Otra descripción"


def test_damaged_bytes_never_raise(fichas: dict[str, Ficha], reading: Reading) -> None:
    source = random.Random(7)
    whole = filled([fichas[CODE]])
    for content, name in ((whole, "x.xlsx"), (csv_of([fichas[CODE]]), "x.csv")):
        for _ in range(60):
            broken = bytearray(content)
            for _ in range(source.randint(1, 12)):
                broken[source.randrange(len(broken))] = source.randrange(256)
            reading(bytes(broken[: source.randrange(1, len(broken))]), name)
            reading(bytes(broken), name)


def test_damaged_xml_inside_never_raises(fichas: dict[str, Ficha], reading: Reading) -> None:
    source = random.Random(11)

    def damaged(name: str, data: bytes) -> bytes | None:
        if source.random() < 0.05:
            return None
        text = data.decode("utf-8", "replace")
        for _ in range(source.randint(0, 3)):
            at = source.randrange(len(text))
            text = text[:at] + source.choice(["", "0", "-1", "x", "A", '"', "9999999999"]) + text[at + 1 :]
        return text.encode()

    for _ in range(80):
        report = reading(repacked(filled([fichas[CODE]]), damaged))
        assert report.proposals or report.problems


def test_a_formula_is_not_trusted_whatever_it_shows(book: Make, reading: Reading) -> None:
    for value in ("=10+14", ArrayFormula("D2", "=SUM(A1:A2)")):

        def put(sheet: Any, value: Any = value) -> None:
            sheet["D2"] = value

        said = refusal(reading(book([HEADER, ROW], put)))
        assert said.startswith("fila 2, columna «Monto»: tiene una fórmula")


def test_a_formula_in_one_row_leaves_the_others_readable_but_not_its_own(
    book: Make, reading: Reading
) -> None:
    rows = [HEADER, ROW, ["reniec-dni-renovacion", None, "Otra", None]]

    def put(sheet: Any) -> None:
        sheet["C2"] = "=A1"

    report = reading(book(rows, put))
    assert [proposal.codigo for proposal in report.proposals] == ["reniec-dni-renovacion"]
    assert not report.ok


def test_an_error_of_the_spreadsheet_is_named(book: Make, reading: Reading) -> None:
    assert "#REF!" in refusal(reading(book([HEADER, [CODE, None, None, "#REF!"]])))


def test_text_that_looks_like_a_formula_stays_text(book: Make, reading: Reading) -> None:
    def put(sheet: Any) -> None:
        sheet["C2"] = "=cmd|' /C calc'!A0"
        sheet["C2"].data_type = "s"

    for report in (
        reading(book([HEADER, ROW], put)),
        reading(b"C\xc3\xb3digo,Descripci\xc3\xb3n\nreniec-dni-duplicado,=cmd|' /C calc'!A0\n", "x.csv"),
    ):
        (proposal,) = report.proposals
        assert proposal.ficha is not None
        assert proposal.ficha.es["descripcion"] == "=cmd|' /C calc'!A0"
        assert b"'=cmd|" in csv_of([proposal.ficha])


def test_cells_merged_down_hold_for_their_rows_and_it_is_said(book: Make, reading: Reading) -> None:
    rows = [HEADER[:3], [CODE, None, "Lo mismo"], ["reniec-dni-renovacion", None, None]]
    report = reading(book(rows, lambda sheet: sheet.merge_cells("C2:C3")))
    assert [p.ficha.es["descripcion"] for p in report.proposals if p.ficha] == ["Lo mismo", "Lo mismo"]
    (warning,) = report.warnings
    assert (
        warning.texto
        == "fila 2, columna «Descripción»: las celdas C2:C3 están combinadas: «Lo mismo» vale para las filas 2 a 3."
    )


def test_a_code_merged_over_rows_makes_them_one_ficha(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Requisitos", "Monto", "Vía del pago"],
        [CODE, "1. Uno", 36, "En línea"],
        [None, "2. Dos", 38, "Presencial"],
        [None, "3. Tres", None, None],
        ["reniec-dni-renovacion", "Solo", None, None],
    ]
    report = reading(book([*rows], lambda sheet: sheet.merge_cells("A2:A4")))
    assert [(p.codigo, p.fila) for p in report.proposals] == [("reniec-dni-renovacion", 5)]
    assert "dni-azul" not in str(report.errors)
    assert "azul" in report.errors[0].mensaje  # the block's two fees are read; the third one is asked for
    new = (
        reading(book([[*row[:2]] for row in rows], lambda sheet: sheet.merge_cells("A2:A4")))
        .proposals[0]
        .ficha
    )
    assert new is not None
    assert [new.es[f"requisitos.{row.clave}"] for row in new.hechos.requisitos] == ["Uno", "Dos", "Tres"]


def test_a_block_that_says_two_things_is_refused(book: Make, reading: Reading) -> None:
    rows = [["Código", "Calificación"], [CODE, "Aprobación automática"], [None, "No aplica"]]
    assert "aquí dicen dos cosas" in refusal(reading(book(rows, lambda sheet: sheet.merge_cells("A2:A3"))))


def test_cells_merged_across_are_refused_and_titles_are_not_fichas(book: Make, reading: Reading) -> None:
    across = book(
        [HEADER, [CODE, "Nombre y descripción", None, None]], lambda sheet: sheet.merge_cells("B2:C2")
    )
    assert "las celdas B2:C2 están combinadas a lo ancho" in refusal(reading(across))
    rows = [HEADER, ["SECCIÓN I: PROCEDIMIENTOS"], ROW]
    report = reading(book(rows, lambda sheet: sheet.merge_cells("A2:D2")))
    assert [p.codigo for p in report.proposals] == [CODE]
    assert report.ok


def test_hidden_rows_and_columns_are_read_and_hidden_sheets_are_not_and_it_is_said(reading: Reading) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (HEADER, ROW):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = workbook.create_sheet("Borrador")
    other.append(HEADER)
    other.append(ROW)
    other.sheet_state = "hidden"
    report = reading(saved(workbook))
    assert [p.accion for p in report.proposals] == [Accion.CAMBIA]
    said = " ".join(problem.mensaje for problem in report.warnings)
    assert "filas ocultas, y también se leen: 2" in said
    assert "columnas ocultas, y también se leen: C" in said
    assert "La hoja «Borrador» está oculta" in said


def test_two_sheets_with_fichas_are_refused_rather_than_one_lost(reading: Reading) -> None:
    workbook = Workbook()
    for name in ("Uno", "Dos"):
        sheet = workbook.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(ROW)
    assert "2 hojas con fichas («Uno», «Dos»)" in refusal(reading(saved(workbook)))


def test_too_much_of_anything_is_refused(book: Make, reading: Reading) -> None:
    many = Workbook()
    for number in range(40):
        many.create_sheet(f"h{number}")
    assert "más de 30 hojas" in refusal(reading(saved(many)))
    assert "200 columnas" in refusal(reading(book([[*HEADER, *range(200)], ROW])))
    assert "se leen hasta 5000" in refusal(reading(book([HEADER, *([f"a-{n}"] for n in range(5_001))])))
    assert "200 columnas" in refusal(reading(b"Codigo" + b"," * 300 + b"\n", "x.csv"))
    assert "20000 filas" in refusal(reading(b"Codigo,Monto\n" + b"a,1\n" * 20_001, "x.csv"))


def test_an_empty_workbook_and_one_with_headers_only_say_so(book: Make, reading: Reading) -> None:
    assert "vacío" in refusal(reading(book([])))
    assert "solo los encabezados" in refusal(reading(book([HEADER])))


def test_missing_columns_are_named_with_what_was_seen(book: Make, reading: Reading) -> None:
    said = refusal(reading(book([["Precio", "Cosas"], [5, "x"]])))
    assert "No se encuentra la columna del código" in said
    assert "«Precio», «Cosas»" in said


def test_a_template_without_some_columns_leaves_them_untouched_and_says_so(
    fichas: dict[str, Ficha], reading: Reading
) -> None:
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(filled([fichas["osiptel-reclamo"]])))
    workbook["Fichas"].delete_cols(8)
    report = reading(saved(workbook), entidad="osiptel")
    assert [p.accion for p in report.proposals] == [Accion.IGUAL]
    assert [p.mensaje for p in report.warnings] == [
        "Faltan columnas de la plantilla; lo que dicen no se toca: Requisitos."
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (datetime(2026, 5, 24), "fecha"), (time(10, 30), "hora"), (True, "no es un monto"), (24.505, "dos decimales"),
        (-24, "negativo"), (0, "gratuito"), ("24 o 30", "no es un monto"),
    ],
)  # fmt: skip
def test_what_the_spreadsheet_made_of_an_amount_is_refused(
    book: Make, reading: Reading, value: object, reason: str
) -> None:
    said = refusal(reading(book([HEADER, ["reniec-nuevo", "Nuevo", None, value]])))
    assert said.startswith("fila 2, columna «Monto»:")
    assert reason in said


def test_dates_are_read_as_cells_as_text_and_as_serials(book: Make, reading: Reading) -> None:
    for value in (date(2026, 2, 1), "01/02/2026", 46054):
        rows = [["Código", "Denominación", "Monto", "Vigente desde"], ["reniec-nuevo", "Nuevo", 5, value]]
        (proposal,) = reading(book(rows)).proposals
        assert proposal.ficha is not None
        assert proposal.ficha.hechos.costos[0].desde == date(2026, 2, 1)


def test_numbers_stored_as_text_are_numbers(book: Make, reading: Reading) -> None:
    (proposal,) = reading(book([HEADER, ["reniec-nuevo", "Nuevo", None, " 1234.50 "]])).proposals
    assert proposal.ficha is not None
    assert str(proposal.ficha.hechos.costos[0].monto) == "1234.50"


def test_characters_one_cannot_see_are_taken_out_and_said(book: Make, reading: Reading) -> None:
    hidden = "Otra\u200b descrip\u00adción \u202egnp.exe\u202c\u00a0fin_x0007_"
    (problem,) = (report := reading(book([HEADER, [CODE, None, hidden, None]]))).warnings
    assert problem.texto == "fila 2, columna «Descripción»: se quitaron caracteres que no se ven"
    assert report.proposals[0].ficha is not None
    assert report.proposals[0].ficha.es["descripcion"] == "Otra descripción gnp.exe fin"


LATIN = "Código;Descripción\nreniec-dni-duplicado;Año y señal\n"


@pytest.mark.parametrize(
    ("content", "warned"),
    [
        (LATIN.encode("utf-8"), False), (LATIN.encode("utf-8-sig"), False), (LATIN.encode("utf-16"), False),
        (LATIN.encode("cp1252"), True), (LATIN.replace("señal", "señal\x81").encode("latin-1"), True),
        (LATIN.replace(";", ",").encode(), False), (LATIN.replace(";", "\t").encode(), False),
        (b"sep=;\r\n" + LATIN.encode(), False), (LATIN.replace("\n", "\r\n").encode(), False),
        (LATIN.replace("\n", "\r").encode(), False),
    ],
)  # fmt: skip
def test_a_csv_is_read_in_any_encoding_and_separator(
    reading: Reading, content: bytes, *, warned: bool
) -> None:
    report = reading(content, "x.csv")
    assert [p.ficha.es["descripcion"] for p in report.proposals if p.ficha] == ["Año y señal"]
    assert ("Latin-1" in " ".join(p.mensaje for p in report.warnings)) is warned


def test_text_garbled_by_another_program_is_refused(reading: Reading) -> None:
    garbled = "Codigo;Descripcion\nreniec-dni-duplicado;AÃ±o\n".encode()
    assert "letras dañadas" in refusal(reading(garbled, "x.csv"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('Codigo,Descripcion\nreniec-x,"sin cerrar\n', "comillas sin cerrar"),
        ('Codigo,Descripcion\nreniec-x,"mal"puesta\n', "comillas"),
        ("Codigo,Descripcion\nreniec-x," + "x" * 200_000, "comillas"),
    ],
)
def test_a_broken_csv_is_refused_with_its_line(reading: Reading, text: str, reason: str) -> None:
    said = refusal(reading(text.encode(), "x.csv"))
    assert said.startswith("Línea ")
    assert reason in said


def test_a_row_with_more_cells_than_headers_is_refused(reading: Reading) -> None:
    text = "Código,Descripción\nreniec-dni-duplicado,Uno, dos y tres\n"
    assert refusal(reading(text.encode(), "x.csv")).startswith("fila 2: tiene más celdas que encabezados")


def test_a_sheet_with_its_cells_locked_is_read(book: Make, reading: Reading) -> None:
    def lock(sheet: Any) -> None:
        sheet.protection.sheet = True
        sheet["A2"].protection = Protection(locked=True)

    assert reading(book([HEADER, ROW], lock)).ok


def test_problems_without_end_are_counted(book: Make, reading: Reading) -> None:
    report = reading(book([HEADER, *([f"reniec-n{n}", None, "x", "caro"] for n in range(2_000))]))
    assert (len(report.errors), len(report.warnings)) == (1_001, 1_000)
    assert report.problems[-1].level is Level.ERROR
    assert "problemas más" in report.problems[-1].mensaje
