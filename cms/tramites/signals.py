"""What happens in Wagtail becomes a version. Subscribed to the generic signals only: pages get both kinds.

In the admin nothing goes before the public, or away from it, but through the operations that ask for a second person.
"""

from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.hours import LIMA
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import Aprobacion, FichaPage, Version
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import TramiteNotFound
from cms.tramites.workflow import PublicationRefused, is_approved

ALONE = "Una ficha se publica cuando otra persona la aprueba: envíala a revisión."
WITHDRAWN_ALONE = "Una ficha se retira con un motivo y con el acuerdo de otra persona: pide el retiro."


def page_was_published(sender: type, instance: Any, **kwargs: Any) -> None:
    """Also sent for a page that is only scheduled, and then nothing is public yet (wagtail#13959)."""
    if not isinstance(instance, FichaPage):
        return
    if _actor() and not is_approved():
        raise PublicationRefused(ALONE)
    if instance.live:
        _publish(instance, kwargs.get("revision"))


def _publish(page: FichaPage, revision: Revision | None) -> None:
    by = _actor() or _approver(revision) or (revision.user if revision else None)
    minor = page.correccion_menor
    note, norm = ("", "") if minor else (page.nota_cambio, page.norma_cambio)
    since = None if minor else _planned(revision)
    version = publish_ficha(ficha_of_page(page), by=by, note=note, norm=norm, since=since)
    if minor:
        record("tramite.minor_correction", page.codigo, by=by, why=page.nota_cambio, revision=version.numero)
    _note_approval(revision, version)
    _forget_the_note(page, revision)


def _planned(revision: Revision | None) -> date | None:
    """The day it was approved to take force on, where the clock publishes it."""
    at = revision.approved_go_live_at if revision else None
    return at.astimezone(LIMA).date() if at else None


def _actor() -> User | None:
    """Who does it, which is not always who wrote it: an approval is the approver's."""
    user = get_active_log_context().user
    return user if isinstance(user, User) else None


def _approver(revision: Revision | None) -> User | None:
    """Who approved what takes force by the clock."""
    approval = Aprobacion.objects.filter(revision=revision.pk).first() if revision else None
    return approval.by if approval else None


def _note_approval(revision: Revision | None, version: Version) -> None:
    if revision is not None:
        Aprobacion.objects.filter(revision=revision.pk, version=None).update(version=version)


def _forget_the_note(page: FichaPage, revision: Revision | None) -> None:
    """The note of one change is not that of the next; the version keeps it."""
    said_nothing = {"nota_cambio": "", "norma_cambio": "", "correccion_menor": False}
    for name, value in said_nothing.items():
        setattr(page, name, value)
    FichaPage.objects.filter(pk=page.pk).update(**said_nothing)
    if revision is not None:
        revision.content |= said_nothing
        revision.save(update_fields=["content"])


def page_was_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    """What ends by the clock says so; by a person's hand it goes through a request that another one approved."""
    if isinstance(instance, FichaPage):
        _withdraw(instance, _end(instance) if instance.expired else instance.nota_cambio)


def page_was_deleted(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, FichaPage):
        _withdraw(instance, "Se borró la ficha.")


def _withdraw(page: FichaPage, why: str) -> None:
    try:
        withdraw(page.codigo, by=_actor(), why=why)
    except TramiteNotFound:
        return  # it was never public, or has been withdrawn already
    if _actor():
        raise PublicationRefused(WITHDRAWN_ALONE)


def _end(page: FichaPage) -> str:
    at = (page.expire_at or timezone.now()).astimezone(LIMA)
    return f"Se publicó solo hasta el {at:%d/%m/%Y a las %H:%M}."
