"""Something urgent is told on every page a citizen can open, whatever the way in."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from cms.notices.models import Severidad
from tests.integration.notices.conftest import Put

pytestmark = pytest.mark.django_db
DNI = "reniec-dni-duplicado"
TITLE = "Hoy no se atiende en ningún centro"
# What the parts of an address stand for.
FILLED = {
    "tramites/<str:codigo>/": f"tramites/{DNI}/",
    "entidades/<str:codigo>/": "entidades/reniec/",
    "sedes/<slug:codigo>/": "sedes/centro-mac-piura/",
    "momentos/<slug:moment>/": "momentos/busco-trabajo/",
    "insertar/<str:codigo>/": f"insertar/{DNI}/",
    "reclamos/<slug:kind>/": "reclamos/reclamo/",
}
# Sounds and data; parts of pages; what only takes a form; what is kept on the telephone for weeks; what opens with a number.
NO_PAGES = re.compile(
    r"\.(mp3|json|xml|txt)$|^escuchar-|^sugerencias/$|^(sin-linea|guardado)/$|^chat/(hilo|ver|panel|contacto|cerrar|borrar|eliminar|calificar)/$"
    r"|^reclamos/mio/"
)


def routes() -> set[str]:
    """Every route below `es/`, without it."""
    found = set()

    def walk(entries: list[URLPattern | URLResolver], before: str) -> None:
        for entry in entries:
            route = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns, route)
            elif route.startswith("es/"):
                found.add(route.removeprefix("es/"))

    walk(get_resolver().url_patterns, "")
    return found


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_something_urgent_is_told_on_every_page(client: Client, put: Put, locale: str) -> None:
    put(TITLE, severidad=Severidad.URGENTE)
    pages = {route for route in routes() if not NO_PAGES.search(route)}
    assert {"", "chat/", "chat/llamada/", "tramites/", "buscar/", "visita/"} <= pages
    without = []
    for route in sorted(pages):
        response = client.get(f"/{locale}/{FILLED.get(route, route)}")
        assert response.status_code == 200, route
        if TITLE not in response.content.decode():
            without.append(route)
    assert without == []


@pytest.mark.parametrize("path", ["/", "/es/no-hay/", "/qu/tramites/no-hay/"])
def test_also_where_one_comes_in_or_goes_astray(client: Client, put: Put, path: str) -> None:
    put(TITLE, severidad=Severidad.URGENTE)
    assert TITLE in client.get(path).content.decode()
