"""Whatever stands in whatever cell: something is said or proposed, soon, and nothing is raised."""

import time
from datetime import date, datetime
from typing import Any

import pytest

from cms.editing.sheets import COLUMNS, csv_of, read
from cms.tramites.schema import Ficha
from tests.unit.editing.sheets.conftest import Make, Reading

STRANGE: list[Any] = [
    "=", "'", "{", "}", "{monto}", "{plazo}", "{}", "-", "borrar", "por confirmar", "gratuito", "x" * 30_000,
    "a\n" * 5_000, "(1)" * 3_000, "1 a (1) " * 2_000, "[" * 5_000, "| | |", "|", "https://", "1. 2. 3.", "1)\n2)\n3)",
    "\u202e\u200b", "ñ" * 300, "S/ " * 500, "1" * 500, "anexo", "@", 10**15, 1e300, -0.0, 1e-300, True, False,
    date(1900, 1, 1), datetime(2026, 1, 1, 10, 30), "_xFFFF_", "_x0000_", "a:b|c:d|e", ":", "Presencial:", "Base legal:",
]  # fmt: skip
COLUMNS_TRIED = [column for column in COLUMNS if column != "orden"]


@pytest.mark.parametrize("column", COLUMNS_TRIED)
def test_no_cell_brings_the_reading_down(book: Make, fichas: dict[str, Ficha], column: str) -> None:
    """Each value in a row of its own, of a ficha that is public (even rows) or a new one (odd rows)."""
    public = fichas["reniec-dni-duplicado"]

    def current(code: str) -> Ficha | None:
        if not code.startswith("x-") or int(code.removeprefix("x-")) % 2:
            return None
        facts = public.hechos.model_copy(update={"codigo": code})
        return public.model_copy(update={"hechos": facts})

    rows: list[dict[str, Any]] = [
        {"codigo": f"x-{number}", "nombre": f"Nuevo {number}", column: STRANGE[number // 2]}
        for number in range(2 * len(STRANGE))
    ]
    content = book([list(rows[0]), *(list(row.values()) for row in rows)])
    start = time.perf_counter()
    report = read(content, "x.xlsx", entidad="reniec", current=current)
    assert time.perf_counter() - start < 10
    assert report.proposals or report.problems
    csv_of([proposal.ficha for proposal in report.proposals if proposal.ficha])


def test_a_list_without_end_is_refused(book: Make, reading: Reading) -> None:
    lines = "\n".join(f"Requisito {number}" for number in range(101))
    report = reading(book([["Código", "Requisitos"], ["reniec-dni-duplicado", lines]]))
    assert [problem.texto for problem in report.errors] == [
        "fila 2, columna «Requisitos»: tiene 101 líneas; caben 100"
    ]
