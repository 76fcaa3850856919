"""The report of a package, ficha by ficha and field by field: the same for who prepares it and for who approves it."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from cms.editing.comparing import Difference, compare
from cms.editing.marking import Piece, marked
from cms.editing.packages.checking import Check, checks
from cms.editing.packages.heard import Heard, heard
from cms.editing.packages.models import Estado, Paquete, Partida
from cms.editing.packages.results import Result, digest, results
from cms.editing.packages.sheet_checks import sheet_checks
from cms.editing.proposals import Accion
from cms.editing.sheets.cells import neutral
from cms.tramites.preflight import Level

OPEN = frozenset({Estado.BORRADOR, Estado.ENVIADO, Estado.APROBADO, Estado.RECHAZADO})
TITLES = {
    Accion.NUEVA: "Nuevas",
    Accion.CAMBIA: "Cambian",
    Accion.RETIRA: "Se retiran",
    Accion.IGUAL: "Sin cambio",
}
MARKED_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field that differs, with the words that differ marked where both states have some."""

    difference: Difference
    pieces: list[Piece]
    is_source: bool


@dataclass(frozen=True, slots=True)
class Ficha:
    item: Partida
    fields: list[Field]
    sources: list[Field]
    checks: list[Check]
    # What citizens read of it, whole; of what was public already the history tells it.
    heard: list[Heard]

    @property
    def errors(self) -> int:
        return sum(check.level == Level.ERROR for check in self.checks)

    @property
    def pending(self) -> int:
        return sum(check.pending for check in self.checks)


@dataclass(frozen=True, slots=True)
class Report:
    """`sello` is the digest of all that is shown: whoever approves names it."""

    package: Paquete
    fichas: list[Ficha]
    equal: list[Partida]
    sello: str
    # The sheet's own words, row by row, each with the check to accept where it is a warning.
    sheet: list[tuple[dict[str, Any], Check | None]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        return sum(ficha.errors for ficha in self.fichas)

    @property
    def pending(self) -> int:
        return sum(ficha.pending for ficha in self.fichas) + sum(
            bool(c and c.pending) for _row, c in self.sheet
        )

    @property
    def together(self) -> int:
        """How many warnings may be accepted with one reason: a doubt is looked at by itself."""
        found = [c for ficha in self.fichas for c in ficha.checks] + [c for _row, c in self.sheet if c]
        return sum(c.pending and not c.one_by_one for c in found)

    @property
    def groups(self) -> list[tuple[str, str, list[Ficha]]]:
        """(action, title, fichas), without the empty ones."""
        grouped = [
            (str(accion), title, [ficha for ficha in self.fichas if ficha.item.accion == accion])
            for accion, title in TITLES.items()
        ]
        return [group for group in grouped if group[2]]


def report(package: Paquete) -> Report:
    found = results(package)
    told = checks(package, found) if package.estado in OPEN else {}
    fichas = [
        _ficha(
            result,
            told.get(result.item.codigo, []),
            heard(package, result) if package.estado in OPEN else [],
        )
        for result in found
        if result.touches
    ]
    counted = Counter(result.item.accion for result in found)
    return Report(
        package=package,
        fichas=fichas,
        equal=[result.item for result in found if not result.touches],
        # What was approved keeps its digest, whatever code reads it one day.
        sello=package.sello or digest(package, found),
        sheet=_of_sheet(package),
        counts={str(accion): counted.get(accion, 0) for accion in Accion},
    )


def _of_sheet(package: Paquete) -> list[tuple[dict[str, Any], Check | None]]:
    found = {check.id: check for check in sheet_checks(package)}
    return [(told, found.get(told.get("id", ""))) for told in package.problemas]


def _ficha(result: Result, found: list[Check], said: list[Heard]) -> Ficha:
    # What is withdrawn is named, not told line by line: nothing of it is to be read again.
    told = [_field(d) for d in compare(result.before, result.after)] if result.after else []
    return Ficha(
        result.item,
        [line for line in told if not line.is_source],
        [line for line in told if line.is_source],
        found,
        said,
    )


def _field(difference: Difference) -> Field:
    short = len(difference.antes) + len(difference.despues) <= MARKED_CHARS
    pieces = marked(difference.antes, difference.despues) if difference.kind == "cambia" and short else []
    return Field(difference, pieces, difference.campo.endswith(": respaldo"))


HEAD = (
    "Código", "Denominación", "Acción", "Fila", "Campo", "Antes", "Después", "Tipo", "Mensaje", "Base legal", "Aceptado por",
)  # fmt: skip


def as_csv(told: Report) -> str:
    """The report as a table; cells that a program would run as a formula begin with an apostrophe."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for row in _rows(told):
        writer.writerow([neutral("" if cell is None else str(cell)) for cell in row])
    return text.getvalue()


def _rows(told: Report) -> Iterator[Iterable[Any]]:
    for problem, notice in told.sheet:
        by = notice.aceptado["por"] if notice and notice.aceptado else ""
        where = ("", "", "", problem["fila"], problem["columna"], "", "")
        yield (*where, problem["level"], problem["mensaje"], "", by)
    for ficha in told.fichas:
        item = ficha.item
        head = (item.codigo, item.nombre, item.accion, item.fila)
        if item.accion == Accion.RETIRA:
            yield *head, "Retiro", "", item.reemplazo, "retira", item.motivo, "", ""
        for line in (*ficha.fields, *ficha.sources):
            d = line.difference
            yield *head, d.campo, d.antes, d.despues, d.kind, "", "", ""
        for said in ficha.heard:
            since = f", desde el {said.desde:%d/%m/%Y}" if said.desde else ""
            campo = f"Lo que se leerá en {said.idioma}: {said.titulo}{since}"
            yield *head, campo, said.antes, said.despues, "lectura", "", "", ""
        for check in ficha.checks:
            by = check.aceptado["por"] if check.aceptado else ""
            yield *head, "", "", "", check.level, check.mensaje, check.base, by
    for item in told.equal:
        yield item.codigo, item.nombre, item.accion, item.fila, "", "", "", "", "", "", ""
