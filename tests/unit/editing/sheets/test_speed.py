"""What somebody waits for while a sheet is read and compared, and what it takes of the machine."""

import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from cms.editing.proposals import Accion
from cms.editing.sheets import csv_of, filled, read
from cms.editing.sheets.report import Report
from cms.tramites.schema import Ficha
from tests.unit.editing.sheets.conftest import Make, Reading
from tests.unit.editing.sheets.test_lies import repacked


def many(fichas: dict[str, Ficha], count: int) -> Iterator[Ficha]:
    """Full fichas of one entity under `count` codes."""
    full = [
        ficha
        for ficha in fichas.values()
        if ficha.hechos.nivel == "completa" and len(ficha.hechos.costos) < 2
    ]
    for number in range(count):
        ficha = full[number % len(full)]
        facts = ficha.hechos.model_copy(update={"codigo": f"x-{number}", "entidad": "x"})
        yield ficha.model_copy(update={"hechos": facts})


def changed(ficha: Ficha) -> Ficha:
    """Every sentence reworded, as in a new edition of a TUPA."""
    return ficha.model_copy(update={"es": {key: f"{text} Así." for key, text in ficha.es.items()}})


def quickest(work: Callable[[], Report], seconds: float) -> tuple[float, Report]:
    """The processor seconds of the quickest of three times, fewer once it is quick enough: what runs beside costs some too."""
    took, report = float("inf"), None
    for _time in range(3):
        start = time.process_time()
        report = work()
        took = min(took, time.process_time() - start)
        if took <= seconds:
            break
    assert report is not None
    return took, report


def test_a_hundred_fichas_are_read_and_compared_in_three_seconds(fichas: dict[str, Ficha]) -> None:
    known = {ficha.codigo: ficha for ficha in many(fichas, 100)}
    content = filled([changed(ficha) for ficha in known.values()])
    took, report = quickest(lambda: read(content, "x.xlsx", entidad="x", current=known.get), 3)
    assert took <= 3
    assert report.errors == []
    assert {proposal.accion for proposal in report.proposals} == {Accion.CAMBIA}


@pytest.mark.slow
@pytest.mark.parametrize(("filename", "most", "seconds"), [("x.xlsx", 5_000, 20), ("x.csv", 1_000, 4)])
def test_five_thousand_rows_are_read_and_compared_in_twenty_seconds(
    fichas: dict[str, Ficha], filename: str, most: int, seconds: int
) -> None:
    known: dict[str, Ficha] = {}
    rows = 0
    for ficha in many(fichas, most):
        rows += max(1, len(ficha.hechos.plazos))
        if rows > most:
            break
        known[ficha.codigo] = ficha
    write = filled if filename.endswith("xlsx") else csv_of
    content = write([changed(ficha) for ficha in known.values()])
    took, report = quickest(lambda: read(content, filename, entidad="x", current=known.get), seconds)
    assert took <= seconds
    assert report.errors == []
    assert len(report.proposals) == len(known)


@pytest.mark.slow
def test_the_largest_sheet_takes_a_bounded_part_of_the_memory(fichas: dict[str, Ficha]) -> None:
    known = {ficha.codigo: ficha for ficha in many(fichas, 250)}
    content = filled([changed(ficha) for ficha in known.values()])
    tracemalloc.start()
    read(content, "x.xlsx", entidad="x", current=known.get)
    _now, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 25_000_000


def test_thousands_of_merged_cells_are_looked_at_once_each(book: Make, reading: Reading) -> None:
    rows = 19_000
    areas = [f"{letters}{row}:{letters}{row + 1}" for letters in "AB" for row in range(2, rows, 2)]
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    content = book([["Código", "Denominación"], *([f"x-{n}", f"Nombre {n}"] for n in range(rows))])
    harmful = repacked(
        content,
        lambda name, data: (
            data.replace(b"</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>".encode())
            if "sheet1" in name
            else data
        ),
    )
    start = time.process_time()
    reading(harmful)
    assert time.process_time() - start <= 20
