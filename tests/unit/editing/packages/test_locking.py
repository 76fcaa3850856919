"""What holds up others, and for how long: nothing is thought out while a lock is held, and two who write wait in one order."""

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event, Thread
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction

from cms.accounts.models import User
from cms.directory.models import Entidad
from cms.editing.packages import operations
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.operations import deciding, drafting, force
from cms.editing.proposals import Accion, Proposal
from cms.tramites.models import FichaPage
from cms.tramites.queries import published
from tests.unit.editing.packages.conftest import (
    ACTA,
    DNI,
    NUEVA,
    accept_all,
    account,
    brand_new,
    shown,
    with_facts,
    with_fee,
)


def depth() -> int:
    """How many transactions are open inside that of the test."""
    return len(connection.savepoint_ids)


@pytest.fixture
def thinking(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Names what was worked out and how deep in transactions; at the end, that all was done outside of any."""
    seen: list[tuple[str, int]] = []

    def watch(module: Any, name: str) -> None:
        whole = getattr(module, name)

        def watched(*args: Any, **more: Any) -> Any:
            seen.append((name, depth()))
            return whole(*args, **more)

        monkeypatch.setattr(module, name, watched)

    for module in (drafting, deciding):
        for name in ("results", "checks"):
            watch(module, name)
    watch(drafting, "bases_of")
    watch(drafting, "ficha_of_page")
    watch(deciding, "stale")
    yield seen
    assert {name for name, _depth in seen} == {"results", "checks", "bases_of", "ficha_of_page", "stale"}
    assert [name for name, how_deep in seen if how_deep] == []


@pytest.mark.django_db
def test_no_lock_is_held_while_a_package_is_thought_about(
    draft: Paquete, berta: User, rosa: User, thinking: list[tuple[str, int]]
) -> None:
    page = FichaPage.objects.get(codigo=ACTA).get_latest_revision_as_object()
    page.title = "Otro nombre"
    page.save_revision(user=berta)
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "41.50"))], by=berta)
    operations.add_draft(draft, FichaPage.objects.get(codigo=ACTA), by=berta)
    accept_all(draft, by=berta, why="sí")
    sent = operations.submit(draft, by=berta)
    operations.approve(sent, as_shown=shown(sent), by=rosa)
    assert Paquete.objects.get(pk=draft.pk).estado == Estado.APROBADO


def meanwhile(module: Any, name: str, act: Callable[[], Any]) -> Any:
    """Once what is called `name` has been worked out, somebody else acts, before it is written."""
    whole, done = getattr(module, name), []

    def then(*args: Any, **more: Any) -> Any:
        found = whole(*args, **more)
        if not done:
            done.append(True)
            act()
        return found

    return patch.object(module, name, then)


@pytest.mark.django_db
def test_what_somebody_puts_in_while_it_is_being_sent_is_not_sent_unseen(
    filled: Paquete, berta: User
) -> None:
    other = account("nico", *())
    other.groups.set(berta.groups.all())
    more = Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "99.00"))
    with (
        meanwhile(deciding, "checks", lambda: operations.put(filled, [more], by=other)),
        pytest.raises(PackageError, match="cambió el paquete mientras tanto"),
    ):
        operations.submit(filled, by=berta)
    assert Paquete.objects.get(pk=filled.pk).estado == Estado.BORRADOR
    assert not any(item.resultado for item in filled.partidas.all())


@pytest.mark.django_db
def test_what_is_opened_and_sent_again_while_it_is_being_approved_is_not_approved(
    sent: Paquete, berta: User, rosa: User
) -> None:
    def again() -> None:
        operations.reopen(sent, by=berta)
        operations.put(sent, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "99.00"))], by=berta)
        accept_all(sent, by=berta, why="sí")
        operations.submit(sent, by=berta)

    with (
        meanwhile(deciding, "stale", again),
        pytest.raises(PackageError, match="cambió desde que lo abriste"),
    ):
        operations.approve(sent, as_shown=shown(sent), by=rosa)
    assert Paquete.objects.get(pk=sent.pk).estado == Estado.ENVIADO


# --- with a database that has many writers ---------------------------------------------------------------------


@pytest.fixture
def approved(live_seed: None, django_user_model: Any) -> Paquete:
    """Really committed; nobody has put it in force yet."""
    boss, other = (django_user_model.objects.create_superuser(name, password="x") for name in ("uno", "dos"))
    return ready(boss, other, Proposal(DNI, Accion.CAMBIA, with_facts(DNI, {"horario": "De 8 a 20 h."})))


def ready(boss: User, other: User, *proposals: Proposal) -> Paquete:
    package = operations.create(
        titulo="TUPA", entidad=Entidad.objects.get(codigo="reniec"), norma="RJ 1", norma_fecha=date(2026, 11, 2),
        nota="Cambia.", origen="hoja", by=boss,
    )  # fmt: skip
    operations.put(package, proposals, by=boss)
    accept_all(package, by=boss, why="sí")
    operations.submit(package, by=boss)
    Paquete.objects.filter(pk=package.pk).update(
        estado=Estado.APROBADO, sello=shown(package), aprobado_por=other
    )
    return Paquete.objects.get(pk=package.pk)


def beside(act: Callable[[], Any]) -> Thread:
    """In a thread with a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_draft_saved_while_a_package_is_written_waits_and_is_kept(approved: Paquete) -> None:
    """Otherwise it would fall between the look for newer drafts and the writing, and be left behind unseen."""
    sonia = User.objects.get(username="uno")
    order: list[str] = []
    started = Event()

    def save() -> None:
        started.set()
        with transaction.atomic():
            page = FichaPage.objects.get(codigo=DNI).get_latest_revision_as_object()
            page.title = "Otro nombre"
            page.save_revision(user=sonia)
            order.append("saved")

    threads: list[Thread] = []
    whole = force.stale

    def looking(*args: Any) -> list[str]:
        found = whole(*args)
        threads.append(beside(save))
        started.wait(10)
        threads[0].join(4)  # as long as an unhindered save would need
        order.append("looked")
        return found

    with patch.object(force, "stale", looking):
        assert operations.take_force(approved)
    threads[0].join(30)
    assert order == ["looked", "saved"]
    page = FichaPage.objects.get(codigo=DNI)
    assert (page.has_unpublished_changes, page.get_latest_revision_as_object().title) == (True, "Otro nombre")
    assert published(DNI).ficha.es["horario"] == "De 8 a 20 h."


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_same_new_ficha_in_two_packages_is_made_once(approved: Paquete) -> None:
    """There is no row of it to lock yet: the entity's page stands for it."""
    boss, other = User.objects.get(username="uno"), User.objects.get(username="dos")
    first, second = (ready(boss, other, Proposal(NUEVA, Accion.NUEVA, brand_new())) for _ in range(2))
    threads: list[Thread] = []
    whole = force.stale

    def looking(*args: Any) -> list[str]:
        found = whole(*args)
        if not threads:
            threads.append(beside(lambda: operations.take_force(second)))
            threads[0].join(1.5)
        return found

    with patch.object(force, "stale", looking):
        assert operations.take_force(first)
    threads[0].join(30)
    assert FichaPage.objects.filter(codigo=NUEVA).count() == 1
    late = Paquete.objects.get(pk=second.pk)
    assert late.estado == Estado.DETENIDO
    assert late.porque.startswith(f"{NUEVA}: lo publicado cambió")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_package_and_a_publication_in_the_editor_do_not_wait_in_a_circle(approved: Paquete) -> None:
    """The editor's takes the page and then the trámite; so does the package."""
    boss = User.objects.get(username="uno")
    page = FichaPage.objects.get(codigo=DNI)
    revision = page.get_latest_revision()
    failed: list[Exception] = []

    def put() -> None:
        try:
            operations.take_force(approved)
        except Exception as error:  # whatever it is, the test tells it
            failed.append(error)

    with transaction.atomic():
        list(FichaPage.objects.select_for_update().filter(pk=page.pk))
        thread = beside(put)
        thread.join(1.5)
        revision.publish(user=boss, skip_permission_checks=True)
    thread.join(30)
    assert not thread.is_alive()
    assert failed == []
    assert Paquete.objects.get(pk=approved.pk).estado in (Estado.VIGENTE, Estado.DETENIDO)
