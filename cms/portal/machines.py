"""What search engines, messengers and other programs read of the pages: where they are, and what each is about."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from cms.directory.hours import LIMA
from cms.directory.models import Sede
from cms.portal import queries
from cms.portal.ficha import TramiteView
from cms.portal.seed import moments
from cms.tramites.models import Tramite

HOUR = "public, max-age=3600"
LONGEST_SUMMARY = 200
# So that no text can end the element it stands in.
HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
# Conversations, what is asked of the search, the rooms of those who work here, and recordings, which are made when asked for.
NOT_FOR_ROBOTS = (
    "/admin/",
    "/desk/",
    "/confirmar/",
    "/es/chat/",
    "/qu/chat/",
    "/*/buscar/",
    "/*?*idioma=",
    "/*/visita/?",
    "/*/escuchar",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A page that is there in both languages, without the language in its address."""

    path: str
    changed: date | None = None


def places() -> Iterator[Place]:
    """Every public page but lists under a filter."""
    yield from map(Place, ("", "tramites/", "entidades/", "sedes/", "visita/", "reclamos/"))
    rows = Tramite.objects.public().values_list("codigo", "version__at", "nombre_qu").order_by("codigo")
    public = set()
    for codigo, at, _name in rows:
        public.add(codigo)
        yield Place(f"tramites/{codigo}/", at.astimezone(LIMA).date())
    yield from (Place(f"entidades/{one.codigo}/") for one in queries.entidades_with_tramites())
    codes: Iterable[str] = Sede.objects.order_by("codigo").values_list("codigo", flat=True)
    yield from (Place(f"sedes/{codigo}/") for codigo in codes)
    yield from (Place(f"momentos/{row.id}/") for row in moments() if public.intersection(row.codigos))


@require_safe
@gzip_page
@conditional_page
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"origin": settings.PUBLIC_URL, "places": list(places()), "locales": ("es", "qu")}
    response = render(request, "portal/sitemap.xml", context, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = HOUR
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    text = "\n".join([*lines, "", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = HOUR
    return response


def summary(page: TramiteView) -> str:
    """The first sentence of a ficha, for those who show a link; empty where nothing is known."""
    text = "" if page.intro.unknown else next((block.texto for block in page.intro.body if block.texto), "")
    return text if len(text) <= LONGEST_SUMMARY else f"{text[:LONGEST_SUMMARY].rsplit(' ', 1)[0]}…"


def structured_data(page: TramiteView, address: str) -> SafeString:
    """The ficha as schema.org's GovernmentService. No fee: a doubt cannot be said there, and a search engine would show it bare.

    The whole is at the content API, as JSON-LD.
    """
    entidad = page.published.tramite.entidad
    node: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": page.nombre,
        "identifier": page.published.codigo,
        "url": address,
        "description": summary(page),
        "provider": {"@type": "GovernmentOrganization", "name": entidad.nombre},
        "areaServed": {"@type": "Country", "name": "PE"},
        "dateModified": page.published.version.at.astimezone(LIMA).isoformat(timespec="seconds"),
        "sameAs": page.published.ficha.hechos.pagina_oficial or "",
    }
    told = json.dumps({name: value for name, value in node.items() if value}, ensure_ascii=False)
    return mark_safe(told.translate(HARMLESS))  # noqa: S308 nothing in it can end the element
