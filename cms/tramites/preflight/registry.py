"""The register of rules, what a rule is given, and the check that runs them all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from cms.tramites.preflight.findings import Finding, Level
from cms.tramites.schema import Aspecto, Costo, Ficha, Hechos, Plazo

Uits = Mapping[int, Decimal]


@dataclass(frozen=True)
class Case:
    """One ficha under check.

    `uit` is the UIT in soles by year. `before` is what is public of the same ficha, if anything. `jornadas` gives,
    for the sedes whose hours are known, the longest stretch of their shortest working day, in hours.
    """

    ficha: Ficha
    today: date
    uit: Uits
    before: Ficha | None = None
    jornadas: Mapping[str, float] = field(default_factory=dict)

    @property
    def hechos(self) -> Hechos:
        return self.ficha.hechos

    @property
    def es(self) -> dict[str, str]:
        return self.ficha.es

    @cached_property
    def costos(self) -> list[Costo]:
        """The fees that are in force or will be; what is over is history."""
        return [row for row in self.hechos.costos if not row.hasta or row.hasta >= self.today]

    @cached_property
    def plazos(self) -> list[Plazo]:
        return [row for row in self.hechos.plazos if not row.hasta or row.hasta >= self.today]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule says of one place; the register adds its name, its level and its legal basis."""

    aspecto: Aspecto
    mensaje: str
    clave: str = ""
    campo: str = ""
    hecho: str = ""


Check = Callable[[Case], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    level: Level
    base: str
    check: Check


RULES: dict[str, Rule] = {}


def rule(name: str, level: Level, base: str) -> Callable[[Check], Check]:
    """Registers a rule under its permanent name; acceptances on record name it."""

    def register(check: Check) -> Check:
        if name in RULES:
            raise ValueError(f"two rules are called {name}")
        RULES[name] = Rule(name, level, base, check)
        return check

    return register


ORDER = {Level.ERROR: 0, Level.AVISO: 1, Level.INFORMACION: 2}


def check(
    ficha: Ficha,
    *,
    today: date,
    uit: Uits,
    before: Ficha | None = None,
    jornadas: Mapping[str, float] | None = None,
) -> list[Finding]:
    """Every finding, the gravest first and then in page order. Pure: asks nobody anything."""
    from cms.tramites.preflight import rules  # noqa: F401  the rules register themselves

    case = Case(ficha, today, uit, before, jornadas or {})
    found = [
        Finding(rule.id, rule.level, p.aspecto, p.clave, p.mensaje, rule.base, p.campo, p.hecho)
        for rule in RULES.values()
        for p in rule.check(case)
    ]
    return in_order(found)


def in_order(found: list[Finding]) -> list[Finding]:
    places = list(Aspecto)
    return sorted(found, key=lambda finding: (ORDER[finding.level], places.index(finding.aspecto)))
