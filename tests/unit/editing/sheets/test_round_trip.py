"""What is published, written out and read back, changes nothing: for every ficha of the seed, in every format."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import pytest

from cms.editing.proposals import Accion
from cms.editing.sheets import Report, csv_of, filled, json_of, neutral, read, template
from cms.editing.sheets.cells import plain, text_cell
from cms.tramites.schema import Ficha
from tests.unit.editing.sheets.conftest import Reading

Write = Callable[[Iterable[Ficha]], bytes]
FORMATS: list[tuple[Write, str]] = [(filled, "f.xlsx"), (csv_of, "f.csv"), (json_of, "f.json")]


@pytest.mark.parametrize(("write", "filename"), FORMATS)
def test_every_ficha_of_the_seed_comes_back_unchanged(
    fichas: dict[str, Ficha], reading: Reading, write: Write, filename: str
) -> None:
    by_entidad: dict[str, list[Ficha]] = defaultdict(list)
    for ficha in fichas.values():
        by_entidad[ficha.hechos.entidad].append(ficha)
    counted: Counter[Accion] = Counter()
    for entidad, listed in by_entidad.items():
        report = reading(write(listed), filename, entidad=entidad)
        assert report.problems == []
        assert report.certain
        counted.update(proposal.accion for proposal in report.proposals)
    assert counted == {Accion.IGUAL: len(fichas)}


# A ficha with everything a ficha can have, and texts that try to run or to hide.
RICH = {
    "hechos": {
        "codigo": "reniec-todo", "entidad": "reniec", "nivel": "completa", "tipo": "procedimiento",
        "codigo_tupa": "PA156095DF", "calificacion": "evaluacion_previa_silencio_negativo",
        "temas": ["identidad"], "sedes": ["centro-mac-piura"],
        "requisitos": [
            {"clave": "uno", "tipo": "pago", "via": "en_linea", "obligatorio": False},
            {"clave": "dos"}, {"clave": "tres", "tipo": "condicion"},
        ],
        "costos": [
            {"clave": "a", "monto": "1234.50", "via": "en_linea", "codigo_pago": "02121", "uit_porcentaje": "22.45",
             "desde": "2026-02-01", "hasta": "2026-12-31"},
            {"clave": "b", "gratuito": True, "via": "presencial"}, {"clave": "c", "por_confirmar": True},
        ],
        "plazos": [
            {"clave": "a", "valor": 20, "valor_max": 30, "unidad": "dias_habiles", "desde": "2026-02-01"},
            {"clave": "b", "en_el_dia": True}, {"clave": "c", "por_confirmar": True},
            {"clave": "d", "valor": 1, "unidad": "anios"},
        ],
        "pasos": [{"clave": "p", "via": "app"}],
        "canales": [
            {"clave": "w", "via": "en_linea", "url": "https://x.pe/a", "con_cita": False},
            {"clave": "t", "via": "telefono", "telefono": "(01) 315-2700", "con_cita": True},
            {"clave": "t2", "via": "telefono"},
        ],
        "vigencia": {"valor": 8, "unidad": "anios"}, "cita": {"requerida": True, "url": "https://x.pe/cita"},
        "recursos": [
            {"tipo": "reconsideracion", "autoridad": "Jefe", "presentar_dias": 15, "resolver_dias": 15},
            {"tipo": "apelacion", "autoridad": "=Gerente", "presentar_dias": 15, "resolver_dias": 30},
        ],
        "base_legal": [
            {"norma": "Ley 27444", "articulo": "art. 37", "titulo": "Del procedimiento", "fecha_publicacion": "2001-04-11",
             "url": "https://x.pe/ley"},
            {"norma": "DS 1-2026-PCM", "fecha_publicacion": "2026-01-02"}, {"norma": "RJ 5", "titulo": "TUPA"},
        ],
        "formularios": [{"nombre": "F-01", "codigo": "01", "url": "https://x.pe/f"}, {"nombre": "Sin código"}],
        "contactos": [
            {"tipo": "telefono", "valor": "315-2700", "anexo": "1234"}, {"tipo": "telefono", "valor": "0800-11040"},
            {"tipo": "unidad", "valor": "Se presenta en: Mesa de partes"}, {"tipo": "correo", "valor": "a@x.pe"},
            {"tipo": "unidad", "valor": "Aprueba: Subgerencia"}, {"tipo": "web", "valor": "https://x.pe"},
        ],
        "evidencia": {
            "costo": {"confianza": "alta", "fuente": "TUPA"},
            "quien": {"confianza": "sin_dato", "vista": "2026-11-20"},
        },
    },
    "es": {
        "nombre": "=cmd|' /C calc'!A0", "descripcion": "+51 es el prefijo; =HOY() no corre", "requisitos": "@nota",
        "requisitos.uno": "- Guion delante", "requisitos.dos": "1) Con su número", "requisitos.tres": "a; =1+1, 'b'",
        "costos.a": "Por internet: {monto}, código {codigo_pago}.", "costos.b": "Es gratis.", "costo": "En caja.",
        "plazos.a": "Demora {plazo}.", "plazos.d": "Hasta {plazo}.", "pasos.p": "'=Comilla delante",
        "canales.w": "Por la web: fácil.", "canales.t": "Llama.", "donde": "-", "horario": "De 8:30 a 16:30.",
        "duda.costo": "¿Será?", "resultado": "Un carné «ñandú» 100 %\tcon tabulador.",
    },
}  # fmt: skip


def rich() -> Ficha:
    return Ficha.model_validate(RICH)


@pytest.mark.parametrize(("write", "filename"), FORMATS)
def test_a_ficha_with_everything_comes_back_unchanged(write: Write, filename: str) -> None:
    ficha = rich()
    report = read(write([ficha]), filename, entidad="reniec", current={ficha.codigo: ficha}.get)
    assert report.problems == []
    assert [proposal.accion for proposal in report.proposals] == [Accion.IGUAL]


@pytest.mark.parametrize(("write", "filename"), FORMATS)
def test_a_new_ficha_written_and_read_has_the_same_facts(write: Write, filename: str) -> None:
    ficha = rich()
    report: Report = read(write([ficha]), filename, entidad="reniec", current=lambda _code: None)
    if filename != "f.json":
        # Our own sheet asks that what is new says so.
        assert [problem.columna for problem in report.errors] == ["Código"]
        return
    (proposal,) = report.proposals
    assert proposal.accion is Accion.NUEVA
    assert proposal.ficha == ficha


def test_the_empty_template_has_every_column_and_no_ficha(reading: Reading) -> None:
    report = reading(template("reniec"))
    assert len(report.mapping) == 45
    assert [problem.mensaje for problem in report.errors] == [
        "La hoja no tiene ninguna ficha: solo los encabezados."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@x",
        "'=1",
        "''=1",
        "a;=1",
        "a, '@b",
        "texto",
        "'comilla'",
        "a;b",
        "＝1",
        " =1",
    ],
)
def test_a_text_made_harmless_is_given_back_as_it_was(text: str) -> None:
    assert plain(neutral(text)) == text
    assert text_cell(neutral(text)).text == text.strip()


def test_no_cell_of_a_csv_begins_with_what_a_program_would_run() -> None:
    lines = csv_of([rich()]).decode("utf-8-sig")
    for separator in ",;\t":
        for piece in lines.replace('"', separator).split(separator):
            assert piece.strip()[:1] not in set("=+@") or piece.strip() in ("", "+")


def test_amounts_and_days_are_numbers_and_days_in_the_template() -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(filled([rich()])))["Fichas"]
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert Decimal(str(row["Pago por derecho de tramitación (S/)"].value)) == Decimal("1234.5")
    assert row["Vigente desde"].value.date() == date(2026, 2, 1)
    assert row["Código de pago"].value == "02121"
    assert (row["Denominación"].data_type, row["Denominación"].value) == ("s", "'=cmd|' /C calc'!A0")
