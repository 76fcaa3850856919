"""An editor in Wagtail's admin, through the real views."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.tramites.models import FichaPage, Tramite
from cms.tramites.queries import TramiteNotFound, published
from cms.tramites.tasks import publish_scheduled
from tests.integration.tramites.editor import CODIGO, NOTED, decide, edit_url, form_of, send, waiting

# A new fee under the source of the old one, beside its doubt (the third aspect is the fee's) or in the sentence made
# for the old one would be asked about.
SOURCED = {"aspectos-2-fuente": "TUPA 2026", "aspectos-2-fecha": "2026-11-20", "aspectos-2-duda": ""}
REWORDED = {"costos-0-texto": "Cuesta {monto}. El código {codigo_pago} es para personas jurídicas."}

pytestmark = pytest.mark.django_db


def test_a_new_fee_is_public_once_somebody_else_approves(client: Client, berta: User, rosa: User) -> None:
    before = published(CODIGO).revision
    changed = {"costos-0-monto": "175.50", **SOURCED, **REWORDED}
    assert send(client, berta, **NOTED, **changed, action="submit").status_code == 302
    decide(client, rosa)
    now = published(CODIGO)
    assert (now.revision, str(now.ficha.hechos.costos[0].monto)) == (before + 1, "175.50")
    assert now.version.by == rosa


def test_what_does_not_hold_together_is_a_draft_but_is_not_published(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    before = published(CODIGO).revision
    broken = form_of(client) | {"costos-0-monto": ""}
    refused = client.post(edit_url(), broken | {"action-submit": "1"})
    assert refused.status_code == 200
    assert "un costo es un monto mayor que 0" in refused.content.decode()
    assert published(CODIGO).revision == before
    assert client.post(edit_url(), broken).status_code == 302
    assert published(CODIGO).revision == before


def test_a_version_that_cannot_be_written_leaves_the_page_as_it_was(
    client: Client, berta: User, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("disk full")

    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    client.raise_request_exception = False
    monkeypatch.setattr("cms.tramites.signals.publish_ficha", fails)
    assert decide(client, rosa).status_code == 500
    assert FichaPage.objects.get(codigo=CODIGO).title != "Otro nombre"
    assert waiting().status == "in_progress"


def test_an_editor_may_not_publish_and_diego_may_not_enter(client: Client, berta: User, diego: User) -> None:
    client.force_login(berta)
    client.post(edit_url(), form_of(client) | {"title": "Otro nombre", "action-publish": "1"})
    assert published(CODIGO).ficha.es["nombre"] != "Otro nombre"
    client.force_login(diego)
    assert client.get(edit_url()).status_code == 302


@pytest.mark.parametrize("mode", ["es", "qu"])
def test_a_draft_is_shown_as_the_page_it_would_be(client: Client, rosa: User, mode: str) -> None:
    client.force_login(rosa)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[FichaPage.objects.get(codigo=CODIGO).pk])
    client.post(f"{url}?mode={mode}", form_of(client) | {"title": "Otro nombre"})
    page = client.get(f"{url}?mode={mode}")
    assert page.status_code == 200
    assert "frame-ancestors" not in page.headers.get("Content-Security-Policy", "")
    assert "Otro nombre" in page.content.decode()
    assert published(CODIGO).ficha.es["nombre"] != "Otro nombre"


def test_passwords_of_editors_cannot_be_tried_without_end(client: Client, rosa: User) -> None:
    for _ in range(11):
        client.post("/admin/login/", {"username": rosa.username, "password": "bad"})
    client.post("/admin/login/", {"username": rosa.username, "password": "una clave de prueba"})
    assert client.get("/admin/").status_code == 302


def test_signing_in_does_not_hold_the_write_lock(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a stranger's sign-in was put in a transaction")

    monkeypatch.setattr("cms.tramites.middleware.transaction.atomic", refused)
    response = client.post("/admin/login/", {"username": "zz", "password": "bad"})
    assert response.status_code == 200


def test_what_expires_is_withdrawn() -> None:
    FichaPage.objects.filter(codigo=CODIGO).update(expire_at=timezone.now() - timedelta(seconds=1))
    publish_scheduled()
    with pytest.raises(TramiteNotFound):
        published(CODIGO)
    assert "Se publicó solo hasta el" in Tramite.objects.get(codigo=CODIGO).motivo_retiro
