"""What is in force on an earlier day, by what is known now, of facts that bear no dates of their own.

A version that took force on a day (`rige`) says that what it changed holds from that day on: before it, what stood until
then holds. A version that only corrects says nothing of days: what it says was so all along. One that undoes another
(`deshace`) takes back that it ever took force.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from cms.tramites.models import Version
from cms.tramites.periods import without_day
from cms.tramites.queries import (
    FACTS_OF_ASPECT,
    Published,
    TramiteWithdrawn,
    ficha_of,
    published,
    published_before,
)
from cms.tramites.schema import Aspecto, Confianza, Evidencia, Ficha, Hechos, aspect_of

DATED = ("costos", "plazos")
T = TypeVar("T")


def published_on(codigo: str, on: date | None, *, revision: int | None = None) -> Published:
    """As `published`, of the day `on`; also of a tramite that was withdrawn after that day, with its withdrawal."""
    try:
        found = published(codigo, revision=revision)
    except TramiteWithdrawn as gone:
        if on is None:
            raise
        found = published_before(gone, on, revision=revision)
    return in_force_on(found, on)


def in_force_on(found: Published, on: date | None) -> Published:
    """`found` as it is in force on the day `on`; itself where nothing took force after that day.

    It carries the revision its facts are of. Where some are of an earlier one, it says which aspects (`earlier`): asked of
    that day, either revision tells them the same.
    """
    if on is None:
        return found
    later = _later(found, on)
    found = _last_known(found, later, on)
    told, earlier = found.ficha, dict[Aspecto, Version]()
    settled: set[Aspecto] = set()
    for version in later:
        if version.numero > found.revision:
            break
        former, after = _former(version), ficha_of(version)
        before = ficha_of(former) if former else None
        changed = {aspecto for aspecto in Aspecto if _part(before, aspecto) != _part(after, aspecto)}
        for aspecto in sorted(changed - settled):
            if former and not any(_rows_that_began(told, aspecto, on).values()):
                earlier[aspecto] = former
            told = _with(told, before, aspecto, on)
        settled |= changed
    return found if told is found.ficha else replace(found, ficha=told, earlier=earlier)


def _last_known(found: Published, later: list[Version], on: date) -> Published:
    """Without the versions at its end of which nothing held on that day: then the facts are all of the one before."""
    while found.version in later and (former := _former(found.version)):
        ficha = ficha_of(former)
        if any(_began(found.ficha, name, on) != _began(ficha, name, on) for name in DATED):
            return found
        found = replace(found, version=former, ficha=ficha)
    return found


def _later(found: Published, on: date) -> list[Version]:
    """Those that took force after the day and were not undone, the first one first: what stood before it is told."""
    known = found.tramite.versions.filter(numero__lte=found.revision)
    undone = known.exclude(deshace=None).values("deshace")
    return list(known.filter(rige__gt=on).exclude(numero__in=undone).order_by("numero"))


def _former(version: Version) -> Version | None:
    earlier: QuerySet[Version] = version.tramite.versions.filter(numero__lt=version.numero)
    return earlier.order_by("-numero").first()


def _facts(aspecto: Aspecto) -> list[str]:
    return [name for name, of in FACTS_OF_ASPECT.items() if of is aspecto and name in Hechos.model_fields]


def _keys(ficha: Ficha, aspecto: Aspecto) -> set[str]:
    """The words of an aspect. Under its name a ficha is known on any day."""
    return {key for key in ficha.es if key != "nombre" and aspect_of(key) is aspecto}


def _part(ficha: Ficha | None, aspecto: Aspecto) -> tuple[Any, ...] | None:
    if ficha is None:
        return None
    facts = [getattr(ficha.hechos, name) for name in _facts(aspecto)]
    return (facts, {key: ficha.es[key] for key in _keys(ficha, aspecto)})


def _with(told: Ficha, before: Ficha | None, aspecto: Aspecto, on: date) -> Ficha:
    """`told` with one aspect as it was before; where there was no ficha yet, with nothing known of it."""
    dated = _rows_that_began(told, aspecto, on)
    facts = {name: _fact(before, name) for name in _facts(aspecto)}
    for name, rows in dated.items():
        lines = {without_day(row) for row in rows}
        facts[name] = [row for row in facts[name] if without_day(row) not in lines] + rows
    kept = {f"{name}.{row.clave}" for name, rows in dated.items() for row in rows}
    evidence = told.hechos.evidencia
    if not kept:
        known = before.hechos.evidence_of(aspecto) if before else Evidencia(confianza=Confianza.SIN_DATO)
        evidence = {**evidence, aspecto: known}
    gone = _keys(told, aspecto) - kept
    stood = (_keys(before, aspecto) if before else set()) - kept
    return told.model_copy(
        update={
            "hechos": told.hechos.model_copy(update={**facts, "evidencia": evidence}),
            "es": _exchanged(told.es, before.es if before else {}, gone, stood),
            "qu": _exchanged(told.qu, before.qu if before else {}, gone, stood),
        }
    )


def _rows_that_began(ficha: Ficha, aspecto: Aspecto, on: date) -> dict[str, list[Any]]:
    return {name: _began(ficha, name, on) for name in _facts(aspecto) if name in DATED}


def _began(ficha: Ficha, name: str, on: date) -> list[Any]:
    """Rows that say themselves since when they hold, and held that day: known better now than it was then."""
    return [row for row in getattr(ficha.hechos, name) if row.desde and row.in_force(on)]


def _fact(ficha: Ficha | None, name: str) -> Any:
    if ficha is None:
        return Hechos.model_fields[name].get_default(call_default_factory=True)
    return getattr(ficha.hechos, name)


def _exchanged(
    words: Mapping[str, T], former: Mapping[str, T], gone: set[str], stood: set[str]
) -> dict[str, T]:
    kept = {key: word for key, word in words.items() if key not in gone}
    return kept | {key: former[key] for key in stood if key in former}
