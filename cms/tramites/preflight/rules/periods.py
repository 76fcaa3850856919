"""Time: what will be in force when. That two periods cross is refused by the schema itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from cms.tramites.periods import gaps, line_of, lines
from cms.tramites.preflight.findings import Level
from cms.tramites.preflight.registry import Case, Problem, rule
from cms.tramites.schema import Aspecto, Costo, Plazo

ROWS = {Aspecto.COSTO: "costos", Aspecto.PLAZO: "plazos"}
A_DAY = timedelta(days=1)


def day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


@rule("periodo-con-hueco", Level.AVISO, "")
def no_days_without_a_period(case: Case) -> Iterator[Problem]:
    for aspecto, rows in ROWS.items():
        for earlier, later in gaps(getattr(case.hechos, rows)):
            first, last = (
                earlier.hasta or date.max,
                later.desde or date.min,
            )  # gaps only pairs rows that have them
            yield Problem(
                aspecto,
                f"Entre el {day(first + A_DAY)} y el {day(last - A_DAY)} no hay nada vigente: esos días "
                f"se dirá que no se sabe. Ajusta las fechas de «{earlier.clave}» y «{later.clave}».",
                later.clave,
                "desde",
            )


@rule("periodo-que-acaba", Level.AVISO, "")
def what_ends_is_followed(case: Case) -> Iterator[Problem]:
    for aspecto, rows in ROWS.items():
        for line in lines(getattr(case.hechos, rows)):
            last = line[-1]
            if last.hasta:
                when = "dejó de estar vigente" if last.hasta < case.today else "deja de estar vigente"
                yield Problem(
                    aspecto,
                    f"«{last.clave}» {when} el {day(last.hasta)} y nada le sigue. Si cambia, añade otra fila con la "
                    f"misma clave y el año: «{line_of(last)[0]}-{last.hasta.year + 1}»; si se acaba, acepta el aviso.",
                    last.clave,
                    "hasta",
                    hecho=f"{last.clave} {last.hasta}",
                )


@rule("periodo-sin-nada-hoy", Level.AVISO, "")
def something_is_in_force_today(case: Case) -> Iterator[Problem]:
    for aspecto, rows in ROWS.items():
        given: list[Costo] | list[Plazo] = getattr(case.hechos, rows)
        if given and not any(row.in_force(case.today) for row in given):
            yield Problem(
                aspecto,
                "Hoy no hay ninguna fila vigente: se dirá que no se sabe. Revisa las fechas «vigente desde» y "
                "«vigente hasta».",
                given[0].clave,
                "desde",
                hecho=" ".join(f"{row.clave} {row.desde} {row.hasta}" for row in given),
            )


@rule("periodo-a-la-vez", Level.AVISO, "")
def a_later_fee_may_replace_one_that_has_no_end(case: Case) -> Iterator[Problem]:
    """Two fees at a time are normal; one that begins on a day beside one without end mostly replaces it."""
    for aspecto, rows in ROWS.items():
        given: list[Costo] | list[Plazo] = getattr(case.hechos, rows)
        for later in given:
            for row in given:
                if later.desde and _stands_beside(row, later):
                    yield Problem(
                        aspecto,
                        f"Desde el {day(later.desde)} se dirán a la vez «{row.clave}» y «{later.clave}». Si el segundo "
                        f"reemplaza al primero, pon en «{row.clave}» «vigente hasta» {day(later.desde - A_DAY)}.",
                        later.clave,
                        "desde",
                        hecho=f"{row.clave} {row.hasta} {later.clave} {later.desde}",
                    )


def _stands_beside(row: Costo | Plazo, later: Costo | Plazo) -> bool:
    if row is later or line_of(row) == line_of(later) or line_of(row)[1] != line_of(later)[1]:
        return False
    return row.hasta is None and (row.desde or date.min) < (later.desde or date.min)
