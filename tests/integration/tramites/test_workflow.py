"""From a draft to the public, through the views: one writes, another approves exactly what was sent."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.directory.hours import LIMA
from cms.tramites.models import Aprobacion, FichaPage
from cms.tramites.queries import published
from cms.tramites.tasks import publish_scheduled
from cms.tramites.workflow import (
    NEEDS_NOTE,
    NEWER,
    OWN_WORK,
    approved_publication,
    publish_alone,
    published_alone,
)
from tests.integration.tramites.editor import CODIGO, NOTED, decide, edit_url, form_of, page_of, send, waiting

pytestmark = pytest.mark.django_db


def public_name() -> str:
    return published(CODIGO).ficha.es["nombre"]


def test_what_the_editor_sends_the_reviewer_publishes(client: Client, berta: User, rosa: User) -> None:
    before = published(CODIGO).revision
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    client.force_login(rosa)
    assert "Otro nombre" in client.get("/admin/").content.decode()
    decide(client, rosa)
    now = published(CODIGO)
    assert (now.ficha.es["nombre"], now.revision, now.version.by) == ("Otro nombre", before + 1, rosa)
    assert (now.version.nota, now.version.norma) == (NOTED["nota_cambio"], NOTED["norma_cambio"])
    assert Aprobacion.objects.get(codigo=CODIGO).version == now.version


def test_two_people_review_and_publish_where_nobody_may_do_both(
    client: Client, berta: User, raul: User, paula: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    decide(client, paula)
    assert waiting().task.name == "Revisión", "who only publishes has reviewed"
    decide(client, raul)
    assert (waiting().task.name, public_name()) == ("Publicación", "Inscripción en el RNP")
    decide(client, raul)
    assert public_name() == "Inscripción en el RNP", "who only reviews has published"
    decide(client, paula)
    assert public_name() == "Otro nombre"


def test_nobody_approves_what_they_wrote_part_of(client: Client, berta: User, rosa: User) -> None:
    send(client, rosa, title="Otro nombre")
    send(client, berta, resumen="", **NOTED, title="Otro nombre más", action="submit")
    decide(client, rosa)
    assert public_name() == "Inscripción en el RNP"
    state = waiting()
    client.force_login(rosa)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page_of().pk, "approve", state.pk])
    assert client.post(url, {"comment": ""}).status_code in (302, 403)
    assert waiting() == state


def test_who_only_opens_and_sends_a_draft_of_another_may_approve_it(
    client: Client, berta: User, rosa: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED)
    send(client, rosa, action="submit")
    decide(client, rosa)
    assert public_name() == "Otro nombre"


def test_a_reviewer_who_changes_the_draft_on_approving_it_is_refused(
    client: Client, berta: User, rosa: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    client.force_login(rosa)
    data = form_of(client) | {
        "title": "Como me gusta a mí",
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    said = client.post(edit_url(), data, follow=True).content.decode()
    assert OWN_WORK in said
    assert public_name() == "Inscripción en el RNP"


def test_the_button_to_publish_is_nobodys(client: Client, rosa: User, admin: User) -> None:
    for somebody in (rosa, admin):
        send(client, somebody, title="Otro nombre", **NOTED, action="publish")
        assert public_name() == "Inscripción en el RNP"
        assert 'name="action-publish"' not in client.get(edit_url()).content.decode()


def test_publishing_many_at_once_does_not_go_round_the_second_person(client: Client, rosa: User) -> None:
    send(client, rosa, title="Otro nombre", **NOTED)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={page_of().pk}", {"include_descendants": "on"})
    parent = page_of().get_parent()
    client.post(f"{url}?id={parent.pk}", {"include_descendants": "on"})
    assert public_name() == "Inscripción en el RNP"


def test_a_way_nobody_thought_of_is_refused_and_undone(
    client: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line: a view that publishes without asking for rights."""
    monkeypatch.setattr("cms.tramites.permissions.RightsOnPage.can_publish", lambda self: True)
    said = send(client, admin, title="Otro nombre", **NOTED, action="publish")
    assert said.status_code == 302
    assert public_name() == "Inscripción en el RNP"
    assert FichaPage.objects.get(codigo=CODIGO).title == "Inscripción en el RNP"


