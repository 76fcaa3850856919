"""What a row of a sheet does to a ficha: what it says changes, what it leaves blank stays."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from cms.editing.proposals import Accion, Proposal
from cms.editing.sheets import Report
from cms.editing.sheets.showing import fee_sentence, term_sentence
from cms.tramites.schema import Aspecto, Calificacion, Confianza, Costo, Ficha, Tipo, Unidad, Via
from tests.unit.editing.sheets.conftest import Make, Reading

DUPLICADO = "reniec-dni-duplicado"
Sheet = Mapping[str, Any]


class Asking:
    """Reads rows given as dictionaries, as a sheet with just those columns."""

    def __init__(self, book: Make, reading: Reading, entidad: str = "reniec") -> None:
        self.book, self.reading, self.entidad = book, reading, entidad

    def report(self, *rows: Sheet) -> Report:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        listed: Sequence[Sequence[Any]] = [
            columns,
            *([row.get(column) for column in columns] for row in rows),
        ]
        return self.reading(self.book(listed), entidad=self.entidad)

    def one(self, *rows: Sheet) -> Proposal:
        report = self.report(*rows)
        assert report.errors == []
        (proposal,) = report.proposals
        return proposal

    def ficha(self, *rows: Sheet) -> Ficha:
        ficha = self.one(*rows).ficha
        assert ficha is not None
        return ficha

    def refusal(self, *rows: Sheet) -> str:
        """The one error of the rows, which then propose nothing."""
        report = self.report(*rows)
        assert report.proposals == []
        (problem,) = report.errors
        return problem.texto


@pytest.fixture
def asking(book: Make, reading: Reading) -> Asking:
    return Asking(book, reading)


def test_a_blank_cell_touches_nothing(asking: Asking, fichas: dict[str, Ficha]) -> None:
    proposal = asking.one({"Código": DUPLICADO, "Requisitos": None, "Plazo": "", "Descripción": "-"})
    assert (proposal.accion, proposal.ficha, proposal.fila) == (Accion.IGUAL, fichas[DUPLICADO], 2)


def test_only_what_a_row_says_changes(asking: Asking, fichas: dict[str, Ficha]) -> None:
    old = fichas[DUPLICADO]
    new = asking.ficha({"Código": DUPLICADO, "Descripción": "Te dan otro DNI."})
    assert new.es == old.es | {"descripcion": "Te dan otro DNI."}
    assert new.hechos == old.hechos
    assert new.qu == old.qu
    assert new.is_stale("descripcion")


def test_a_word_of_its_own_clears_and_another_says_it_is_not_known(asking: Asking) -> None:
    new = asking.ficha(
        {"Código": DUPLICADO, "Qué se recibe": "borrar", "Horario de atención": "por confirmar"}
    )
    assert "resultado" not in new.es
    assert Aspecto.RESULTADO not in new.hechos.evidencia
    horario = new.hechos.evidencia[Aspecto.HORARIO]
    assert (horario.confianza, horario.fuente) == (Confianza.SIN_DATO, "Hoja de la entidad")


def test_a_changed_aspect_keeps_its_source_and_a_new_one_names_the_sheet(
    asking: Asking, fichas: dict[str, Ficha]
) -> None:
    new = asking.ficha({"Código": DUPLICADO, "Descripción": "Otra.", "Horario de atención": "De 8 a 16 h."})
    assert (
        new.hechos.evidencia[Aspecto.DESCRIPCION] == fichas[DUPLICADO].hechos.evidencia[Aspecto.DESCRIPCION]
    )
    assert new.hechos.evidencia[Aspecto.HORARIO].confianza is Confianza.MEDIA
    assert new.hechos.evidencia[Aspecto.HORARIO].fuente == "Hoja de la entidad"
    assert set(new.hechos.evidencia) == {*fichas[DUPLICADO].hechos.evidencia, Aspecto.HORARIO}


def test_a_requisito_keeps_its_key_when_it_is_the_same_or_nearly(
    asking: Asking, fichas: dict[str, Ficha]
) -> None:
    lines = (
        "1. Haber pagado la tasa del duplicado.\n"
        "2. Tu DNI no está vencido y le faltan más de 60 días para vencer.\n"
        "3. Denuncia policial si te lo robaron [opcional]"
    )
    new = asking.ficha({"Código": DUPLICADO, "Requisitos": lines})
    old = {row.clave: row for row in fichas[DUPLICADO].hechos.requisitos}
    assert [row.clave for row in new.hechos.requisitos] == [
        "pago",
        "dni-vigente",
        "denuncia-policial-te-robaron",
    ]
    pago, dni, denuncia = new.hechos.requisitos
    assert (pago, dni) == (old["pago"], old["dni-vigente"])
    assert not denuncia.obligatorio
    assert new.es["requisitos.denuncia-policial-te-robaron"] == "Denuncia policial si te lo robaron"
    assert not new.is_stale("requisitos.dni-vigente")
    assert new.is_stale("requisitos.pago")
    assert "requisitos.datos-al-dia" not in new.qu


def test_an_accent_put_right_is_a_change(asking: Asking) -> None:
    line = "Tu DNI no esta vencido y le faltan más de 60 días para vencer."
    new = asking.ficha({"Código": DUPLICADO, "Requisitos": line})
    assert new.es["requisitos.dni-vigente"] == line


@pytest.mark.parametrize(
    ("cell", "listed"),
    [
        ("1. Solicitud dirigida\nal jefe\n2. Pago", ["Solicitud dirigida al jefe", "Pago"]),
        ("1. Solicitud 2. Pago 3. Foto", ["Solicitud", "Pago", "Foto"]),
        ("- Solicitud\n• Pago\n· Foto", ["Solicitud", "Pago", "Foto"]),
        ("a) Solicitud\nb) Pago", ["Solicitud", "Pago"]),
        ("Solicitud\nPago", ["Solicitud", "Pago"]),
        ("2 fotos tamaño carné\n1.5 m de cinta", ["2 fotos tamaño carné", "1.5 m de cinta"]),
        ("1.- Solicitud\n1.1. Copia", ["Solicitud", "Copia"]),
        (
            "Solicitud simple\nfirmada por el titular.\nPago",
            ["Solicitud simple firmada por el titular.", "Pago"],
        ),
    ],
)
def test_a_list_is_read_however_it_was_numbered_or_wrapped(
    asking: Asking, cell: str, listed: list[str]
) -> None:
    new = asking.ficha({"Código": DUPLICADO, "Requisitos": cell})
    assert [new.es[f"requisitos.{row.clave}"] for row in new.hechos.requisitos] == listed


def test_the_same_requisito_twice_is_refused(asking: Asking) -> None:
    assert "está dos veces" in asking.refusal({"Código": DUPLICADO, "Requisitos": "Pago\nPAGO."})


FEES: tuple[Sheet, ...] = (
    {"Código": DUPLICADO, "Monto": "36.00", "Vía del pago": "En línea"},
    {"Código": DUPLICADO, "Tipo de fila": "costo", "Monto": 38, "Vía del pago": "Presencial"},
    {"Código": DUPLICADO, "Tipo de fila": "costo", "Detalle del pago": "Si el DNI que perdiste era azul, el monto está por confirmar."},
)  # fmt: skip


def test_fees_find_their_rows_and_keep_the_sentence_with_its_place(
    asking: Asking, fichas: dict[str, Ficha]
) -> None:
    new = asking.ficha(*FEES)
    old = fichas[DUPLICADO]
    assert [(row.clave, row.monto) for row in new.hechos.costos] == [
        ("en-linea", Decimal("36.00")), ("presencial", Decimal("38.00")), ("dni-azul", None),
    ]  # fmt: skip
    assert new.es == old.es
    assert new.hechos.costos[0].codigo_pago == "00522"
    assert new.hechos.evidencia == old.hechos.evidencia


def test_a_sheet_that_says_one_of_several_fees_must_say_the_others(asking: Asking) -> None:
    report = asking.report(FEES[0])
    assert report.proposals == []
    assert [(problem.fila, problem.columna) for problem in report.errors] == [(2, "Monto"), (2, "Monto")]
    assert "«En la oficina: S/ 35.00.»" in report.errors[0].mensaje


def test_a_fee_is_taken_away_only_by_its_word(asking: Asking) -> None:
    gone = {**FEES[2], "Monto": "borrar"}
    new = asking.ficha(FEES[0], FEES[1], gone)
    assert [row.clave for row in new.hechos.costos] == ["en-linea", "presencial"]
    assert "costos.dni-azul" not in new.es


def test_the_prefilled_sentence_follows_the_new_amount(asking: Asking, fichas: dict[str, Ficha]) -> None:
    row = {"Código": "pj-antecedentes-penales", "Monto": "45.00"}
    asking.entidad = fichas["pj-antecedentes-penales"].hechos.entidad
    old = fichas["pj-antecedentes-penales"]
    (fee,) = old.hechos.costos
    sentence = old.es[f"costos.{fee.clave}"]
    told = sentence.replace("{monto}", f"S/ {fee.monto}").replace("{codigo_pago}", fee.codigo_pago)
    for detail in (
        None,
        told,
        sentence,
        told.replace(f"{fee.monto}", "45.00"),
        told.replace(f"S/ {fee.monto}", "45 soles"),
    ):
        new = asking.ficha({**row, "Detalle del pago": detail})
        assert new.hechos.costos[0].monto == Decimal("45.00")
        assert new.es == old.es


def test_a_sentence_with_another_amount_is_refused(asking: Asking) -> None:
    row = {
        "Código": "reniec-dni-renovacion",
        "Monto": "45.00",
        "Detalle del pago": "Cuesta S/ 54.00 en caja.",
    }
    assert "la frase dice «S/ 54.00» y el pago es «S/ 45.00»" in asking.report(row).errors[0].mensaje


def test_a_new_sentence_gets_a_place_for_each_figure(asking: Asking) -> None:
    new = asking.ficha(
        {"Código": "reniec-nuevo", "Denominación": "Algo nuevo", "Monto": "S/ 1,234.50", "Código de pago": "02121",
         "Detalle del pago": "La tasa es S/. 1 234.50, con el código 02121."}
    )  # fmt: skip
    (fee,) = new.hechos.costos
    assert fee.clave == "tasa"
    assert new.es["costos.tasa"] == "La tasa es {monto}, con el código {codigo_pago}."


def test_a_sentence_that_says_free_does_not_stay_when_it_costs(
    asking: Asking, fichas: dict[str, Ficha]
) -> None:
    free = next(
        f for f in fichas.values()
        if len(f.hechos.costos) == 1 and f.hechos.costos[0].gratuito and f"costos.{f.hechos.costos[0].clave}" in f.es
    )  # fmt: skip
    asking.entidad = free.hechos.entidad
    report = asking.report({"Código": free.codigo, "Monto": "10.00"})
    assert report.errors == []
    ficha = report.proposals[0].ficha
    assert ficha is not None
    assert not [key for key in ficha.es if key.startswith("costos.")]
    assert "ya no vale" in report.warnings[0].mensaje


def test_of_several_fees_the_sentence_must_be_written_again(asking: Asking) -> None:
    azul = {**FEES[2], "Monto": "30.00"}
    assert "ya no vale: escribe la nueva" in asking.refusal(FEES[0], FEES[1], azul)


def test_a_fee_nobody_had_confirmed_gives_way_to_those_of_the_sheet(
    asking: Asking, fichas: dict[str, Ficha]
) -> None:
    open_ = next(f for f in fichas.values() if len(f.hechos.costos) == 1 and f.hechos.costos[0].por_confirmar)
    asking.entidad = open_.hechos.entidad
    rows = (
        {"Código": open_.codigo, "Monto": 10, "Vía del pago": "Presencial"},
        {"Código": open_.codigo, "Tipo de fila": "costo", "Monto": 8, "Vía del pago": "En línea"},
    )
    new = asking.ficha(*rows)
    assert sorted((row.via, row.monto) for row in new.hechos.costos if row.via) == [
        (Via.EN_LINEA, Decimal("8.00")), (Via.PRESENCIAL, Decimal("10.00")),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["Gratuito", "gratis", "GRATUITO"])
def test_free_of_charge_is_said_in_the_amount_or_beside_it(asking: Asking, cell: str) -> None:
    for row in ({"Monto": cell}, {"Gratuito": "Sí"}, {"Monto": cell, "Gratuito": "x"}):
        new = asking.ficha({"Código": "reniec-nuevo", "Denominación": "Algo nuevo", **row})
        assert [(fee.gratuito, fee.monto) for fee in new.hechos.costos] == [(True, None)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Monto": "24", "Gratuito": "sí"}, "deja uno de los dos"),
        ({"Monto": "gratuito", "Gratuito": "no"}, "deja uno de los dos"),
        ({"Monto": "por confirmar", "Gratuito": "sí"}, "deja uno de los dos"),
        ({"Monto": "-"}, "un guion no dice"),
        ({"Monto": "1.234"}, "de dos maneras"),
        ({"Gratuito": "quizá"}, "sí o no"),
        ({"Vía del pago": "por paloma", "Monto": "24"}, "escribe una de"),
        ({"Monto": "24", "Vigente desde": "02/13/2026"}, "no hay mes 13"),
        ({"Monto": "24", "Vigente desde": "02/03/2026", "Vigente hasta": "01/03/2026"}, "anterior"),
        ({"% UIT": "0.44"}, "falta el monto"),
        ({"Plazo": "pronto"}, "no es un plazo"),
        ({"Plazo": "30", "Unidad del plazo": "lunas"}, "escribe una de"),
        ({"Plazo": "30 días hábiles", "Unidad del plazo": "horas"}, "no es la unidad"),
        ({"Calificación": "evaluación previa"}, "silencio positivo o negativo"),
        ({"Tipo": "cosa"}, "procedimiento"),
        ({"Consulta: correo": "no es correo"}, "no es un correo"),
        ({"Consulta: teléfono": "llama"}, "no es un teléfono"),
        ({"Consulta: anexo": "12"}, "un solo teléfono"),
        ({"Canales de atención": "Por paloma"}, "no dice por dónde"),
        ({"Descripción": "x" * 5000}, "5000 caracteres; caben 4000"),
        ({"Requisitos": "x" * 5000}, "5000 caracteres; caben 4000"),
        ({"Descripción": "Cuesta {monto}"}, "llaves"),
        ({"Monto": "24", "Detalle del pago": "Cuesta {precio}"}, "entre llaves solo va {codigo_pago} y {monto}"),
        ({"Formularios": "F | 1 | https://" + "x" * 600}, "demasiado largo"),
        ({"Código de pago": "1" * 30, "Monto": "24"}, "demasiado largo"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_refused_with_its_row_and_column(
    asking: Asking, row: Sheet, reason: str
) -> None:
    report = asking.report({"Código": "reniec-nuevo", "Denominación": "Algo nuevo", **row})
    assert report.proposals == []
    assert reason in report.errors[0].mensaje
    assert report.errors[0].fila == 2
    assert report.errors[0].columna


def test_a_term_without_a_unit_is_working_days_and_says_so(asking: Asking) -> None:
    report = asking.report({"Código": "reniec-nuevo", "Denominación": "Algo nuevo", "Plazo": 30})
    ficha = report.proposals[0].ficha
    assert ficha is not None
    assert [(row.valor, row.unidad) for row in ficha.hechos.plazos] == [(30, Unidad.DIAS_HABILES)]
    assert "artículo 134" in " ".join(problem.mensaje for problem in report.warnings)


def test_a_term_keeps_the_unit_it_had(asking: Asking, fichas: dict[str, Ficha]) -> None:
    new = asking.ficha({"Código": DUPLICADO, "Plazo": 72})
    assert [(row.clave, row.valor, row.unidad) for row in new.hechos.plazos] == [
        ("entrega", 72, Unidad.HORAS)
    ]
    assert new.es["plazos.entrega"] == "Demora cerca de {plazo}."


def test_a_code_that_lost_its_zeros_as_a_number_finds_them_again(asking: Asking) -> None:
    rows = ({**FEES[0], "Código de pago": 522}, *FEES[1:])
    assert asking.ficha(*rows).hechos.costos[0].codigo_pago == "00522"
    report = asking.report(
        {"Código": "reniec-nuevo", "Denominación": "Nuevo", "Monto": 5, "Código de pago": 522}
    )
    assert "ceros delante" in " ".join(problem.mensaje for problem in report.warnings)


def test_everything_of_the_official_ficha_is_read(asking: Asking) -> None:
    new = asking.ficha(
        {
            "Código": "PA156095DF", "Acción": "nueva", "Denominación": "Copia certificada", "Tipo": "Procedimiento administrativo",
            "Descripción": "Para qué sirve.", "Requisitos": "Solicitud\nRecibo [pago]", "Notas": "Primera nota\nSegunda nota.",
            "Formularios": "F-01 | 01 | https://x.pe/f.pdf", "Canales de atención": "Presencial\nVirtual: https://x.pe\nTelefónica: Llama. | tel. 1818",
            "Pago por derecho de tramitación (S/)": 24.5, "% UIT": "0.44 %", "Vigente desde": "01/02/2026", "Modalidad de pagos": "Efectivo en caja.",
            "Plazo": "15 días hábiles", "Calificación": "Evaluación previa - Silencio administrativo negativo",
            "Sedes de atención": "Sede central", "Horario de atención": "L-V 8:30-16:30", "Unidad donde se presenta la documentación": "Mesa de partes",
            "Unidad responsable de aprobar la solicitud": "Subgerencia", "Consulta: teléfono": "(01) 315-2700", "Consulta: anexo": 1234,
            "Consulta: correo": "a@x.gob.pe", "Reconsideración: autoridad": "Subgerente", "Reconsideración: días para presentarla": 15,
            "Apelación: autoridad": "Gerente", "Apelación: días para resolverla": "30 días",
            "Base legal": "Ley 27444 | art. 37 | Procedimiento | 11/04/2001\nDS 004-2019-JUS",
        }
    )  # fmt: skip
    facts = new.hechos
    assert (facts.codigo, facts.codigo_tupa, facts.nivel) == (
        "reniec-copia-certificada",
        "PA156095DF",
        "completa",
    )
    assert (facts.tipo, facts.calificacion) == (Tipo.PROCEDIMIENTO, Calificacion.SILENCIO_NEGATIVO)
    assert [row.tipo for row in facts.requisitos] == ["documento", "pago"]
    assert new.es["requisitos"] == "Primera nota. Segunda nota."
    assert [(row.via, row.url, row.telefono) for row in facts.canales] == [
        (Via.PRESENCIAL, "", ""), (Via.EN_LINEA, "https://x.pe", ""), (Via.TELEFONO, "", "1818"),
    ]  # fmt: skip
    assert isinstance(facts.costos[0], Costo)
    assert (facts.costos[0].monto, facts.costos[0].uit_porcentaje) == (Decimal("24.50"), Decimal("0.44"))
    assert str(facts.costos[0].desde) == "2026-02-01"
    assert [(row.tipo, row.valor, row.anexo) for row in facts.contactos] == [
        ("unidad", "Se presenta en: Mesa de partes", ""), ("unidad", "Aprueba: Subgerencia", ""),
        ("telefono", "(01) 315-2700", "1234"), ("correo", "a@x.gob.pe", ""),
    ]  # fmt: skip
    assert [(row.tipo, row.presentar_dias, row.resolver_dias) for row in facts.recursos] == [
        ("reconsideracion", 15, None), ("apelacion", None, 30),
    ]  # fmt: skip
    assert [(row.norma, row.articulo, str(row.fecha_publicacion)) for row in facts.base_legal] == [
        ("Ley 27444", "art. 37", "2001-04-11"), ("DS 004-2019-JUS", "", "None"),
    ]  # fmt: skip
    assert {e.fuente for e in facts.evidencia.values()} == {"Hoja de la entidad"}


def test_actions_that_contradict_what_is_published_are_refused(asking: Asking) -> None:
    name = {"Denominación": "X"}
    assert "ya hay una ficha" in asking.refusal({"Código": DUPLICADO, "Acción": "nueva"})
    assert "no hay ninguna ficha" in asking.refusal({"Código": "reniec-no-hay", "Acción": "cambia", **name})
    assert "escribe «nueva»" in asking.refusal({"Código": "reniec-no-hay", "Acción": None, **name})
    assert "Se entiende: nueva" in asking.refusal({"Código": DUPLICADO, "Acción": "bailar"})
    assert "cambia: Descripción" in asking.refusal(
        {"Código": DUPLICADO, "Acción": "igual", "Descripción": "Otra"}
    )


def test_a_ficha_is_withdrawn_with_a_reason_or_a_replacement_that_is_there(asking: Asking) -> None:
    row = {"Código": DUPLICADO, "Acción": "retira"}
    assert "escribe el motivo" in asking.refusal(row)
    assert "no existe" in asking.refusal({**row, "Reemplazo": "reniec-no-hay"})
    assert "también se retira" in asking.refusal({**row, "Reemplazo": DUPLICADO})
    proposal = asking.one({**row, "Motivo": "Ya no se hace", "Reemplazo": "reniec-dni-renovacion"})
    assert (proposal.accion, proposal.ficha) == (Accion.RETIRA, None)
    assert (proposal.motivo, proposal.reemplazo) == ("Ya no se hace", "reniec-dni-renovacion")


def test_the_ficha_of_another_entity_is_refused(asking: Asking) -> None:
    assert "es de otra entidad (osiptel)" in asking.refusal(
        {"Código": "osiptel-reclamo", "Descripción": "Mía"}
    )


@pytest.mark.parametrize(
    "code", [" RENIEC-DNI-Duplicado ", "reniec - dni - duplicado", "Reniec dni-duplicado"]
)
def test_a_code_in_capitals_or_with_spaces_is_the_same_code(asking: Asking, code: str) -> None:
    assert asking.one({"Código": code, "Descripción": "Otra."}).codigo == DUPLICADO


def test_two_rows_with_one_code_name_both_rows(asking: Asking) -> None:
    said = asking.refusal(
        {"Código": DUPLICADO, "Descripción": "Una"}, {"Código": DUPLICADO.upper(), "Descripción": "Otra"}
    )
    assert said.startswith(
        "fila 3, columna «Código»: el código «reniec-dni-duplicado» está dos veces: en la fila 2 y en la 3."
    )


def test_a_further_row_may_say_only_its_fee(asking: Asking) -> None:
    assert "ponlo en la fila de la ficha" in asking.refusal(
        FEES[0], {**FEES[1], "Descripción": "Otra"}, FEES[2]
    )
    assert "no dice nada" in asking.refusal(
        {"Código": DUPLICADO}, {"Código": DUPLICADO, "Tipo de fila": "costo"}
    )
    assert "va antes" in asking.refusal({"Código": "reniec-nuevo", "Tipo de fila": "costo", "Monto": 5})
    assert "escribe ficha, costo o plazo" in asking.refusal({"Código": DUPLICADO, "Tipo de fila": "otra"})


def test_a_new_ficha_without_a_description_has_a_blank_there_and_not_its_name(asking: Asking) -> None:
    new = asking.ficha({"Código": "reniec-nuevo", "Denominación": "Algo nuevo", "Monto": "24.00"})
    assert Aspecto.DESCRIPCION not in new.hechos.evidencia
    told = asking.ficha({"Código": "reniec-nuevo", "Denominación": "Algo nuevo", "Descripción": "Para esto."})
    assert told.hechos.evidence_of(Aspecto.DESCRIPCION).fuente == "Hoja de la entidad"


def test_a_detail_that_only_names_the_fee_still_tells_the_amount_and_its_code(asking: Asking) -> None:
    row = {"Código": "reniec-copia", "Denominación": "Copia", "Monto": 45.5, "Detalle del pago": "Por internet.", "Código de pago": "02121"}  # fmt: skip
    report = asking.report(row)
    assert report.errors == []
    ficha = report.proposals[0].ficha
    assert ficha is not None
    (fee,) = ficha.hechos.costos
    told = fee_sentence(ficha.es[f"costos.{fee.clave}"], fee)
    assert "S/ 45.50" in told
    assert "02121" in told
    assert told.startswith("Por internet")
    assert any("no decía la cifra" in warning.mensaje for warning in report.warnings)


def test_a_detail_that_only_names_the_term_still_tells_it(asking: Asking) -> None:
    row = {
        "Código": DUPLICADO,
        "Plazo": 7,
        "Unidad del plazo": "días hábiles",
        "Detalle del plazo": "En agencia.",
    }
    ficha = asking.report(row).proposals[0].ficha
    assert ficha is not None
    (limit,) = ficha.hechos.plazos
    assert term_sentence(ficha.es[f"plazos.{limit.clave}"], limit) == "En agencia: 7 días hábiles."


@pytest.mark.parametrize("word", ["Eliminado", "suprimida", "dar de baja", "RETIRADO"])
def test_participles_in_the_action_column_are_actions(asking: Asking, word: str) -> None:
    assert asking.one({"Acción": word, "Código": DUPLICADO, "Motivo": "Ya no se da"}).accion is Accion.RETIRA
