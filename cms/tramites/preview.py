"""Showing a draft as citizens would see it. The portal, which knows how, registers itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from cms.tramites.models.pages import FichaPage

Renderer = Callable[["FichaPage", HttpRequest, str], HttpResponse]

_renderers: list[Renderer] = []


def register(renderer: Renderer) -> None:
    """`renderer(page, request, locale)` answers with the page of a draft."""
    _renderers[:] = [renderer]


def render(page: "FichaPage", request: HttpRequest, locale: str) -> HttpResponse:
    if not _renderers:
        return HttpResponse("Esta instalación no muestra borradores: le falta el portal.", status=501)
    return _renderers[0](page, request, locale)
