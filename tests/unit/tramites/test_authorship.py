"""Every author since what is public, and nobody who only saved."""

import pytest
from wagtail.models import PageLogEntry, Revision

from cms.accounts.models import User
from cms.tramites.authorship import authors_of_draft
from cms.tramites.models import FichaPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(seeded: None) -> FichaPage:
    return FichaPage.objects.get(codigo="osce-rnp")


def saved(page: FichaPage, title: str, by: User) -> Revision:
    page.title = title
    return page.save_revision(user=by, log_action=True)


def test_what_is_public_has_no_author_who_would_have_to_step_back(page: FichaPage) -> None:
    assert authors_of_draft(page) == set()


def test_all_who_changed_the_draft_are_its_authors(page: FichaPage, berta: User, carlos: User) -> None:
    saved(page, "Uno", berta)
    saved(page, "Dos", carlos)
    assert authors_of_draft(page) == {berta.pk, carlos.pk}


def test_who_saves_without_a_change_is_no_author(page: FichaPage, berta: User, carlos: User) -> None:
    saved(page, "Uno", berta)
    saved(page, "Uno", carlos)
    assert authors_of_draft(page) == {berta.pk}


def test_a_publication_ends_the_chain(page: FichaPage, berta: User, carlos: User) -> None:
    saved(page, "Uno", berta).publish()
    page.refresh_from_db()
    assert authors_of_draft(page) == set()
    saved(page, "Dos", carlos)
    assert authors_of_draft(page) == {carlos.pk}


def test_words_brought_back_are_still_their_authors(page: FichaPage, berta: User, carlos: User) -> None:
    old = saved(page, "De Berta", berta)
    saved(page, "Otra cosa", carlos).publish()
    page = FichaPage.objects.get(pk=page.pk)
    page.title = "De Berta"
    page.save_revision(user=carlos, log_action=True, previous_revision=old)
    assert authors_of_draft(page) == {berta.pk, carlos.pk}


def test_who_wrote_a_revision_that_was_cleared_away_is_still_an_author(
    page: FichaPage, berta: User, carlos: User
) -> None:
    purged = saved(page, "Uno", berta)
    saved(page, "Dos", carlos)
    Revision.objects.filter(pk=purged.pk).delete()
    assert PageLogEntry.objects.filter(page=page, revision_id=purged.pk).exists()
    assert authors_of_draft(page) == {berta.pk, carlos.pk}


def test_who_wrote_over_what_is_public_is_an_author(page: FichaPage, berta: User, carlos: User) -> None:
    live = saved(page, "Uno", berta)
    live.publish()
    Revision.objects.filter(pk=live.pk).update(content=live.content | {"title": "Lo que nadie aprobó"})
    page = FichaPage.objects.get(pk=page.pk)
    assert authors_of_draft(page) == {berta.pk}
    saved(page, "Lo que nadie aprobó", carlos)
    assert berta.pk in authors_of_draft(page)
