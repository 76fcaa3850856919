"""Sheets as entities send them, made in memory, and read against the real fichas of the seed."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, Protocol

import pytest
from django.conf import settings
from openpyxl import Workbook

from cms.editing.sheets import Report, read
from cms.editing.sheets.codes import finder
from cms.tramites.schema import Ficha
from cms.tramites.seed import read_fichas


class Reading(Protocol):
    def __call__(
        self,
        content: bytes,
        filename: str = "tupa.xlsx",
        *,
        entidad: str = "reniec",
        mapping: Mapping[str, str] | None = None,
    ) -> Report: ...


Make = Callable[..., bytes]


@pytest.fixture(scope="session")
def fichas() -> dict[str, Ficha]:
    return {ficha.codigo: ficha for ficha in read_fichas(settings.CONTENT_DIR / "fichas")}


@pytest.fixture(scope="session")
def reading(fichas: dict[str, Ficha]) -> Reading:
    def run(
        content: bytes,
        filename: str = "tupa.xlsx",
        *,
        entidad: str = "reniec",
        mapping: Mapping[str, str] | None = None,
    ) -> Report:
        return read(content, filename, entidad=entidad, mapping=mapping, current=finder(fichas.values()))

    return run


@pytest.fixture(scope="session")
def book() -> Make:
    """An .xlsx of `rows`; `change` may do to its sheet what people do."""

    def make(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> bytes:
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
        if change:
            change(sheet)
        return saved(workbook)

    return make


def saved(workbook: Workbook) -> bytes:
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()
