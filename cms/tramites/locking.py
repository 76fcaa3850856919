"""One order for all who change a ficha: its page first, then its trámite.

Two who take them the other way round would wait for each other for ever. SQLite has one writer and nothing to lock.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page


def hold_pages(pks: Iterable[int]) -> None:
    """Nobody else changes these pages, or saves a draft over one of theirs, until the caller's transaction ends."""
    _hold(Page._base_manager.filter(pk__in=list(pks)))


def hold_fichas(codes: Iterable[str], *, adding_to: str = "") -> None:
    """As `hold_pages`, and nobody publishes, translates or withdraws them either.

    `adding_to` is the entity that gets fichas which have no row to lock yet: its own page stands for them.
    """
    from cms.tramites.models import EntidadPage, FichaPage, PortalPage, Tramite  # pages hold themselves too

    wanted = list(codes)
    pages = set(FichaPage.objects.filter(codigo__in=wanted).values_list("pk", flat=True))
    if adding_to:
        pages |= set(EntidadPage.objects.filter(entidad__codigo=adding_to).values_list("pk", flat=True))
        pages = pages or set(PortalPage.objects.values_list("pk", flat=True))
    hold_pages(pages)
    _hold(Tramite.objects.filter(codigo__in=wanted))


def _hold(rows: QuerySet[Any]) -> None:
    """Each by key, so that nobody waits in a circle."""
    list(rows.select_for_update().order_by("pk").values_list("pk"))
