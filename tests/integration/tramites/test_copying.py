"""Copying a ficha, drafts without a code, and finding a ficha by its code."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.tramites.models import EntidadPage, FichaPage
from cms.tramites.queries import published
from tests.integration.tramites.editor import CODIGO, NOTED, page_of, send

pytestmark = pytest.mark.django_db


def test_a_copy_is_a_draft_with_a_code_of_its_own(client: Client, berta: User) -> None:
    send(client, berta, **NOTED)
    page = page_of()
    form = {"new_title": "Otra", "new_slug": "osce-rnp-otra", "new_parent_page": page.get_parent().pk}
    answer = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert answer.status_code == 302
    copied = FichaPage.objects.get(codigo="osce-rnp-otra")
    latest = copied.get_latest_revision_as_object()
    assert (copied.live, copied.nota_cambio, latest.codigo, latest.nota_cambio) == (
        False,
        "",
        "osce-rnp-otra",
        "",
    )
    assert [row.clave for row in copied.costos.all()] == [row.clave for row in page.costos.all()]
    assert published(CODIGO).codigo == CODIGO


def test_a_copy_whose_code_is_taken_gets_the_next_one(berta: User) -> None:
    page = page_of()
    other = EntidadPage.objects.get(entidad__codigo="reniec")
    copied = page.copy(to=other, update_attrs={"slug": CODIGO}, keep_live=False, user=berta)
    assert copied.codigo == f"{CODIGO}-2"


def test_a_draft_may_wait_for_its_code(client: Client, berta: User) -> None:
    shelf = EntidadPage.objects.get(entidad__codigo="reniec")
    codes = {shelf.add_child(instance=FichaPage(title=f"Nueva {n}", live=False)).codigo for n in range(2)}
    assert codes == {"nueva-0", "nueva-1"}


@pytest.mark.parametrize("words", [CODIGO, "osce-r", "Inscripción en el RNP"])
def test_the_editors_search_finds_a_ficha_by_its_code(client: Client, berta: User, words: str) -> None:
    page = page_of()
    page.save()  # the small seed is loaded without Wagtail's index
    client.force_login(berta)
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": words}).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in found
