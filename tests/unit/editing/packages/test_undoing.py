"""A package is undone as one, or not at all; what it did can be found for ever."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.editing.packages import operations
from cms.editing.packages.errors import NotAllowed, PackageError
from cms.editing.packages.models import Acta, Estado, Paquete
from cms.editing.packages.queries import waiting_for_a_look
from cms.editing.proposals import Accion, Proposal
from cms.tramites import applying
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import FichaPage, Tramite, Version
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import TramiteNotFound, ficha_of, published, withdrawal
from tests.unit.editing.packages.conftest import ACTA, DNI, NUEVA, accept_all, with_fee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
Approve = Callable[[Paquete], Paquete]


@pytest.fixture
def live(sent: Paquete, approve_now: Approve) -> Paquete:
    return approve_now(sent)


def spanish(version: Version) -> tuple[object, object]:
    return version.payload["hechos"], version.payload["es"]


def test_undoing_puts_every_ficha_back(sent: Paquete, approve_now: Approve, rosa: User) -> None:
    before = {codigo: published(codigo).version for codigo in (DNI, ACTA)}
    live = approve_now(sent)
    undone = operations.undo(live, by=rosa, why="La norma fue derogada")
    assert (undone.estado, undone.porque) == (Estado.DESHECHO, "La norma fue derogada")
    for codigo, version in before.items():
        now = published(codigo)
        assert spanish(now.version) == spanish(version)
        assert now.revision > version.numero
        assert "Se deshace" in now.version.nota
        assert "derogada" in now.version.nota
        page = FichaPage.objects.get(codigo=codigo)
        assert page.live
        assert not page.has_unpublished_changes
        assert ficha_of_page(page) == ficha_of_page(page.get_latest_revision_as_object())
        assert ficha_of_page(page).es == now.ficha.es
    with pytest.raises(TramiteNotFound):
        published(NUEVA)
    assert not FichaPage.objects.get(codigo=NUEVA).live
    assert "derogada" in Tramite.objects.get(codigo=NUEVA).motivo_retiro


def test_what_an_undo_publishes_cites_its_reason_and_not_the_norm_it_undoes(
    live: Paquete, rosa: User
) -> None:
    operations.undo(live, by=rosa, why="La norma fue derogada")
    version = published(DNI).version
    assert (version.norma, version.by) == ("", rosa)
    assert version.nota.endswith("La norma fue derogada")


def test_who_prepared_a_package_does_not_undo_it(live: Paquete, berta: User, rosa: User) -> None:
    """It would be a publication of their own work, reviewed by nobody."""
    berta.groups.set(rosa.groups.all())
    boss = User.objects.create_superuser("jefa", password="x")
    live.manos.add(boss)
    for name in ("berta", "jefa"):
        with pytest.raises(NotAllowed, match="otra persona"):
            operations.undo(live, by=User.objects.get(username=name), why="porque sí")
    assert Paquete.objects.get(pk=live.pk).estado == Estado.VIGENTE


def test_an_undo_waits_for_the_look_of_somebody_else(live: Paquete, rosa: User, berta: User) -> None:
    with pytest.raises(PackageError, match="No hay nada que mirar"):
        operations.look_again(live, by=rosa)
    undone = operations.undo(live, by=rosa, why="La norma fue derogada")
    assert waiting_for_a_look(rosa).get() == undone
    with pytest.raises(NotAllowed, match="otra persona"):
        operations.look_again(undone, by=rosa)
    with pytest.raises(NotAllowed, match="permiso"):
        operations.look_again(undone, by=berta)
    boss = User.objects.create_superuser("jefa", password="x")
    operations.look_again(undone, by=boss, note="Es así")
    assert not waiting_for_a_look(rosa).exists()
    entry = Entry.objects.get(what="package.looked_again")
    assert (entry.by, entry.why) == (boss, "Es así")
    with pytest.raises(PackageError, match="No hay nada que mirar"):
        operations.look_again(undone, by=boss)


def test_a_ficha_that_had_been_withdrawn_says_again_what_it_said(
    draft: Paquete, berta: User, rosa: User, approve_now: Approve
) -> None:
    withdraw(ACTA, by=rosa, why="La da otra entidad", replaced_by=DNI)
    applying.take_down([ACTA], by=rosa)
    back = Proposal(
        ACTA, Accion.NUEVA, ficha_of(Version.objects.filter(tramite__codigo=ACTA).latest("numero"))
    )
    operations.put(draft, [back], by=berta)
    accept_all(draft, by=berta, why="sí")
    live = approve_now(operations.submit(draft, by=berta))
    assert published(ACTA)
    operations.undo(live, by=rosa, why="Fue un error")
    told = withdrawal(ACTA)
    assert told is not None
    assert (told.motivo, told.reemplazo and told.reemplazo.codigo) == ("La da otra entidad", DNI)


def test_editors_lists_learn_of_what_a_package_took_down(
    sent: Paquete, approve_now: Approve, rosa: User
) -> None:
    with patch("cms.tramites.applying.get_search_backend") as lists:
        live = approve_now(sent)
        assert shown_in(lists) == {DNI: True, NUEVA: True, ACTA: False}
        operations.undo(live, by=rosa, why="Fue un error")
        assert shown_in(lists) == {DNI: True, NUEVA: False, ACTA: True}


def shown_in(lists: Any) -> dict[str, bool]:
    """Which pages the lists were last told of, and whether as live."""
    pages = lists.return_value.add_bulk.call_args.args[1]
    return {page.codigo: page.live for page in pages}


def test_undoing_is_refused_when_a_ficha_changed_since(live: Paquete, rosa: User, sonia: User) -> None:
    publish_ficha(with_fee(DNI, "77.00"), by=sonia)
    page = FichaPage.objects.get(codigo=NUEVA)
    page.title = "Otro nombre"
    page.save_revision(user=sonia)
    with pytest.raises(PackageError) as refused:
        operations.undo(live, by=rosa, why="x")
    assert [line.split(":")[0] for line in refused.value.lines] == [DNI, NUEVA]
    assert "sonia" in refused.value.lines[1]
    assert Paquete.objects.get(pk=live.pk).estado == Estado.VIGENTE
    with pytest.raises(TramiteNotFound):
        published(ACTA)


def test_undoing_needs_a_reason_and_happens_once(live: Paquete, rosa: User) -> None:
    with pytest.raises(PackageError, match="por qué"):
        operations.undo(live, by=rosa, why="  ")
    operations.undo(live, by=rosa, why="error")
    with pytest.raises(PackageError, match="no hay qué deshacer"):
        operations.undo(live, by=rosa, why="error")


def test_a_package_in_force_and_its_acta_are_never_changed(live: Paquete) -> None:
    item, acta = live.partidas.first(), live.actas.get()
    assert item is not None
    for change in (item.save, item.delete, live.delete, acta.save, acta.delete):
        with pytest.raises(TypeError):
            change()


def test_the_acta_says_what_changed_by_what_and_by_whom(live: Paquete, rosa: User) -> None:
    acta = live.actas.get()
    told = acta.contenido
    assert (told["norma"], told["norma_fecha"], told["sello"]) == (live.norma, "2026-11-02", live.sello)
    fichas = {ficha["codigo"]: ficha for ficha in told["fichas"]}
    assert {c: f["accion"] for c, f in fichas.items()} == {DNI: "cambia", NUEVA: "nueva", ACTA: "retira"}
    fee = next(d for d in fichas[DNI]["cambios"] if d["campo"].startswith("Pago por derecho"))
    assert (fee["antes"], fee["despues"]) == ("S/ 33.00, código de pago 00522", "S/ 41.50")
    assert fichas[DNI]["version_despues"] == published(DNI).revision
    assert fichas[ACTA]["motivo"] == "Ya no se da"
    who = {step["que"]: step["por"] for step in told["pasos"]}
    assert (who["Lo envió para aprobación"], who["Lo aprobó"]) == ("berta", "rosa")
    assert "Entró en vigor" in who


def test_undoing_leaves_an_acta_of_its_own(live: Paquete, rosa: User) -> None:
    operations.undo(live, by=rosa, why="La norma fue derogada")
    first, second = live.actas.all()
    assert second.tipo == Acta.Tipo.DESHECHO
    assert second.contenido["acta_primera"] == first.sello
    assert second.contenido["motivo"] == "La norma fue derogada"
    assert second.contenido["pasos"][-1]["que"] == "Lo deshizo"
    assert Entry.objects.get(what="package.undone").by == rosa
