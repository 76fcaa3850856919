"""A place as a page tells it: where, when, how to ask, and once for all of it since when that is known."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cms.directory.answers import PLACE_ASPECTS
from cms.directory.models import Sede
from cms.notices.closures import answer_place
from cms.ui.blocks import Bloque


@dataclass(frozen=True, slots=True)
class PlacePart:
    aspecto: str
    titulo: str
    bloques: tuple[Bloque, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """`confirmado` is the block that every part closes with, where the place has one."""

    parts: tuple[PlacePart, ...]
    confirmado: tuple[Bloque, ...]


def place_page(sede: Sede, locale: str, at: datetime) -> PlacePage:
    """What is known of `sede` at the moment `at`, in the language in force, which is `locale`."""
    told = [answer_place(sede, aspecto, locale, at).bloques for aspecto in PLACE_ASPECTS]
    shared = told[0][-1:] if sede.confirmado else ()
    parts = tuple(
        PlacePart(aspecto, titulo, blocks[: -len(shared)] if shared else blocks)
        for aspecto, titulo, blocks in zip(PLACE_ASPECTS, _titles(), told, strict=True)
    )
    return PlacePage(parts, shared)


def _titles() -> list[str]:
    return [_("Dónde queda"), _("Cuándo está abierto"), _("Cómo preguntar")]
