"""The large picture that reads aloud reads this page: the tramites of a moment, the centres of a region."""

import pytest
from django.test import Client

from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from tests.integration.portal.checking import words
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("locale", ["es", "qu"])
@pytest.mark.parametrize(
    "path",
    [
        "momentos/busco-trabajo/",
        "sedes/",
        "sedes/?region=Piura",
        "tramites/",
        "tramites/?q=dni",
        "tramites/?entidad=nadie",
        "entidades/",
        "entidades/reniec/",
        "buscar/?q=pasaporte",
        "buscar/?q=xqzwv",
        "visita/",
        "visita/?t=reniec-dni-duplicado&t=migraciones-pasaporte",
    ],
)
def test_what_is_read_aloud_is_on_the_page(client: Client, page: OpenPage, locale: str, path: str) -> None:
    opened = page(f"/{locale}/{path}")
    picture, large = [link for link in opened.links() if f"/{locale}/escuchar-" in link]
    assert picture == large, "the picture and the button at the top read the same"
    address = large
    assert client.get(address)["Content-Type"] == "audio/mpeg"
    sentences = client.get(address.replace(".mp3", ".json")).json()["sentences"]
    shown = words(opened.one("main"))
    assert sentences
    assert all(text.strip(" .") in shown for _at, text in sentences)


@pytest.mark.parametrize(
    "path",
    [
        "escuchar-momento/nada.mp3",
        "escuchar-region.mp3",
        "escuchar-region.mp3?region=X",
        "escuchar-pagina/nada.mp3",
        "escuchar-pagina/entidad.mp3",
        "escuchar-pagina/tramites.ogg",
    ],
)
def test_nothing_is_read_of_what_there_is_not(client: Client, seeded: None, path: str) -> None:
    assert client.get(f"/es/{path}").status_code == 404


def test_one_visit_is_heard_in_the_order_one_does_it(client: Client, seeded: None) -> None:
    address = "/es/escuchar-pagina/visita.json?t=reniec-dni-duplicado&t=migraciones-pasaporte"
    heard = [text for _at, text in client.get(address).json()["sentences"]]
    told = " ".join(heard)
    steps = [told.index(said) for said in ("Lo que vas a hacer", "Primero", "Después", "Al final")]
    assert steps == sorted(steps)
    assert "S/ 33.00" in told[steps[2] :]
    assert "No sabemos en qué centro se hacen todos" in told[steps[3] :]


def test_the_words_that_were_searched_for_are_not_said(client: Client, seeded: None) -> None:
    heard = client.get("/es/escuchar-pagina/buscar.json?q=pasaporte+de+Juana+Quispe").json()
    assert not any("Juana" in text for _at, text in heard["sentences"])


def test_a_list_in_quechua_says_that_some_are_in_spanish(client: Client, seeded: None) -> None:
    heard = client.get("/qu/escuchar-pagina/tramites.json").json()["sentences"]
    assert any("castellano" in text for _at, text in heard[:3])


@pytest.mark.parametrize(("locale", "said"), [("es", "sin confirmar"), ("qu", "manaraq chiqapchasqa")])
@pytest.mark.parametrize("region", ["", "?region=Puno"])
def test_a_region_where_no_centre_has_opened_is_not_named_as_if_it_had_one(
    client: Client, seeded: None, locale: str, said: str, region: str
) -> None:
    heard = client.get(f"/{locale}/escuchar-pagina/sedes.json{region}").json()["sentences"]
    told = [text.strip(" .") for _at, text in heard]
    assert told[told.index("Puno") + 1] == said
    assert told[told.index("Piura") + 1] != said


def test_one_visit_read_aloud_says_the_code_a_bare_fee_is_paid_with(client: Client, seeded: None) -> None:
    ficha = published("migraciones-pasaporte").ficha
    fee = ficha.hechos.costos[0].model_copy(update={"via": None})
    costs = ficha.hechos.model_copy(update={"costos": [fee]})
    words = {key: text for key, text in ficha.es.items() if not key.startswith(("costos.", "duda.costo"))}
    told = words | {f"costos.{fee.clave}": "La tasa es {monto}, con el código {codigo_pago}."}
    publish_ficha(ficha.model_copy(update={"hechos": costs, "es": told}), by=None)
    heard = client.get("/es/escuchar-pagina/visita.json?t=migraciones-pasaporte").json()["sentences"]
    assert sum("01810" in text for _at, text in heard) == 1
