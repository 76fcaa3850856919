"""An editor in Wagtail's admin, through the real views."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.tramites.models import FichaPage
from cms.tramites.queries import TramiteNotFound, published
from cms.tramites.tasks import publish_scheduled

pytestmark = pytest.mark.django_db
CODIGO = "osce-rnp"


@pytest.fixture
def rosa(berta: User) -> User:
    """A reviewer: she may publish."""
    berta.groups.set([berta.groups.model.objects.get(name=str(Role.REVIEWER))])
    return berta


@pytest.fixture
def rosa_too(diego: User) -> User:
    """A reviewer beside Berta the editor."""
    diego.groups.set([diego.groups.model.objects.get(name=str(Role.REVIEWER))])
    return diego


def edit_url() -> str:
    return reverse("wagtailadmin_pages:edit", args=[FichaPage.objects.get(codigo=CODIGO).pk])


def form_of(client: Client) -> dict[str, Any]:
    """What the browser would send back of the edit page, unchanged."""
    form = client.get(edit_url()).context["form"]
    data: dict[str, Any] = {}
    for part in [form, *(f for fs in form.formsets.values() for f in fs.forms)]:
        for field in part:
            value = field.value()
            if value not in (None, False):
                data[field.html_name] = value
    for formset in form.formsets.values():
        for field in formset.management_form:
            data[field.html_name] = field.value()
        for order, part in enumerate(formset.forms):
            data[f"{part.prefix}-ORDER"] = order + 1
    data["alias_es"] = form["alias_es"].value()
    data["comments-TOTAL_FORMS"] = data["comments-INITIAL_FORMS"] = 0
    return nested_form_data(data)


def test_a_reviewer_publishes_a_new_fee(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    before = published(CODIGO).revision
    data = form_of(client) | {"costos-0-monto": "175.50", "nota_cambio": "Sube", "action-publish": "1"}
    assert client.post(edit_url(), data).status_code == 302
    now = published(CODIGO)
    assert (now.revision, str(now.ficha.hechos.costos[0].monto)) == (before + 1, "175.50")
    assert now.version.by == rosa


def test_what_does_not_hold_together_is_a_draft_but_is_not_published(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    before = published(CODIGO).revision
    broken = form_of(client) | {"costos-0-monto": ""}
    refused = client.post(edit_url(), broken | {"action-publish": "1"})
    assert refused.status_code == 200
    assert "un costo es un monto mayor que 0" in refused.content.decode()
    assert published(CODIGO).revision == before
    assert client.post(edit_url(), broken).status_code == 302
    assert published(CODIGO).revision == before


def test_a_version_that_cannot_be_written_leaves_the_page_as_it_was(
    client: Client, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("disk full")

    client.force_login(rosa)
    client.raise_request_exception = False
    data = form_of(client) | {"title": "Otro nombre", "action-publish": "1"}
    monkeypatch.setattr("cms.tramites.signals.publish_ficha", fails)
    assert client.post(edit_url(), data).status_code == 500
    assert FichaPage.objects.get(codigo=CODIGO).title != "Otro nombre"


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


def test_what_is_scheduled_is_public_at_its_time_and_not_before() -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    page.title = "Otro nombre"
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert publish_scheduled() == 0
    assert published(CODIGO).ficha.es["nombre"] != "Otro nombre"
    later = timezone.now() + timedelta(hours=2)
    with patch("django.utils.timezone.now", return_value=later):
        assert publish_scheduled() == 1
    assert published(CODIGO).ficha.es["nombre"] == "Otro nombre"


def test_what_is_sent_to_review_reaches_the_reviewers(client: Client, berta: User, rosa_too: User) -> None:
    client.force_login(berta)
    client.post(edit_url(), form_of(client) | {"title": "Otro nombre", "action-submit": "1"})
    client.force_login(rosa_too)
    assert "Otro nombre" in client.get("/admin/").content.decode()
    task = FichaPage.objects.get(codigo=CODIGO).current_workflow_task_state
    assert task is not None
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[task.revision.object_id, "approve", task.pk]
    )
    client.post(approve, {"comment": ""})
    assert published(CODIGO).ficha.es["nombre"] == "Otro nombre"
    assert published(CODIGO).version.by == rosa_too


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
