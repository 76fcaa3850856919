"""A hundred fichas: the report, and taking force."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from cms.directory.models import Entidad
from cms.editing.packages import operations
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.operations import force
from cms.editing.packages.report import report
from cms.editing.proposals import Accion, Proposal
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import Ficha
from tests.unit.editing.packages.conftest import DNI, accept_all, shown, with_facts

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("fresh_index"),
]
FICHAS = 100
DRY_RUN_SECONDS = LIVE_SECONDS = 10.0


def codes() -> list[str]:
    return [f"reniec-tramite-{number}" for number in range(FICHAS)]


def named(codigo: str, horario: str) -> Ficha:
    raw = with_facts(DNI, {"horario": horario}).model_dump(mode="json")
    raw["hechos"]["codigo"] = codigo
    return Ficha.model_validate(raw)


@contextmanager
def seconds(limit: float) -> Iterator[None]:
    """Of this process's own work: how busy the machine is with other things says nothing about packages."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < limit


@pytest.mark.parametrize("accion", [Accion.NUEVA, Accion.CAMBIA])
def test_a_hundred_fichas_are_reported_and_live_in_seconds(
    accion: Accion, reniec: Entidad, django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, other = (django_user_model.objects.create_superuser(name, password="x") for name in ("uno", "dos"))
    if accion is Accion.CAMBIA:
        for codigo in codes():
            publish_ficha(named(codigo, "De 8 a 13 h."), by=boss)
    package = operations.create(
        titulo="TUPA", entidad=reniec, norma="RJ 1", norma_fecha=date(2026, 11, 2), nota="Cambia.", origen="hoja", by=boss,
    )  # fmt: skip
    proposals = [Proposal(codigo, accion, named(codigo, "De 8 a 20 h.")) for codigo in codes()]
    with seconds(DRY_RUN_SECONDS):
        operations.put(package, proposals, by=boss)
        told = report(package)
    assert len(told.fichas) == FICHAS
    accept_all(package, by=boss, why="sí")
    operations.submit(package, by=boss)
    operations.approve(package, as_shown=shown(package), by=other)
    monkeypatch.setattr(transaction, "on_commit", lambda *args, **kwargs: None)
    with seconds(LIVE_SECONDS):
        assert force.take_force(package)
    assert Paquete.objects.get(pk=package.pk).estado == Estado.VIGENTE
    assert all(published(codigo).ficha.es["horario"] == "De 8 a 20 h." for codigo in codes())
