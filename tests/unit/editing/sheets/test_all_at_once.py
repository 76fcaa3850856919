"""A sheet is mended in one sitting: everything that is wrong with it is said the first time."""

import pytest

from cms.editing.proposals import Accion
from cms.editing.sheets.actions import NotAnActionError, action
from cms.editing.sheets.problems import Level
from tests.unit.editing.sheets.conftest import Make, Reading

CODE, OTHER = "reniec-dni-duplicado", "reniec-dni-renovacion"


def errors(report: object) -> set[tuple[int | None, str]]:
    return {(problem.fila, problem.columna) for problem in report.errors}  # type: ignore[attr-defined]


def test_a_row_tells_all_that_is_wrong_with_it_and_so_do_the_others(book: Make, reading: Reading) -> None:
    rows = [
        ["Acción", "Código", "Calificación", "Monto", "Plazo", "Apelación: días para resolverla"],
        ["bailar", OTHER, "quizá", "1.234", "ayer", "nunca"],
        ["cambia", "reniec-no-hay", "tal vez", "US$ 5", "pronto", None],
        ["retira", "reniec-acta-nacimiento", None, None, None, None],
    ]
    assert errors(reading(book(rows))) == {
        (2, "Acción"), (2, "Calificación"), (2, "Monto"), (2, "Plazo"), (2, "Apelación: días para resolverla"),
        (3, "Código"), (3, "Calificación"), (3, "Monto"), (3, "Plazo"), (4, "Motivo"),
    }  # fmt: skip


def test_a_row_without_a_code_and_a_second_one_with_the_same_are_read_to_their_end(
    book: Make, reading: Reading
) -> None:
    rows = [
        ["Código", "Calificación", "Monto"],
        [OTHER, "quizá", "44.00"],
        [OTHER, "Aprobación automática", "US$ 5"],
        [None, "tal vez", "1.234"],
    ]
    report = reading(book(rows))
    assert report.proposals == []
    assert errors(report) == {
        (2, "Calificación"),
        (3, "Código"),
        (3, "Monto"),
        (4, ""),
        (4, "Calificación"),
        (4, "Monto"),
    }


def test_one_fee_that_cannot_be_read_hides_nothing_of_the_others(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Tipo de fila", "Monto", "Vía del pago", "Vigente desde"],
        [CODE, None, "1.234", "En línea", None],
        [CODE, "costo", "40.00", "Presencial", "ayer"],
        [CODE, "costo", "40.00", "volando", None],
    ]
    assert errors(reading(book(rows))) == {(2, "Monto"), (3, "Vigente desde"), (4, "Vía del pago")}


def test_a_replacement_whose_own_row_is_wrong_is_not_said_to_be_missing(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Acción", "Denominación", "Monto", "Motivo", "Reemplazo"],
        ["reniec-dni-nuevo", "nueva", "DNI nuevo", "1.234", None, None],
        [CODE, "retira", None, None, "Ya no se da", "reniec-dni-nuevo"],
    ]
    assert errors(reading(book(rows))) == {(2, "Monto")}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("Vigente", "VIGENTES", "Sin cambio", "Sin cambios", "sin modificación", "Se mantiene", "se mantienen", "«igual»"), Accion.IGUAL),
        (("Nuevo", "nuevas", "Procedimiento nuevo", "Incorporado", "Se incorpora", "alta"), Accion.NUEVA),
        (("Modificado", "MODIFICADA", "“modificado”", "Se modifica", "cambia", "Actualización"), Accion.CAMBIA),
        (("Eliminado", "«eliminado»", '"ELIMINADA"', "Derogado", "derogación", "Suprimidos", "Se elimina", "Baja"), Accion.RETIRA),
    ],
)  # fmt: skip
def test_actions_are_understood_as_entities_write_them(words: tuple[str, ...], meant: Accion) -> None:
    assert {word: action(word) for word in words} == dict.fromkeys(words, meant)


@pytest.mark.parametrize("empty", ["", " ", "-", "—"])
def test_no_action_is_what_results_of_comparing(empty: str) -> None:
    assert action(empty) is None


def test_a_doubt_is_no_action() -> None:
    with pytest.raises(NotAnActionError):
        action("¿Eliminado?")


def test_an_action_that_is_not_understood_lists_those_that_are() -> None:
    with pytest.raises(NotAnActionError) as refused:
        action("En evaluación")
    for word in ("En evaluación", "nueva", "modificado", "derogado", "se mantiene", "vigente", "vacía"):
        assert word in str(refused.value)


def test_one_that_stays_as_it_is_and_has_another_fee_is_refused_in_words(
    book: Make, reading: Reading
) -> None:
    report = reading(book([["Código", "Acción", "Monto"], [OTHER, "Vigente", "44.00"]]))
    (problem,) = report.errors
    assert "dice que queda igual, y cambia: Pago por derecho de tramitación" in problem.mensaje


@pytest.mark.parametrize("place", ["A4:D4", "A4", "B4"])
def test_a_note_under_the_table_is_said_wherever_it_stands(book: Make, reading: Reading, place: str) -> None:
    def note(sheet: object) -> None:
        if ":" in place:
            sheet.merge_cells(place)  # type: ignore[attr-defined]
        sheet[place.partition(":")[0]] = "Los mayores de 65 años no pagan."  # type: ignore[index]

    rows = [["N°", "Código", "Monto", "Notas"], [1, OTHER, "44.00"], [2]]
    report = reading(book(rows, note))
    assert report.errors == []
    assert [problem.texto for problem in report.warnings] == [
        "fila 4: nota, no se lee: «Los mayores de 65 años no pagan.»"
    ]


def test_a_section_s_title_is_only_told(book: Make, reading: Reading) -> None:
    rows = [["Código", "Monto"], ["SECCIÓN I: PROCEDIMIENTOS"], [OTHER, "44.00"]]
    report = reading(book(rows, lambda sheet: sheet.merge_cells("A2:B2")))
    assert [(p.texto, p.level) for p in report.problems] == [
        ("fila 2: título, no se lee: «SECCIÓN I: PROCEDIMIENTOS»", Level.INFORMACION)
    ]


def test_words_alone_name_no_ficha_where_fichas_have_codes(book: Make, reading: Reading) -> None:
    rows = [
        ["Código", "Denominación", "Monto"],
        [OTHER, "Renovación", "44.00"],
        [None, "Montos según la UIT de 2026"],
    ]
    report = reading(book(rows))
    assert [p.codigo for p in report.proposals] == [OTHER]
    assert [(p.fila, p.mensaje) for p in report.warnings] == [
        (3, "nota, no se lee: «Montos según la UIT de 2026»")
    ]
