"""What a sheet leaves open is asked; once it is answered, a fee it does not say stays or goes, and never by silence."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from cms.editing.sheets import Report, read
from cms.editing.sheets.answers import Answers, Others
from cms.tramites.schema import Ficha
from tests.unit.editing.sheets.conftest import Make

# It has three fees: by internet, at the office, and one to be confirmed.
CODE = "reniec-dni-duplicado"
Answering = Callable[..., Report]
WEB = [["Código", "Derecho – web"], [CODE, "36.00"]]


@pytest.fixture
def answering(book: Make, fichas: dict[str, Ficha]) -> Answering:
    def run(rows: list[list[object]], entidad: str = "reniec", **answers: object) -> Report:
        said = Answers(**answers)  # type: ignore[arg-type]
        return read(book(rows), "tupa.xlsx", entidad=entidad, answers=said, current=fichas.get)

    return run


def fees(report: Report) -> list[tuple[str, Decimal | None]]:
    assert report.errors == []
    (proposal,) = report.proposals
    assert proposal.ficha is not None
    return [(row.clave, row.monto) for row in proposal.ficha.hechos.costos]


def test_until_it_is_answered_the_other_fees_are_asked_about(answering: Answering) -> None:
    report = answering(WEB)
    assert report.proposals == []
    assert {problem.pide for problem in report.errors} == {"pagos"}
    assert len(report.errors) == 2


def test_the_others_stay_where_they_are_with_their_sentences(
    answering: Answering, fichas: dict[str, Ficha]
) -> None:
    report = answering(WEB, pagos=Others.STAY)
    assert fees(report) == [
        ("en-linea", Decimal("36.00")),
        ("presencial", Decimal("35.00")),
        ("dni-azul", None),
    ]
    (proposal,) = report.proposals
    assert proposal.ficha is not None
    assert proposal.ficha.es == fichas[CODE].es


def test_the_others_go_and_each_is_named(answering: Answering) -> None:
    report = answering(WEB, pagos=Others.END)
    assert fees(report) == [("en-linea", Decimal("36.00"))]
    assert sorted(
        "En la oficina: S/ 35.00." in p.mensaje for p in report.warnings if "se quita" in p.mensaje
    ) == [False, True]


def test_a_fee_that_may_be_one_of_those_that_stay_is_not_told_twice(answering: Answering) -> None:
    report = answering([["Código", "Monto"], [CODE, "36.00"]], pagos=Others.STAY)
    assert report.proposals == []
    assert "no se sabe si este pago es uno de los de hoy" in report.errors[0].mensaje


def test_the_same_answer_is_not_taken_for_terms(answering: Answering, fichas: dict[str, Ficha]) -> None:
    two = next(f for f in fichas.values() if len(f.hechos.plazos) > 1)
    rows: list[list[object]] = [["Código", "Plazo", "Unidad del plazo"], [two.codigo, 99, "días hábiles"]]
    asked = answering(rows, two.hechos.entidad, pagos=Others.END)
    assert {problem.pide for problem in asked.errors} == {"plazos"}
    (proposal,) = answering(rows, two.hechos.entidad, plazos=Others.END).proposals
    assert proposal.ficha is not None
    assert [row.valor for row in proposal.ficha.hechos.plazos] == [99]


def test_only_the_new_ficha_is_asked_its_name(answering: Answering) -> None:
    rows: list[list[object]] = [
        ["Código", "Horario de atención"],
        [CODE, "De 8 a 13 h."],
        ["reniec-nuevo", "De 8 a 15 h."],
    ]
    asked = answering(rows)
    assert [problem.pide for problem in asked.errors] == ["nombre:reniec-nuevo"]
    assert [proposal.codigo for proposal in asked.proposals] == [CODE]
    _old, new = answering(rows, nombres={"reniec-nuevo": "Constancia nueva"}).proposals
    assert new.ficha is not None
    assert new.ficha.es["nombre"] == "Constancia nueva"


def test_it_says_how_the_fee_of_today_is_taken_away_and_so_it_is(answering: Answering) -> None:
    rows: list[list[object]] = [
        ["Código", "Tipo de fila", "Monto", "Vía del pago", "Detalle del pago"],
        [CODE, None, "36.00", "Por teléfono", None],
        [CODE, "costo", "borrar", None, "Si el DNI que perdiste era azul, el monto está por confirmar."],
    ]
    refused = answering(rows[:2], pagos=Others.STAY)
    assert "«borrar» en el monto" in refused.errors[0].mensaje
    assert fees(answering(rows, pagos=Others.STAY)) == [
        ("en-linea", Decimal("33.00")), ("presencial", Decimal("35.00")), ("telefono", Decimal("36.00")),
    ]  # fmt: skip
