"""From a proposal to what citizens read."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from wagtail.models import Page, PageLogEntry

from cms.accounts.models import User
from cms.editing.packages import operations
from cms.editing.packages.models import Estado, Paquete
from cms.editing.proposals import Accion, Proposal
from cms.publishing.models import OutboxRow
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.queries import TramiteNotFound, published
from tests.unit.editing.packages.conftest import ACTA, DNI, NUEVA, RENOVACION, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]


def test_what_somebody_else_approves_is_public_all_together(
    sent: Paquete, approve_now: Callable[[Paquete], Paquete], rosa: User
) -> None:
    before = published(DNI)
    package = approve_now(sent)
    assert package.estado == Estado.VIGENTE, package.porque
    now = published(DNI)
    assert (now.revision, now.ficha.hechos.costos[0].monto) == (before.revision + 1, Decimal("41.50"))
    assert (now.version.nota, now.version.by) == (sent.nota, rosa)
    assert now.version.norma == "Resolución Jefatural 120-2026, publicada el 02/11/2026"
    assert published(NUEVA).ficha.es["nombre"] == "Constancia de inscripción nueva"
    with pytest.raises(TramiteNotFound):
        published(ACTA)
    gone = Tramite.objects.get(codigo=ACTA)
    assert gone.reemplazo is not None
    assert gone.reemplazo.codigo == RENOVACION
    assert gone.motivo_retiro.startswith("Ya no se da")
    assert OutboxRow.objects.filter(change__key__in=[DNI, NUEVA, ACTA]).exists()
    live = {page.codigo: page.live for page in FichaPage.objects.filter(codigo__in=[DNI, NUEVA, ACTA])}
    assert live == {DNI: True, NUEVA: True, ACTA: False}


def test_a_new_ficha_is_a_page_like_any_other(
    sent: Paquete, approve_now: Callable[[Paquete], Paquete], rosa: User
) -> None:
    approve_now(sent)
    page = FichaPage.objects.get(codigo=NUEVA)
    assert not any(Page.find_problems())
    shelf = page.get_parent()
    assert shelf.specific.entidad.codigo == "reniec"
    assert shelf.numchild == shelf.get_children().count()
    assert (page.slug, page.url_path) == (NUEVA, f"{shelf.url_path}{NUEVA}/")
    assert page.specific_class is FichaPage
    draft = page.get_latest_revision_as_object()
    assert ficha_of_page(draft) == ficha_of_page(page)
    assert draft.costos.get().pk == page.costos.get().pk
    assert [entry.action for entry in PageLogEntry.objects.filter(page=page).order_by("pk")] == [
        "wagtail.create",
        "wagtail.publish",
    ]
    beside = shelf.add_child(instance=FichaPage(title="Otra", slug="otra", codigo="reniec-otra"))
    assert beside.path > page.path
    page.title = "Otro nombre"
    page.save_revision(user=rosa).publish()
    assert published(NUEVA).ficha.es["nombre"] == "Otro nombre"


def test_editors_find_what_a_package_has_renamed(
    draft: Paquete, berta: User, approve_now: Callable[[Paquete], Paquete]
) -> None:
    renamed = with_facts(DNI, {"nombre": "Reposición del documento electrónico"})
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, renamed)], by=berta)
    approve_now(operations.submit(draft, by=berta))
    found = FichaPage.objects.live().search("Reposición del documento")
    assert [page.codigo for page in found][:1] == [DNI]
