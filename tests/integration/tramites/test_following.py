"""What follows a publication, as the editor sees it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.accounts.models import User
from cms.publishing import registry
from cms.publishing.models import Change, OutboxRow, RowState
from cms.publishing.operations import wake, work_due
from cms.tramites.following import followed_by
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from tests.integration.tramites.editor import CODIGO, edit_url, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_follower(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(registry, "_followers", {"search": lambda change: done.append(change.key)})
    return done


def changed() -> Change:
    ficha = published(CODIGO).ficha
    publish_ficha(ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro"}}), by=None, note="Cambia")
    return Change.objects.latest("id")


def state_of(codigo: str = CODIGO) -> dict[str, str]:
    return {step.name: step.state for step in followed_by(codigo)[0].steps}


def test_the_page_has_it_at_once_and_search_when_it_is_done() -> None:
    change = changed()
    at_once = dict.fromkeys(("en la página", "en la API", "en el chat"), "done")
    assert state_of() == {**at_once, "en la búsqueda": "waiting"}
    OutboxRow.objects.filter(change=change).update(state=RowState.DONE)
    assert followed_by(CODIGO)[0].done


def test_a_new_ficha_is_in_the_chat_once_the_search_can_find_it() -> None:
    ficha = published(CODIGO).ficha
    withdraw(CODIGO, by=None, why="Ya no")
    assert state_of()["en el chat"] == "done", "what is gone is not told any more"
    publish_ficha(ficha, by=None)
    assert state_of()["en el chat"] == "waiting"
    OutboxRow.objects.update(state=RowState.DONE)
    assert state_of()["en el chat"] == "done"


def test_a_withdrawal_is_followed_too() -> None:
    withdraw(CODIGO, by=None, why="Ya no")
    first = followed_by(CODIGO)[0]
    assert (first.version, first.change.kind) == (None, "withdrawn")


def test_the_editor_shows_it_and_the_whole_history_is_one_click_away(client: Client, berta: User) -> None:
    changed()
    client.force_login(berta)
    shown = client.get(edit_url()).content.decode()
    assert "en la búsqueda" in shown
    address = reverse("publicacion:seguimiento", args=[page_of().pk])
    assert address in shown
    assert "Cambia" in client.get(address).content.decode()


def test_a_reviewer_tries_again_what_failed_and_an_editor_cannot(
    client: Client,
    berta: User,
    rosa: User,
    one_follower: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    row = OutboxRow.objects.get(change=changed())
    OutboxRow.objects.filter(pk=row.pk).update(state=RowState.FAILED, tries=8, error="OSError: disk full")
    address = reverse("publicacion:reintentar", args=[row.pk])
    client.force_login(berta)
    assert "disk full" in client.get(reverse("publicacion:seguimiento", args=[page_of().pk])).content.decode()
    client.post(address)
    row.refresh_from_db()
    assert row.state == RowState.FAILED
    client.force_login(rosa)
    with django_capture_on_commit_callbacks() as called:
        client.post(address)
    assert wake in called, "no worker is told"
    work_due()
    row.refresh_from_db()
    assert (row.state, one_follower[-1]) == (RowState.DONE, CODIGO)