def test_a_newer_draft_stops_the_approval_of_the_older(
    client: Client, berta: User, rosa: User, raul: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    send(client, raul, title="Otro nombre distinto")
    said = decide(client, rosa).content.decode()
    assert NEWER in said
    assert public_name() == "Inscripción en el RNP"


def test_saving_without_a_change_takes_no_approval_away(
    client: Client, berta: User, raul: User, paula: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    decide(client, raul)
    send(client, raul)
    decide(client, paula)
    assert public_name() == "Otro nombre"


def test_what_was_sent_back_and_changed_is_reviewed_anew(
    client: Client, berta: User, raul: User, paula: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    decide(client, raul)
    decide(client, paula, answer="reject")
    send(client, berta, title="Otro nombre, corregido", action="submit")
    assert waiting().task.name == "Revisión"
    decide(client, paula)
    assert public_name() == "Inscripción en el RNP"
    decide(client, raul)
    decide(client, paula)
    assert public_name() == "Otro nombre, corregido"


def test_what_no_longer_holds_together_is_refused_with_the_reason(
    client: Client, berta: User, rosa: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    revision = waiting().revision
    revision.content["costos"][0]["monto"] = None
    revision.save()
    answer = decide(client, rosa)
    assert "un costo es un monto mayor que 0" in answer.content.decode()
    assert answer.status_code == 200
    assert public_name() == "Inscripción en el RNP"
    assert waiting().revision == revision


def test_a_change_citizens_will_read_is_sent_with_its_note(client: Client, berta: User) -> None:
    refused = send(client, berta, title="Otro nombre", action="submit")
    assert NEEDS_NOTE in refused.content.decode()
    assert page_of().current_workflow_state is None


def test_a_minor_correction_needs_no_note_and_is_no_change_to_citizens(
    client: Client, berta: User, rosa: User
) -> None:
    send(client, berta, title="Inscripción en el R.N.P.", correccion_menor="on", action="submit")
    decide(client, rosa)
    assert (public_name(), published(CODIGO).version.nota) == ("Inscripción en el R.N.P.", "")
    assert page_of().correccion_menor is False


def test_a_new_fee_is_no_minor_correction(client: Client, berta: User) -> None:
    send(client, berta, **{"costos-0-monto": "1.50", "correccion_menor": "on", "action": "submit"})
    assert page_of().current_workflow_state is None


def test_what_was_approved_for_a_day_takes_force_on_that_day(client: Client, berta: User, rosa: User) -> None:
    at = timezone.now() + timedelta(hours=1)
    local = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    send(client, berta, title="Otro nombre", **NOTED, go_live_at=local, action="submit")
    decide(client, rosa)
    assert (public_name(), publish_scheduled()) == ("Inscripción en el RNP", 0)
    with patch("django.utils.timezone.now", return_value=at + timedelta(hours=1)):
        assert publish_scheduled() == 1
    now = published(CODIGO)
    assert (now.ficha.es["nombre"], now.version.by) == ("Otro nombre", rosa)
    assert now.version.rige == at.astimezone(LIMA).date(), "a day before it is told what stood until then"


def test_a_day_nobody_approved_for_this_revision_publishes_nothing(berta: User) -> None:
    page = page_of()
    page.title, page.go_live_at = "Otro nombre", timezone.now() + timedelta(hours=1)
    page.save_revision(user=berta, approved_go_live_at=page.go_live_at)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=2)):
        assert publish_scheduled() == 0
        assert publish_scheduled() == 0
    assert public_name() == "Inscripción en el RNP"
    assert page_of().scheduled_revision is None, "it is tried again for ever"


def test_what_was_scheduled_does_not_undo_what_was_published_since(
    client: Client, berta: User, rosa: User
) -> None:
    at = timezone.now() + timedelta(hours=1)
    local = timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
    send(client, berta, title="Otro nombre", **NOTED, go_live_at=local, action="submit")
    decide(client, rosa)
    page = page_of()
    scheduled = page.scheduled_revision
    with approved_publication():
        page.title = "Lo que dice un paquete"
        page.save_revision().publish()
    scheduled.refresh_from_db()
    scheduled.approved_go_live_at = at
    scheduled.save()
    with patch("django.utils.timezone.now", return_value=at + timedelta(hours=1)):
        assert publish_scheduled() == 0
    assert public_name() == "Lo que dice un paquete"


def test_an_emergency_does_not_call_off_what_is_scheduled_in_silence(
    client: Client, berta: User, rosa: User, admin: User
) -> None:
    local = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    send(client, berta, title="Otro nombre", **NOTED, go_live_at=local, action="submit")
    decide(client, rosa)
    page = page_of()
    scheduled = page.scheduled_revision
    page.title, page.nota_cambio, page.norma_cambio = "Urgente", "Cambia", "Oficio 1"
    page.go_live_at = None
    page.save_revision(user=admin)
    publish_alone(page_of(), by=admin, why="El nombre estaba mal")
    assert (public_name(), page_of().scheduled_revision) == ("Urgente", None)
    entry = Entry.objects.get(what="tramite.schedule_cancelled", subject=CODIGO)
    assert (entry.by, entry.detail["page_revision"]) == (admin, scheduled.pk)


def test_who_publishes_can_call_off_what_is_scheduled(client: Client, berta: User, rosa: User) -> None:
    local = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    send(client, berta, title="Otro nombre", **NOTED, go_live_at=local, action="submit")
    decide(client, rosa)
    scheduled = page_of().scheduled_revision
    url = reverse("wagtailadmin_pages:revisions_unschedule", args=[page_of().pk, scheduled.pk])
    client.force_login(berta)
    client.post(url)
    assert page_of().scheduled_revision is not None
    client.force_login(rosa)
    client.post(url)
    assert page_of().scheduled_revision is None


def test_a_locked_ficha_is_changed_by_nobody_else_also_while_it_is_reviewed(
    client: Client, berta: User, rosa: User, raul: User
) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    client.force_login(rosa)
    client.post(reverse("wagtailadmin_pages:lock", args=[page_of().pk]))
    assert page_of().locked_by == rosa
    send(client, raul, title="Otro más")
    assert page_of().get_latest_revision().content["title"] == "Otro nombre"
    client.force_login(rosa)
    client.post(reverse("wagtailadmin_pages:unlock", args=[page_of().pk]))
    assert not page_of().locked


def test_a_comment_of_the_reviewer_reaches_the_editor(client: Client, berta: User, rosa: User) -> None:
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    comment = {
        "comments-TOTAL_FORMS": 1,
        "comments-0-id": "",
        "comments-0-contentpath": "title",
        "comments-0-text": "¿Seguro?",
        "comments-0-deleted": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": 0,
        "comments-0-replies-INITIAL_FORMS": 0,
    }
    send(client, rosa, **comment)
    client.force_login(berta)
    assert "Seguro?" in client.get(edit_url()).content.decode()
    decide(client, rosa)
    assert public_name() == "Otro nombre", "a comment made its writer an author"


def test_a_lock_somebody_forgot_is_released_after_a_day(rosa: User) -> None:
    locked = FichaPage.objects.filter(codigo=CODIGO)
    locked.update(locked=True, locked_by=rosa, locked_at=timezone.now() - timedelta(hours=23))
    publish_scheduled()
    assert page_of().locked
    locked.update(locked_at=timezone.now() - timedelta(hours=25))
    publish_scheduled()
    assert not page_of().locked


def test_only_an_administrator_publishes_alone_with_a_reason_and_somebody_looks_again(
    client: Client, rosa: User, admin: User
) -> None:
    send(client, admin, title="Otro nombre", **NOTED)
    url = reverse("publicacion:urgencia", args=[page_of().pk])
    for somebody, why in ((rosa, "Corre prisa"), (admin, " ")):
        client.force_login(somebody)
        client.post(url, {"motivo": why})
        assert public_name() == "Inscripción en el RNP"
    client.force_login(admin)
    client.post(url, {"motivo": "El monto publicado estaba mal"})
    assert public_name() == "Otro nombre"
    alone = published_alone().get()
    assert (alone.by, alone.motivo, alone.version) == (
        admin,
        "El monto publicado estaba mal",
        published(CODIGO).version,
    )
    look = reverse("publicacion:segunda_mirada", args=[alone.pk])
    client.post(look)
    assert published_alone().exists(), "the same person looked again"
    client.force_login(rosa)
    client.post(look)
    assert not published_alone().exists()
