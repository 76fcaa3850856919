"""What happens in Wagtail becomes a version. Subscribed to the generic signals only: pages get both kinds."""

from typing import Any

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
        by=revision.user if revision else None,
        note=instance.nota_cambio,
        norm=instance.norma_cambio,
    )


def page_was_unpublished(sender: type, instance: Any, **kwargs: Any) -> None:
    if not isinstance(instance, FichaPage):
        return
    try:
        withdraw(instance.codigo, by=None, why=instance.nota_cambio)
    except TramiteNotFound:
        return  # it was never public


def page_was_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    page_was_unpublished(sender, instance)
