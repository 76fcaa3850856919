"""What was sent and approved is published word for word, whatever release runs that day; who was concerned is written to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import timezone

from cms.accounts.models import User
from cms.editing.packages import operations
from cms.editing.packages.models import Estado, Paquete
from cms.editing.packages.tasks import take_force, tell_stopped
from cms.editing.proposals import Accion, Proposal
from cms.tramites.models import FichaPage, Tramite, Version
from cms.tramites.queries import published
from cms.tramites.schema import Ficha
from tests.unit.editing.packages.conftest import DNI, accept_all, shown, with_fee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
Approve = Callable[[Paquete], Paquete]
LATER = timedelta(days=10)


@pytest.fixture
def waiting(filled: Paquete, berta: User, approve_now: Approve) -> Paquete:
    """Approved, for a day that is to come."""
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + LATER)
    return approve_now(operations.submit(filled, by=berta))


def on_its_day() -> Any:
    return patch("django.utils.timezone.now", return_value=timezone.now() + LATER + timedelta(seconds=1))


def test_a_release_between_approval_and_its_day_does_not_stop_it(
    waiting: Paquete, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It adds a field to what a ficha says, and finds other evidence for what a package changes."""
    before = Ficha.model_dump
    monkeypatch.setattr(Ficha, "model_dump", lambda self, **more: {**before(self, **more), "nuevo": None})
    with (
        patch("cms.editing.packages.results.with_evidence", side_effect=AssertionError("worked out anew")),
        on_its_day(),
    ):
        take_force()
    package = Paquete.objects.get(pk=waiting.pk)
    assert (package.estado, package.porque) == (Estado.VIGENTE, "")
    public = Version.objects.filter(tramite__codigo=DNI).latest("numero")
    assert public.payload["hechos"]["costos"][0]["monto"] == "41.50"


def test_what_was_sent_has_the_seal_that_was_shown(filled: Paquete, berta: User) -> None:
    filled.enviado_at = None
    before = shown(filled)
    sent = operations.submit(filled, by=berta)
    assert shown(sent) == before
    assert all(item.resultado for item in sent.partidas.exclude(accion=Accion.RETIRA))
    operations.reopen(sent, by=berta)
    assert not any(item.resultado for item in sent.partidas.all())


def test_the_variety_of_quechua_stays_what_it_was(draft: Paquete, berta: User, approve_now: Approve) -> None:
    version = Tramite.objects.get(codigo=DNI).version
    assert version is not None
    Version.objects.filter(pk=version.pk).update(payload={**version.payload, "variedad": "quz"}, digest="x")
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "41.50"))], by=berta)
    accept_all(draft, by=berta, why="sí")
    assert approve_now(operations.submit(draft, by=berta)).estado == Estado.VIGENTE
    assert published(DNI).ficha.variedad == "quz"


def stopped(package: Paquete, sonia: User, capture: Any) -> None:
    page = FichaPage.objects.get(codigo=DNI).get_latest_revision_as_object()
    page.title = "Otro nombre"
    page.save_revision(user=sonia)
    with on_its_day(), capture(execute=True):
        assert take_force() == 0
    assert Paquete.objects.get(pk=package.pk).estado == Estado.DETENIDO


@pytest.fixture
def with_addresses(berta: User, rosa: User) -> None:
    for user in (berta, rosa):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.pe")


@pytest.mark.usefixtures("with_addresses")
def test_who_sent_and_who_approved_are_written_to_when_it_stops(
    waiting: Paquete, sonia: User, django_capture_on_commit_callbacks: Any
) -> None:
    stopped(waiting, sonia, django_capture_on_commit_callbacks)
    assert tell_stopped() == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == ["berta@example.pe", "rosa@example.pe"]
    text = mail.outbox[0].body
    for told in (waiting.titulo, "sonia guardó después otro borrador", f"/admin/paquetes/{waiting.pk}/"):
        assert told in text
    assert tell_stopped() == 0


@pytest.mark.usefixtures("with_addresses")
def test_a_letter_that_does_not_go_out_is_tried_again_but_not_for_ever(
    waiting: Paquete, sonia: User, django_capture_on_commit_callbacks: Any
) -> None:
    stopped(waiting, sonia, django_capture_on_commit_callbacks)
    with patch("cms.editing.packages.letters.send_mail", side_effect=[1, OSError("down")]):
        assert tell_stopped() == 1
    with patch("cms.editing.packages.letters.send_mail") as sending:
        assert tell_stopped() == 1
        assert sending.call_count == 1
    Paquete.objects.filter(pk=waiting.pk).update(
        por_avisar={"a": [sonia.pk], "porque": "x", "at": (timezone.now() - timedelta(days=3)).isoformat()}
    )
    User.objects.filter(pk=sonia.pk).update(email="sonia@example.pe")
    with patch("cms.editing.packages.letters.send_mail", side_effect=OSError("down")):
        tell_stopped()
    assert Paquete.objects.get(pk=waiting.pk).por_avisar == {}


@pytest.mark.usefixtures("with_addresses")
def test_who_stops_it_by_hand_needs_no_letter(waiting: Paquete, rosa: User) -> None:
    operations.stop(waiting, by=rosa, why="La norma se publicó con un error")
    tell_stopped()
    assert [letter.to for letter in mail.outbox] == [["berta@example.pe"]]
