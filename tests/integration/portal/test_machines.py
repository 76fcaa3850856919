"""Search engines and messengers find every public page in both languages, and nothing that is not public."""

import json
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from cms.directory.models import Sede
from cms.tramites.models import Tramite
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db
DNI = "reniec-dni-duplicado"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def mapped(client: Client) -> dict[str, ElementTree.Element]:
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(answer.content)  # noqa: S314 our own
    return {str(url.findtext(f"{MAP}loc")): url for url in tree.iter(f"{MAP}url")}


def test_the_map_names_every_page_in_both_languages_and_each_names_the_other(
    client: Client, seeded: None
) -> None:
    urls = mapped(client)
    paths = {address.removeprefix(settings.PUBLIC_URL) for address in urls}
    tramites = Tramite.objects.public().values_list("codigo", flat=True)
    for locale in ("es", "qu"):
        assert {f"/{locale}/tramites/{codigo}/" for codigo in tramites} <= paths
        assert {f"/{locale}/sedes/{one.codigo}/" for one in Sede.objects.all()} <= paths
        assert f"/{locale}/entidades/reniec/" in paths
        assert f"/{locale}/momentos/busco-trabajo/" in paths
        assert f"/{locale}/momentos/quiero-manejar/" not in paths, "its page is not found"
    for path in (f"/es/tramites/{DNI}/", "/qu/sedes/"):
        links = {e.get("hreflang"): e.get("href") for e in urls[settings.PUBLIC_URL + path].iter(LINK)}
        assert links == {
            "es-PE": f"{settings.PUBLIC_URL}/es{path[3:]}",
            "qu": f"{settings.PUBLIC_URL}/qu{path[3:]}",
        }


def test_what_the_map_names_answers(client: Client, seeded: None) -> None:
    for address in list(mapped(client))[::15]:
        assert client.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200, address


def test_a_withdrawn_ficha_leaves_the_map(client: Client, seeded: None) -> None:
    address = f"{settings.PUBLIC_URL}/es/tramites/{DNI}/"
    assert address in mapped(client)
    Tramite.objects.filter(codigo=DNI).update(estado="retirado")
    assert address not in mapped(client)


def test_robots_are_told_of_the_map_and_kept_from_conversations_and_rooms(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in lines
    for path in ("/admin/", "/desk/", "/confirmar/", "/es/chat/", "/qu/chat/", "/*/escuchar"):
        assert f"Disallow: {path}" in lines
    assert not {"Disallow: /", "Disallow: /es/", "Disallow: /es/tramites/"} & set(lines)


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_shared_link_shows_what_it_is_about(page: OpenPage, locale: str) -> None:
    opened = page(f"/{locale}/tramites/{DNI}/")
    told = {e.get("property"): e.get("content") for e in opened.all("meta") if e.get("property")}
    ficha = published(DNI).ficha
    assert told["og:title"] == ficha.name(locale)
    assert told["og:url"] == f"{settings.PUBLIC_URL}/{locale}/tramites/{DNI}/"
    assert told["og:locale"] == f"{locale}_PE"
    assert told["og:description"] in opened.text
    assert str(told["og:image"]).endswith(".png")
    alternates = {e.get("hreflang"): e.get("href") for e in opened.all("link", rel="alternate")}
    assert alternates == {
        "es-PE": f"{settings.PUBLIC_URL}/es/tramites/{DNI}/",
        "qu": f"{settings.PUBLIC_URL}/qu/tramites/{DNI}/",
    }


def test_a_ficha_is_told_to_search_engines_without_a_fee_they_would_show_bare(page: OpenPage) -> None:
    [script] = page(f"/es/tramites/{DNI}/").all("script", type="application/ld+json")
    told = json.loads("".join(script.itertext()))
    assert told["@type"] == "GovernmentService"
    assert told["name"] == "Duplicado del DNIe (mayor de edad)"
    assert told["provider"]["name"] == published(DNI).tramite.entidad.nombre
    assert told["url"] == f"{settings.PUBLIC_URL}/es/tramites/{DNI}/"
    assert "33.00" not in json.dumps(told)


def test_no_word_of_an_editor_ends_the_data(page: OpenPage) -> None:
    ficha = published(DNI).ficha
    words = {**ficha.es, "descripcion": "Para ti </script><script src=//example.org></script> & más."}
    publish_ficha(ficha.model_copy(update={"es": words}), by=None)
    opened = page(f"/es/tramites/{DNI}/")
    [script] = opened.all("script", type="application/ld+json")
    assert json.loads("".join(script.itertext()))["description"].startswith("Para ti </script>")
    assert not [e for e in opened.all("script") if "example.org" in e.get("src", "")]
