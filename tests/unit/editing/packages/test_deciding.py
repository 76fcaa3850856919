"""Who may decide, on what exactly, and what stops a package."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.editing.packages import operations
from cms.editing.packages.errors import NotAllowed, PackageError
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.report import report
from cms.editing.packages.tasks import take_force
from cms.editing.proposals import Accion, Proposal
from cms.tramites.models import FichaPage
from cms.tramites.operations import publish_ficha, save_translations
from cms.tramites.queries import published
from cms.tramites.schema import Ficha, Traduccion, seal
from tests.unit.editing.packages.conftest import (
    ACTA,
    DNI,
    NUEVA,
    accept_all,
    account,
    ficha,
    shown,
    with_facts,
    with_fee,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
Approve = Callable[[Paquete], Paquete]


def fresh(package: Paquete) -> Paquete:
    return Paquete.objects.get(pk=package.pk)


def new_draft(codigo: str, by: User) -> FichaPage:
    page = FichaPage.objects.get(codigo=codigo)
    edited = page.get_latest_revision_as_object()
    edited.title = "Otro nombre"
    edited.save_revision(user=by)
    return FichaPage.objects.get(pk=page.pk)


def with_a_copy() -> Ficha:
    """A requisito the law forbids: a warning."""
    rows = ficha(DNI).model_dump(mode="json")["hechos"]["requisitos"]
    words = {"requisitos.copia": "Copia simple del DNI."}
    return with_facts(DNI, words, requisitos=[*rows, {"clave": "copia"}])


@pytest.mark.parametrize("lacking", ["norma", "norma_fecha", "nota"])
def test_norm_date_and_note_are_asked_for(filled: Paquete, berta: User, lacking: str) -> None:
    operations.edit(filled, by=berta, **{lacking: None if lacking == "norma_fecha" else ""})
    with pytest.raises(PackageError) as refused:
        operations.submit(filled, by=berta)
    assert refused.value.lines[0].startswith("Falta la ")
    assert fresh(filled).estado == Estado.BORRADOR


def test_a_package_that_changes_nothing_is_not_sent(draft: Paquete, berta: User) -> None:
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, ficha(DNI))], by=berta)
    assert draft.partidas.get().accion == Accion.IGUAL
    with pytest.raises(PackageError, match="Todavía no"):
        operations.submit(draft, by=berta)


def test_warnings_are_accepted_by_name_with_a_reason_before_it_is_sent(draft: Paquete, berta: User) -> None:
    proposed = with_a_copy()
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, proposed)], by=berta)
    with pytest.raises(PackageError) as refused:
        operations.submit(draft, by=berta)
    assert any("avisos sin aceptar" in line for line in refused.value.lines)
    with pytest.raises(PackageError, match="por qué"):
        accept_all(draft, by=berta, why=" ")
    assert accept_all(draft, by=berta, why="La norma lo pide así") >= 1
    said = next(iter(draft.partidas.get().avisos.values()))
    assert (said["por"], said["porque"]) == ("berta", "La norma lo pide así")
    assert operations.submit(draft, by=berta).estado == Estado.ENVIADO


def test_a_withdrawal_says_why_and_its_replacement_exists(draft: Paquete, berta: User) -> None:
    for reemplazo, told in (("no-existe", "no-existe no es una ficha pública"), ("", "por qué se retira")):
        operations.put(draft, [Proposal(ACTA, Accion.RETIRA, None, reemplazo=reemplazo)], by=berta)
        with pytest.raises(PackageError) as refused:
            operations.submit(draft, by=berta)
        assert any(told in line for line in refused.value.lines)


def test_rows_that_could_not_be_read_hold_the_whole_package_back(filled: Paquete, berta: User) -> None:
    Paquete.objects.update(problemas=[{"fila": 4, "columna": "Monto", "mensaje": "x", "level": "error"}])
    with pytest.raises(PackageError) as refused:
        operations.submit(filled, by=berta)
    assert "La hoja tiene errores" in refused.value.lines[0]


def test_nobody_who_had_a_hand_in_it_approves_it(filled: Paquete, rosa: User, approve_now: Approve) -> None:
    """Not the creator, not the sender, not who put an item, not who accepted a warning: not even an administrator."""
    boss = User.objects.create_superuser("jefa", password="x")
    operations.put(filled, [Proposal(DNI, Accion.CAMBIA, with_a_copy())], by=boss)
    assert accept_all(filled, by=account("nico", Role.EDITOR, Role.PUBLISHER), why="sí")
    sent = operations.submit(filled, by=account("pilar", Role.EDITOR, Role.PUBLISHER))
    User.objects.get(username="berta").groups.set(rosa.groups.all())
    for name in ("berta", "jefa", "nico", "pilar"):
        with pytest.raises(NotAllowed, match="otra persona"):
            operations.approve(sent, as_shown=shown(sent), by=User.objects.get(username=name))
    assert approve_now(sent).estado == Estado.VIGENTE


def test_who_wrote_a_draft_that_was_taken_in_does_not_approve_it(
    draft: Paquete, berta: User, rosa: User
) -> None:
    page = new_draft(DNI, rosa)
    item = operations.add_draft(draft, page, by=berta)
    assert item.accion == Accion.CAMBIA
    accept_all(draft, by=berta, why="sí")
    sent = operations.submit(draft, by=berta)
    with pytest.raises(NotAllowed, match="otra persona"):
        operations.approve(sent, as_shown=shown(sent), by=rosa)


def test_without_rights_on_the_entity_nothing_can_be_done(
    sent: Paquete, draft: Paquete, diego: User, berta: User
) -> None:
    for step in (
        lambda: operations.approve(sent, as_shown=shown(sent), by=diego),
        lambda: operations.approve(sent, as_shown=shown(sent), by=berta),
        lambda: operations.reject(sent, by=diego, why="no"),
        lambda: operations.reopen(sent, by=diego),
        lambda: operations.submit(sent, by=diego),
        lambda: operations.undo(sent, by=diego, why="no"),
        lambda: operations.create(titulo="x", entidad=sent.entidad, by=diego),
        lambda: operations.put(sent, [], by=diego),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert fresh(sent).estado == Estado.ENVIADO


def test_a_ficha_of_another_entity_does_not_enter(draft: Paquete, berta: User) -> None:
    with pytest.raises(PackageError) as refused:
        operations.put(draft, [Proposal("osce-rnp", Accion.CAMBIA, ficha("osce-rnp"), fila=7)], by=berta)
    assert refused.value.lines == ("fila 7: osce-rnp: es de otra entidad que el paquete.",)
    with pytest.raises(PackageError):
        operations.put(draft, [Proposal("osce-rnp", Accion.RETIRA, None)], by=berta)
    assert not draft.partidas.exists()


def test_one_bad_proposal_and_none_is_put(draft: Paquete, berta: User) -> None:
    with pytest.raises(PackageError) as refused:
        operations.put(
            draft,
            [
                Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "1.00")),
                Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "2.00")),
                Proposal(ACTA, Accion.NUEVA, ficha(ACTA)),
                Proposal(NUEVA, Accion.RETIRA, None),
            ],
            by=berta,
        )
    assert len(refused.value.lines) == 3
    assert not draft.partidas.exists()


def test_only_what_was_shown_is_approved(sent: Paquete, rosa: User, berta: User) -> None:
    seen = shown(sent)
    operations.reopen(sent, by=berta)
    operations.put(sent, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "99.00"))], by=berta)
    accept_all(sent, by=berta, why="sí")
    operations.submit(sent, by=berta)
    with pytest.raises(PackageError, match="cambió desde que lo abriste"):
        operations.approve(sent, as_shown=seen, by=rosa)
    assert fresh(sent).estado == Estado.ENVIADO
    assert published(DNI).ficha.hechos.costos[0].monto != 99


def test_a_newer_publication_stops_it_and_says_whose(
    sent: Paquete, approve_now: Approve, sonia: User
) -> None:
    other = with_fee(DNI, "50.00")
    publish_ficha(other, by=sonia, note="otra")
    package = approve_now(sent)
    assert package.estado == Estado.DETENIDO
    assert DNI in package.porque
    assert "sonia" in package.porque
    assert published(DNI).ficha.hechos.costos[0].monto == 50
    assert published(ACTA)


def test_a_newer_draft_stops_it_and_says_whose(sent: Paquete, approve_now: Approve, sonia: User) -> None:
    new_draft(ACTA, sonia)
    package = approve_now(sent)
    assert package.estado == Estado.DETENIDO
    when = r"el \d\d/\d\d/\d{4} a las \d\d:\d\d"
    assert re.fullmatch(rf"{ACTA}: sonia guardó después otro borrador, {when}\.", package.porque)
    assert published(DNI).ficha.hechos.costos[0].monto == 33


def test_a_draft_saved_over_the_same_revision_stops_it_too(sent: Paquete, approve_now: Approve) -> None:
    """Saving by itself overwrites the last revision: its number stays, what it says does not."""
    page = FichaPage.objects.get(codigo=DNI)
    latest = page.latest_revision
    assert latest is not None
    latest.content["title"] = "Otro nombre"
    latest.save()
    assert approve_now(sent).estado == Estado.DETENIDO


def test_a_sentence_in_quechua_saved_meanwhile_stops_nothing(
    sent: Paquete, approve_now: Approve, sonia: User
) -> None:
    word = Traduccion(texto="Musuq willakuy", sello=seal(ficha(DNI).es["resultado"]))
    save_translations(DNI, {"resultado": word}, by=sonia)
    assert approve_now(sent).estado == Estado.VIGENTE
    assert published(DNI).ficha.qu["resultado"].texto == "Musuq willakuy"


def test_what_is_approved_for_a_day_takes_force_that_day(
    filled: Paquete, berta: User, approve_now: Approve
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=10))
    package = approve_now(operations.submit(filled, by=berta))
    assert package.estado == Estado.APROBADO
    assert take_force() == 0
    assert published(DNI).ficha.hechos.costos[0].monto == 33
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=10, seconds=1)):
        assert take_force() == 1
        assert take_force() == 0
    assert fresh(package).estado == Estado.VIGENTE
    assert str(published(DNI).ficha.hechos.costos[0].monto) == "41.50"


def test_an_edit_between_approval_and_its_day_stops_it(
    filled: Paquete, berta: User, sonia: User, approve_now: Approve
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=10))
    package = approve_now(operations.submit(filled, by=berta))
    new_draft(DNI, sonia)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=11)):
        assert take_force() == 0
    assert fresh(package).estado == Estado.DETENIDO
    assert "sonia" in fresh(package).porque
    assert published(ACTA)
    assert not FichaPage.objects.filter(codigo=NUEVA).exists()


def test_what_was_tampered_with_after_approval_is_not_published(
    filled: Paquete, berta: User, approve_now: Approve
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=10))
    package = approve_now(operations.submit(filled, by=berta))
    item = package.partidas.get(codigo=DNI)
    item.resultado["hechos"]["costos"][0]["monto"] = "0.50"
    item.save()
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=11)):
        assert take_force() == 0
    assert fresh(package).estado == Estado.DETENIDO
    assert "no es lo que se aprobó" in fresh(package).porque
    assert published(DNI).ficha.hechos.costos[0].monto == 33


def test_a_fault_publishes_nothing_and_is_told(sent: Paquete, approve_now: Approve) -> None:
    with patch("cms.editing.packages.operations.force.withdraw", side_effect=RuntimeError("disk full")):
        package = approve_now(sent)
    assert package.estado == Estado.DETENIDO
    assert "RuntimeError" in package.porque
    assert published(DNI).ficha.hechos.costos[0].monto == 33
    assert FichaPage.objects.get(codigo=DNI).costos.first().monto == 33


def test_an_approved_package_can_still_be_held_back(
    filled: Paquete, berta: User, rosa: User, approve_now: Approve
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=10))
    package = approve_now(operations.submit(filled, by=berta))
    with pytest.raises(PackageError, match="motivo"):
        operations.stop(package, by=rosa, why="")
    assert operations.stop(package, by=rosa, why="La norma se publicó con un error").estado == Estado.DETENIDO


def test_what_is_refused_goes_back_with_the_reason_and_can_be_mended(
    sent: Paquete, berta: User, rosa: User
) -> None:
    with pytest.raises(PackageError, match="motivo"):
        operations.reject(sent, by=rosa, why=" ")
    operations.reject(sent, by=rosa, why="Falta el artículo")
    assert (fresh(sent).estado, fresh(sent).porque) == (Estado.RECHAZADO, "Falta el artículo")
    assert operations.reopen(sent, by=berta).estado == Estado.BORRADOR


def test_comparing_again_keeps_both_changes_where_they_do_not_touch(
    sent: Paquete, berta: User, sonia: User, approve_now: Approve
) -> None:
    other = with_facts(DNI, {"resultado": "Recibes el mismo DNI, con chip."})
    publish_ficha(other, by=sonia)
    package = approve_now(sent)
    assert package.estado == Estado.DETENIDO
    operations.reopen(package, by=berta)
    with pytest.raises(PackageError, match="Todavía no"):
        operations.submit(package, by=berta)
    assert operations.compare_again(package, by=berta) == [DNI]
    accept_all(package, by=berta, why="sí")
    assert approve_now(operations.submit(package, by=berta)).estado == Estado.VIGENTE
    now = published(DNI).ficha
    assert (str(now.hechos.costos[0].monto), now.es["resultado"]) == (
        "41.50",
        "Recibes el mismo DNI, con chip.",
    )


def test_every_step_is_in_the_audit(sent: Paquete, approve_now: Approve, rosa: User) -> None:
    approve_now(sent)
    entries = list(Entry.objects.filter(subject=sent.subject).order_by("id"))
    assert [entry.what for entry in entries if entry.what != "package.accepted"] == [
        "package.created", "package.filled", "package.submitted", "package.approved", "package.in_force",
    ]  # fmt: skip
    assert [entry.by_name for entry in entries][-2:] == ["rosa", ""]
    assert Entry.objects.filter(what="tramite.published", subject=DNI, by=rosa).exists()


def test_the_same_package_put_in_force_twice_is_published_once(sent: Paquete, approve_now: Approve) -> None:
    package = approve_now(sent)
    revision = published(DNI).revision
    Paquete.objects.filter(pk=package.pk).update(estado=Estado.APROBADO)
    # As a process would see it that read the row before the other one had finished.
    stale: Any = Paquete.objects.get(pk=package.pk)
    Paquete.objects.filter(pk=package.pk).update(estado=Estado.VIGENTE)
    assert operations.take_force(stale) is False
    assert published(DNI).revision == revision


def test_a_warning_that_is_public_already_is_shown_and_not_asked_again(
    draft: Paquete, berta: User, approve_now: Approve
) -> None:
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, with_a_copy())], by=berta)
    accept_all(draft, by=berta, why="La norma lo pide")
    assert approve_now(operations.submit(draft, by=berta)).estado == Estado.VIGENTE
    carried = FichaPage.objects.get(codigo=DNI).avisos_aceptados
    assert {entry["user"] for entry in carried} == {"berta"}
    second = operations.create(titulo="Otro", entidad=draft.entidad, origen="hoja", by=berta)
    operations.put(
        second, [Proposal(DNI, Accion.CAMBIA, with_facts(DNI, {"horario": "De 8 a 20 h."}))], by=berta
    )
    told = report(second).fichas[0]
    standing = [check.id for check in told.checks if check.estaba]
    assert {entry["id"] for entry in carried} <= set(standing)
    assert not any(check.pending for check in told.checks if check.estaba)
