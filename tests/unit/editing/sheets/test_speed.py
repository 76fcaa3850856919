"""What somebody waits for while a sheet is read and compared, and what it takes of the machine."""

import time
import tracemalloc
from collections.abc import Iterator

import pytest

from cms.editing.proposals import Accion
from cms.editing.sheets import csv_of, filled, read
from cms.tramites.schema import Ficha


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


def test_a_hundred_fichas_are_read_and_compared_in_three_seconds(fichas: dict[str, Ficha]) -> None:
    known = {ficha.codigo: ficha for ficha in many(fichas, 100)}
    content = filled([changed(ficha) for ficha in known.values()])
    start = time.process_time()
    report = read(content, "x.xlsx", entidad="x", current=known.get)
    assert time.process_time() - start <= 3
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
    start = time.process_time()
    report = read(content, filename, entidad="x", current=known.get)
    assert time.process_time() - start <= seconds
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
