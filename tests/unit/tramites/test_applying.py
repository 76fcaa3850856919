"""Writing many pages at once leaves no plan behind that would undo it, and says which plans it called off."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.tramites import applying
from cms.tramites.models import FichaPage
from cms.tramites.queries import published
from cms.tramites.tasks import publish_scheduled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
CODIGO = "osce-rnp"


def write(by: User) -> FichaPage:
    writings = applying.prepare([published(CODIGO).ficha], lambda _codigo, accepted: accepted)
    applying.write(writings, by=by)
    return FichaPage.objects.get(codigo=CODIGO)


def test_what_is_live_again_does_not_vanish_at_the_next_tick(seeded: None, berta: User) -> None:
    past = timezone.now() - timedelta(days=1)
    FichaPage.objects.filter(codigo=CODIGO).update(expire_at=past, go_live_at=past, expired=True, live=False)
    page = write(berta)
    publish_scheduled()
    assert published(CODIGO)
    draft = page.get_latest_revision_as_object()
    for told in (FichaPage.objects.get(pk=page.pk), draft):
        assert (told.live, told.go_live_at, told.expire_at) == (True, None, None)


def test_an_end_that_is_still_to_come_stays(seeded: None, berta: User) -> None:
    later = timezone.now() + timedelta(days=30)
    FichaPage.objects.filter(codigo=CODIGO).update(expire_at=later)
    page = write(berta)
    assert page.expire_at == page.get_latest_revision_as_object().expire_at == later


def test_a_scheduled_change_is_not_called_off_in_silence(seeded: None, berta: User) -> None:
    page = FichaPage.objects.get(codigo=CODIGO)
    revision = page.save_revision(user=berta, approved_go_live_at=timezone.now() + timedelta(days=3))
    write(berta)
    assert not Revision.objects.filter(object_id=str(page.pk)).exclude(approved_go_live_at=None).exists()
    entry = Entry.objects.get(what="tramite.schedule_cancelled", subject=CODIGO)
    assert (entry.by, entry.detail["page_revision"]) == (berta, revision.pk)
