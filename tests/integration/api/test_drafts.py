"""An editor shows a draft to another institution's program: one revision, for a while, and it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import User
from cms.api import operations
from cms.api.models import DraftLink
from cms.api.operations import DraftUnfinished
from cms.audit.models import Entry
from cms.tramites.models import FichaPage
from cms.tramites.rights import grant_rights

pytestmark = pytest.mark.django_db
CODIGO = "osce-rnp"
DRAFTS = "/api/v1/drafts/"


@pytest.fixture
def page(db: None, berta: User) -> FichaPage:
    """With a draft that changes the name."""
    found = FichaPage.objects.get(codigo=CODIGO)
    found.title = "Nombre del borrador"
    found.save_revision(user=berta)
    return found


@pytest.fixture
def editor(client: Client, berta: User) -> Client:
    from cms.tramites.models import PortalPage

    grant_rights(PortalPage.objects.get())
    client.force_login(berta)
    return client


def shared(page: FichaPage, by: User, hours: int = 24) -> str:
    return operations.share_draft(page=page, hours=hours, by=by)[1]


def test_a_program_reads_the_draft_in_the_shape_of_a_ficha(
    client: Client, page: FichaPage, berta: User
) -> None:
    public = client.get(f"/api/v1/tramites/{CODIGO}").json()
    response = client.get(DRAFTS + shared(page, berta))
    assert response.status_code == 200
    draft = response.json()
    assert (draft["nombre"], draft["borrador"], draft["revision"]) == ("Nombre del borrador", True, 0)
    assert set(draft) == (set(public) - {"cambio", "retirado"}) | {"borrador", "expira_at"}
    assert [set(row) for row in draft["aspectos"]] == [set(row) for row in public["aspectos"]]
    assert public["nombre"] != draft["nombre"]


def test_nobody_keeps_it(client: Client, page: FichaPage, berta: User) -> None:
    for path in (DRAFTS + shared(page, berta), f"{DRAFTS}no-existe"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in response
    found = client.get(DRAFTS + shared(page, berta))
    assert (found["Referrer-Policy"], found["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_it_shows_what_was_saved_when_it_was_made(client: Client, page: FichaPage, berta: User) -> None:
    """Wagtail's autosave writes into the same revision again: the link does not follow it."""
    token = shared(page, berta)
    page.title = "Más tarde"
    page.save_revision(user=berta, overwrite_revision=page.get_latest_revision())
    assert client.get(DRAFTS + token).json()["nombre"] == "Nombre del borrador"


def test_it_has_the_quechua_there_is(client: Client, page: FichaPage, berta: User) -> None:
    token = shared(page, berta)
    draft = client.get(f"{DRAFTS}{token}?locale=qu").json()
    assert draft["locale"] == "qu"
    assert "descripcion" in draft["faltantes"]  # the new name has no Quechua yet


@pytest.mark.parametrize("ended", ["expired", "revoked", "never was"])
def test_a_link_that_has_ended_leads_nowhere(
    client: Client, page: FichaPage, berta: User, ended: str
) -> None:
    link, token = operations.share_draft(page=page, hours=1, by=berta)
    if ended == "expired":
        DraftLink.objects.update(expira_at=timezone.now() - timedelta(seconds=1))
    elif ended == "revoked":
        operations.revoke(link=link, by=berta)
    else:
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    for locale, title in (
        ("es", "Este borrador no existe, o su enlace venció o fue retirado."),
        ("qu", "Kay borradorqa manam kanchu, icha enlacenpa punchawnin tukurqunña utaq qichusqaña."),
    ):
        response = client.get(f"{DRAFTS}{token}?locale={locale}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
        assert response.json()["title"] == title


def test_the_database_does_not_hold_the_token(page: FichaPage, berta: User) -> None:
    token = shared(page, berta)
    assert token not in str(list(DraftLink.objects.values()))
    assert token not in str(list(Entry.objects.values()))


def test_who_made_read_and_took_it_back_is_written_down(client: Client, page: FichaPage, berta: User) -> None:
    link, token = operations.share_draft(page=page, hours=1, by=berta)
    for _time in range(3):
        client.get(DRAFTS + token)
    operations.revoke(link=link, by=berta)
    operations.revoke(link=link, by=berta)
    written = Entry.objects.filter(subject=CODIGO, what__startswith="draft.").order_by("id")
    assert [row.what for row in written] == ["draft.shared", "draft.read", "draft.revoked"]
    link.refresh_from_db()
    assert link.lecturas == 3


def test_a_draft_that_is_no_ficha_yet_is_refused_with_what_is_wrong(
    editor: Client, page: FichaPage, berta: User
) -> None:
    row = page.costos.first() or page.costos.model(clave="tramite")
    row.monto, row.gratuito, row.por_confirmar = None, False, False
    page.costos = [row]
    page.save_revision(user=berta)
    with pytest.raises(DraftUnfinished):
        shared(page, berta)
    said = editor.post(f"/admin/borradores/{page.pk}/", {"horas": 24}).content.decode()
    assert "todavía no forma una ficha" in said
    assert "una sola de las tres cosas" in said
    assert not DraftLink.objects.exists()


def test_an_editor_makes_a_link_and_takes_it_back(editor: Client, page: FichaPage, settings: Any) -> None:
    screen = f"/admin/borradores/{page.pk}/"
    made = editor.post(screen, {"horas": 168})
    address = made.content.decode().partition('id="enlace">')[2].partition("<")[0]
    assert address.startswith(f"{settings.PUBLIC_URL}{DRAFTS}")
    assert "no-store" in made["Cache-Control"]
    path = address.removeprefix(settings.PUBLIC_URL)
    assert Client().get(path).status_code == 200
    listed = editor.get(screen).content.decode()
    assert "abierto" in listed
    assert address not in listed
    editor.post(f"{screen}{DraftLink.objects.get().pk}/retirar/")
    assert Client().get(path).status_code == 404
    assert "retirado" in editor.get(screen).content.decode()


def test_a_link_lasts_as_long_as_is_offered_and_no_longer(editor: Client, page: FichaPage) -> None:
    editor.post(f"/admin/borradores/{page.pk}/", {"horas": 100_000})
    assert not DraftLink.objects.exists()


def test_the_editor_of_a_ficha_leads_to_its_links(editor: Client, page: FichaPage) -> None:
    assert f"/admin/borradores/{page.pk}/" in editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_whoever_may_not_edit_the_ficha_makes_no_link(
    client: Client, page: FichaPage, diego: User, carlos: User, berta: User
) -> None:
    link, _token = operations.share_draft(page=page, hours=1, by=berta)
    for user in (diego, carlos, None):
        client.logout()
        if user:
            client.force_login(user)
        for door in (f"/admin/borradores/{page.pk}/", f"/admin/borradores/{page.pk}/{link.pk}/retirar/"):
            assert client.post(door, {"horas": 1}).status_code in (302, 403)
    assert DraftLink.objects.open().count() == 1


def test_old_links_are_forgotten(page: FichaPage, berta: User) -> None:
    shared(page, berta)
    shared(page, berta)
    newest = DraftLink.objects.first()
    assert newest
    DraftLink.objects.exclude(pk=newest.pk).update(expira_at=timezone.now() - timedelta(days=31))
    operations.prune()
    assert list(DraftLink.objects.all()) == [newest]


def test_a_token_somebody_guesses_writes_nothing_and_takes_no_lock(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{DRAFTS}una-clave-inventada").status_code == 404
    words = {query["sql"].split()[0].upper() for query in asked.captured_queries}
    assert words == {"SELECT"}, words
