"""A process that dies in the middle of a package leaves nothing of it, and the next one does it whole."""

import os
import signal
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from django.db import connection

from cms.directory.models import Entidad
from cms.editing.packages import operations
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.tasks import take_force
from cms.editing.proposals import Accion, Proposal
from cms.publishing.models import OutboxRow
from cms.tramites.models import FichaPage
from cms.tramites.queries import public_tramites, published
from tests.unit.editing.packages.conftest import DNI, NUEVA, accept_all, brand_new, ficha, shown, with_facts

# Dies by SIGKILL where the named function is called for the nth time.
DYING = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
import {module} as place
whole, count = place.{name}, 0
def dying(*args, **kwargs):
    global count
    count += 1
    if count == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*args, **kwargs)
place.{name} = dying
from cms.editing.packages.operations import take_force_due
take_force_due()
"""
PLACES = [
    ("cms.tramites.applying", "_write_revisions", 1),
    ("cms.editing.packages.operations.force", "publish_ficha", 2),
    ("cms.editing.packages.actas", "write", 1),
]


@pytest.fixture
def approved(live_seed: None, django_user_model: Any) -> Paquete:
    """Really committed, so that another process sees it. Two changes and a new ficha; nobody has put it in force yet."""
    boss, other = (django_user_model.objects.create_superuser(name, password="x") for name in ("uno", "dos"))
    package = operations.create(
        titulo="TUPA", entidad=Entidad.objects.get(codigo="reniec"), norma="RJ 1", norma_fecha=date(2026, 11, 2),
        nota="Cambia.", origen="hoja", by=boss,
    )  # fmt: skip
    renewal = with_facts("reniec-dni-renovacion", {"horario": "De 8 a 20 h."})
    operations.put(
        package,
        [
            Proposal(DNI, Accion.CAMBIA, with_facts(DNI, {"horario": "De 8 a 20 h."})),
            Proposal("reniec-dni-renovacion", Accion.CAMBIA, renewal),
            Proposal(NUEVA, Accion.NUEVA, brand_new()),
        ],
        by=boss,
    )
    accept_all(package, by=boss, why="sí")
    operations.submit(package, by=boss)
    seal = shown(package)
    Paquete.objects.filter(pk=package.pk).update(estado=Estado.APROBADO, sello=seal, aprobado_por=other)
    return Paquete.objects.get(pk=package.pk)


def state() -> tuple[Any, ...]:
    return (
        {t.codigo: t.version.numero for t in public_tramites() if t.version},
        {page.codigo: (page.title, page.latest_revision_id) for page in FichaPage.objects.all()},
        OutboxRow.objects.count(),
        Paquete.objects.get().estado,
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_in_the_middle_nothing_is_public_and_the_next_does_all(approved: Paquete) -> None:
    before = state()
    for module, name, at in PLACES:
        killed = run(DYING.format(module=module, name=name, at=at))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert state() == before, name
    assert take_force() == 1
    assert ficha(DNI).es["horario"] == "De 8 a 20 h."
    assert published(NUEVA)
    assert Paquete.objects.get().estado == Estado.VIGENTE
    assert Paquete.objects.get().actas.count() == 1


def run(code: str) -> "subprocess.CompletedProcess[str]":
    """Another process on this test's database."""
    database = connection.settings_dict["NAME"]
    return subprocess.run(
        [sys.executable, "-c", code, str(database)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.config.settings.test"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
