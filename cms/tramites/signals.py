"""What happens in Wagtail becomes a version. Subscribed to the generic signals only: pages get both kinds."""

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision

from cms.accounts.models import User
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import FichaPage
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import TramiteNotFound


def page_was_published(sender: type, instance: Any, **kwargs: Any) -> None:
    """Also sent for a page that is only scheduled, and then nothing is public yet (wagtail#13959)."""
    if not isinstance(instance, FichaPage) or not instance.live:
        return
    revision = kwargs.get("revision")
    publish_ficha(
        ficha_of_page(instance),
        by=_actor() or (revision.user if revision else None),
        note=instance.nota_cambio,
        norm=instance.norma_cambio,
    )
    _forget_the_note(instance, revision)


def _actor() -> User | None:
    """Who does it, which is not always who wrote it: an approval is the approver's."""
    user = get_active_log_context().user
    return user if isinstance(user, User) else None


def _forget_the_note(page: FichaPage, revision: Revision | None) -> None:
    """The note of one change is not that of the next; the version keeps it."""
    page.nota_cambio = page.norma_cambio = ""
    FichaPage.objects.filter(pk=page.pk).update(nota_cambio="", norma_cambio="")
    if revision is not None:
        revision.content |= {"nota_cambio": "", "norma_cambio": ""}
        revision.save(update_fields=["content"])


def page_was_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    if not isinstance(instance, FichaPage):
        return
    try:
        withdraw(instance.codigo, by=_actor(), why=instance.nota_cambio)
    except TramiteNotFound:
        return  # it was never public


def page_was_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    page_was_unpublished(sender, instance)
