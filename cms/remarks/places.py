"""What a remark can be about: the chat, these pages, Aló MAC, or one of the places of the network."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.directory.models import Sede
from cms.directory.queries import alo_mac

CHAT, PORTAL = "chat", "portal"


@dataclass(frozen=True, slots=True)
class Group:
    """Choices that belong together: (code, name) each."""

    label: str
    choices: list[tuple[str, str]]


def own() -> list[tuple[str, str]]:
    """What is no place: the chat and the pages, in the language in force, and Aló MAC where the directory has it."""
    service = alo_mac()
    telephone = [(service.codigo, _("Aló MAC, por teléfono"))] if service else []
    return [(CHAT, _("El chat")), (PORTAL, _("El portal, estas páginas")), *telephone]


def groups() -> list[Group]:
    """All there is to choose from, as a form lists it."""
    rows = list(Sede.objects.exclude(codigo__in=dict(own())).order_by("nombre"))
    return [
        Group(_("Por teléfono o internet"), own()),
        Group(_("Centros MAC"), [(row.codigo, row.nombre) for row in rows if row.es_centro]),
        Group(_("MAC Express"), [(row.codigo, row.nombre) for row in rows if not row.es_centro]),
    ]


def known(code: str) -> str:
    """`code`, where a remark can be about it; else empty."""
    if code in (CHAT, PORTAL) or Sede.objects.filter(codigo=code).exists():
        return code
    return ""


def names(codes: set[str]) -> dict[str, str]:
    """What people call these, in the language in force; a place that is no longer in the directory by its code."""
    places = dict(Sede.objects.filter(codigo__in=codes).values_list("codigo", "nombre"))
    return {code: code for code in codes if code} | places | dict(own())


def name(code: str) -> str:
    return names({code}).get(code, "")
