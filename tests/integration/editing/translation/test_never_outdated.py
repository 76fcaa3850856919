"""Every kind of sentence, on every way to a citizen: Quechua that is outdated, or a machine's draft, is never said.

One ficha has a word of every kind. Its Quechua is marked, so that it can be looked for anywhere.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.conversations.payloads import of_aspecto
from cms.search.index import this_node
from cms.tramites.models import Palabra
from cms.tramites.operations import publish_ficha, save_translations
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Ficha, Traduccion, placeholders, seal
from tests.integration.conversations.browser import Citizen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_to_ask", "fresh_index")]
CODIGO = "reniec-dni-duplicado"
ROWS = ("requisitos", "costos", "plazos", "pasos", "canales")
MARK = "Ñawpaqrimay"
# What answers by itself, with no figure of its own to wait for.
NOTICE = "castellano simipiraqmi"


@pytest.fixture
def nobody_to_ask(settings: object) -> None:
    """The assistant is not there: the plain search answers."""
    settings.RASA_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]


def of_every_kind() -> Ficha:
    """The public ficha, with a row of each list, and a word of every kind, in Spanish."""
    ficha = published(CODIGO).ficha.model_dump(mode="json")
    facts = ficha["hechos"]
    facts["pasos"] = facts["pasos"] or [{"clave": "uno"}]
    source = {"confianza": "alta", "fuente": "TUPA"}
    facts["evidencia"] = {str(aspecto): source for aspecto in Aspecto}
    keys = ["nombre", *(str(a) for a in Aspecto), *(f"duda.{a}" for a in Aspecto)]
    keys += [f"{rows}.{row['clave']}" for rows in ROWS for row in facts[rows]]
    words = {key: f"Primera frase de {key.replace('.', ' ')}." for key in keys}
    return Ficha.model_validate({"hechos": facts, "es": words})


def change(ficha: Ficha, only: str = "") -> Ficha:
    """The same with every sentence (or one) written anew."""
    new = {
        key: text.replace("Primera", "Segunda") if only in ("", key) else text
        for key, text in ficha.es.items()
    }
    return ficha.model_copy(update={"es": new})


def in_quechua(ficha: Ficha, estado: str) -> dict[str, Traduccion]:
    return {
        key: Traduccion.model_validate(
            {"texto": f"{MARK} {key} {' '.join(placeholders(text))}", "sello": seal(text), "estado": estado}
        )
        for key, text in ficha.es.items()
    }


def everything_said(client: Client) -> dict[str, str]:
    """By where it is said, all a citizen can get of the ficha in Quechua."""
    this_node.rebuild()
    api = "/api/v1"
    said = {
        "page": f"/qu/tramites/{CODIGO}/",
        "list of pages": "/qu/tramites/",
        "entity": "/qu/entidades/reniec/",
        "search page": "/qu/buscar/?q=frase+de+nombre",
        "ficha": f"{api}/tramites/{CODIGO}?locale=qu",
        "list": f"{api}/tramites?locale=qu",
        "search": f"{api}/search?q=frase+de+nombre&locale=qu",
        **{f"aspect {a}": f"{api}/tramites/{CODIGO}/aspectos/{a}?locale=qu" for a in Aspecto},
    }
    found = {where: client.get(url).content.decode() for where, url in said.items()}
    linked = client.get(f"{api}/tramites/{CODIGO}?locale=qu", headers={"Accept": "application/ld+json"})
    found["linked data"] = linked.content.decode()
    citizen = Citizen(client, locale="qu", codigo=CODIGO)
    found["greeting"] = str(citizen.greeting)
    for aspecto in Aspecto:
        found[f"chat {aspecto}"] = str(citizen.presses(of_aspecto(CODIGO, aspecto)))
    found["chat in words"] = str(citizen.says("Primera frase de nombre, haykataq chanin"))
    return {
        where: text.encode().decode("unicode_escape", "ignore") if "\\u" in text else text
        for where, text in found.items()
    }


@pytest.fixture
def whole() -> Ficha:
    ficha = of_every_kind()
    publish_ficha(ficha, by=None)
    return ficha


def test_quechua_that_is_current_is_said_everywhere(client: Client, whole: Ficha) -> None:
    save_translations(CODIGO, in_quechua(whole, "traducido"), by=None)
    said = everything_said(client)
    for where in ("page", "list of pages", "ficha", "list", "linked data", "greeting", "chat in words"):
        assert MARK in said[where], where
    for aspecto in Aspecto:
        assert MARK in said[f"aspect {aspecto}"], aspecto
        assert MARK in said[f"chat {aspecto}"], aspecto
        assert NOTICE not in said[f"aspect {aspecto}"], aspecto


def outdated(whole: Ficha) -> None:
    save_translations(CODIGO, in_quechua(whole, "traducido"), by=None)
    publish_ficha(change(published(CODIGO).ficha), by=None)


def signed_and_outdated(whole: Ficha) -> None:
    save_translations(CODIGO, in_quechua(whole, "revisado"), by=None)
    publish_ficha(change(published(CODIGO).ficha), by=None)


def drafted(whole: Ficha) -> None:
    save_translations(CODIGO, in_quechua(whole, "borrador"), by=None)


def drafted_into_the_version(whole: Ficha) -> None:
    """As no operation does: what stands in an older version, or comes from elsewhere, is not said either."""
    words = {key: word.model_dump() for key, word in in_quechua(whole, "borrador").items()}
    version = published(CODIGO).version
    version.payload["qu"], version.digest = words, "0" * 64
    version.save()


@pytest.mark.parametrize("how", [outdated, signed_and_outdated, drafted, drafted_into_the_version])
def test_what_is_outdated_or_a_draft_is_said_nowhere_and_the_spanish_says_so(
    client: Client, whole: Ficha, how: Callable[[Ficha], None]
) -> None:
    Palabra.objects.filter(codigo=CODIGO).delete()
    how(whole)
    said = everything_said(client)
    assert [where for where, text in said.items() if MARK in text] == []
    now = published(CODIGO).ficha
    for key, spanish in now.es.items():
        assert spanish in said["page"], key
    for aspecto in Aspecto:
        assert NOTICE in said[f"aspect {aspecto}"], aspecto
        assert NOTICE in said[f"chat {aspecto}"], aspecto
    assert all(str(aspecto) in said["ficha"].partition("faltantes")[2] for aspecto in Aspecto)


@pytest.mark.parametrize(
    "key",
    [
        "nombre",
        "requisitos.pago",
        "costos.en-linea",
        "plazos.entrega",
        "canales.web",
        "duda.costo",
        "donde",
        "duda.horario",
    ],
)
def test_one_outdated_sentence_gives_way_alone(client: Client, whole: Ficha, key: str) -> None:
    save_translations(CODIGO, in_quechua(whole, "traducido"), by=None)
    publish_ficha(change(published(CODIGO).ficha, only=key), by=None)
    page = client.get(f"/qu/tramites/{CODIGO}/").content.decode()
    assert f"Segunda frase de {key.replace('.', ' ')}." in page
    assert f"{MARK} {key} " not in page
    assert f"{MARK} resultado" in page
