"""What saves by itself never changes what somebody approved, sent, scheduled or published."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.tramites import applying
from cms.tramites.authorship import authors_of_draft
from cms.tramites.models import FichaPage
from cms.tramites.queries import published
from cms.tramites.withdrawal import Pedido, Request, approve, ask
from cms.tramites.workflow import NOT_SHOWN
from tests.integration.tramites.conftest import Person
from tests.integration.tramites.editor import CODIGO, NOTED, decide, edit_url, form_of, page_of, send, waiting

pytestmark = pytest.mark.django_db
OLD = "Inscripción en el RNP"


def public_name() -> str:
    return published(CODIGO).ficha.es["nombre"]


def title_of(revision: int | None) -> str:
    return str(Revision.objects.get(pk=revision).content["title"])


def autosave(client: Client, by: User, over: int | None, **changes: Any) -> HttpResponse:
    """The tab of `by` goes on saving over the revision it made before."""
    client.force_login(by)
    data = form_of(client) | changes | {"overwrite_revision_id": str(over)}
    return client.post(edit_url(), data, HTTP_ACCEPT="application/json")


@pytest.fixture
def olga(person: Person) -> User:
    return person("olga", Role.REVIEWER, Role.PUBLISHER)


def test_a_tab_left_open_saves_a_draft_as_one_revision(client: Client, berta: User) -> None:
    send(client, berta, title="Uno")
    mine = page_of().latest_revision_id
    assert autosave(client, berta, mine, title="Dos").json()["revision_id"] == mine
    assert (page_of().latest_revision_id, title_of(mine)) == (mine, "Dos")


def test_a_tab_left_open_after_approval_makes_its_person_an_author(
    client: Client, rosa: User, olga: User
) -> None:
    send(client, rosa, title="Nombre bueno", **NOTED, action="submit")
    decide(client, olga)
    live = page_of().live_revision_id
    said = autosave(client, rosa, live, title="Nombre de una sola persona", **NOTED).json()
    assert said["success"]
    assert said["revision_id"] != live
    assert title_of(live) == "Nombre bueno", "the text of what is public was written over"
    assert authors_of_draft(page_of()) == {rosa.pk}
    send(client, rosa, action="submit")
    decide(client, rosa)
    assert public_name() == "Nombre bueno"


def test_what_was_reviewed_is_not_written_over_before_it_is_published(
    client: Client, raul: User, paula: User, person: Person
) -> None:
    send(client, raul, title="Nombre revisado", **NOTED, action="submit")
    decide(client, person("otro", Role.REVIEWER))
    sent = waiting().revision_id
    autosave(client, raul, sent, title="Nombre que nadie revisó")
    assert title_of(sent) == "Nombre revisado"
    decide(client, paula)
    assert public_name() == OLD


def test_what_was_reviewed_and_changed_behind_everybody_is_not_published(
    client: Client, berta: User, raul: User, paula: User
) -> None:
    """The last line: a way to change a revision that nobody thought of."""
    send(client, berta, title="Nombre revisado", **NOTED, action="submit")
    decide(client, raul)
    revision = waiting().revision
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"title": "Otro"})
    decide(client, paula)
    assert public_name() == OLD


def test_what_is_scheduled_is_not_written_over(client: Client, rosa: User, olga: User) -> None:
    local = timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
    send(client, rosa, title="Nombre bueno", **NOTED, go_live_at=local, action="submit")
    decide(client, olga)
    page = page_of()
    scheduled = page.scheduled_revision.pk
    page.title = "Otro"
    page.save_revision(user=rosa, overwrite_revision=page.get_latest_revision())
    assert title_of(scheduled) == "Nombre bueno"


def test_what_was_public_is_not_written_over_once_withdrawn(berta: User, rosa: User) -> None:
    writings = applying.prepare([published(CODIGO).ficha], lambda _codigo, accepted: accepted)
    applying.write(writings, by=rosa)
    was = page_of().live_revision_id
    approve(ask(Request(CODIGO, Pedido.Tipo.RETIRAR, "Sobra"), by=berta), by=rosa)
    page = page_of()
    assert (page.live, page.latest_revision_id) == (False, was)
    page.title = "De una sola persona"
    page.save_revision(user=rosa, overwrite_revision=page.get_latest_revision())
    assert title_of(was) == OLD
    assert authors_of_draft(page_of()) == {rosa.pk}


def test_a_draft_newer_than_the_tab_is_not_written_over(client: Client, berta: User, raul: User) -> None:
    send(client, berta, title="De Berta")
    mine = page_of().latest_revision_id
    send(client, raul, title="De Raúl")
    assert not autosave(client, berta, mine, title="Otra vez Berta").json()["success"]
    assert title_of(page_of().latest_revision_id) == "De Raúl"


def approval(client: Client, form: dict[str, Any]) -> str:
    buttons = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    return client.post(edit_url(), form | buttons, follow=True).content.decode()


def test_who_approves_in_the_editor_approves_what_they_see(client: Client, berta: User, rosa: User) -> None:
    send(client, berta, title="Nombre bueno", **NOTED, action="submit")
    client.force_login(rosa)
    approval(client, form_of(client))
    assert public_name() == "Nombre bueno"


@pytest.mark.parametrize("without", [(), ("loaded_revision_id", "loaded_revision_created_at")])
def test_a_page_opened_before_the_draft_changed_approves_nothing(
    client: Client, berta: User, rosa: User, without: tuple[str, ...]
) -> None:
    send(client, berta, title="Nombre bueno", **NOTED, action="submit")
    client.force_login(rosa)
    opened = form_of(client)
    page = FichaPage.objects.get(codigo=CODIGO)
    draft = page.get_latest_revision_as_object()
    rows = list(draft.requisitos.all())
    draft.requisitos = [*rows, type(rows[0])(clave="otro", texto="Una cosa más.", sort_order=len(rows))]
    draft.save_revision(user=berta)
    page.current_workflow_state.cancel(user=berta)
    page.get_workflow().start(page_of(), berta)
    said = approval(client, {name: value for name, value in opened.items() if name not in without})
    assert NOT_SHOWN in said
    assert public_name() == OLD


def test_a_button_of_a_review_that_was_restarted_approves_nothing(
    client: Client, berta: User, rosa: User
) -> None:
    send(client, berta, title="Nombre bueno", **NOTED, action="submit")
    old = waiting()
    page_of().current_workflow_state.cancel(user=berta)
    send(client, berta, title="Otro nombre", **NOTED, action="submit")
    client.force_login(rosa)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page_of().pk, "approve", old.pk])
    client.post(url, {"comment": ""})
    assert public_name() == OLD
