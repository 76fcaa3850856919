"""Who listens hears what an editor says for a while, before all else, and as long as it is in force."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.notices.models import Severidad, Tipo
from cms.notices.sentences import spoken
from tests.integration.notices.conftest import Put

pytestmark = pytest.mark.django_db

DNI, PLACE = "reniec-dni-duplicado", "centro-mac-cusco"
ON_CUSCO = (
    "escuchar-sede/centro-mac-cusco",
    "escuchar-region",
    "escuchar-pagina/inicio",
    "escuchar-pagina/sedes",
)
QUESTION = {"region": "Cusco", "t": DNI, "codigo": "reniec"}


def heard(client: Client, locale: str, address: str) -> list[str]:
    sentences = client.get(f"/{locale}/{address}.json", QUESTION).json()["sentences"]
    return [text.strip(" .") for _at, text in sentences]


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        ("es", ["Aviso", "Huaico", "No vayas", "Llama al 1800"]),
        ("qu", ["Willakuy", "Lluklla", "Ama riychu", "1800man qayay"]),
    ],
)
def test_a_notice_is_heard_before_the_rest(client: Client, put: Put, locale: str, first: list[str]) -> None:
    words = {
        "texto": "No vayas.\nLlama al 1800.",
        "titulo_qu": "Lluklla",
        "texto_qu": "Ama riychu. 1800man qayay.",
    }
    put("Huaico", tipo=Tipo.CENTRO_CERRADO, sedes=[PLACE], **words)
    for address in ON_CUSCO:
        said = heard(client, locale, address)
        assert said[:4] == first, address
        assert len(said) > len(first)
    for address in ("escuchar-sede/centro-mac-piura", "escuchar-pagina/visita", "escuchar-pagina/tramites"):
        assert first[1] not in heard(client, locale, address)


@pytest.mark.parametrize(
    ("on", "address"),
    [
        ({"tramites": [DNI]}, "escuchar-pagina/visita"),
        ({"entidades": ["reniec"]}, "escuchar-pagina/entidad"),
        ({"regiones": ["Cusco"]}, "escuchar-region"),
        ({"regiones": ["Cusco"]}, f"escuchar-sede/{PLACE}"),
        ({}, "escuchar-pagina/tramites"),
        ({}, "escuchar-pagina/buscar"),
        ({}, "escuchar-momento/busco-trabajo"),
    ],
)
def test_each_page_says_those_that_stand_on_it(
    client: Client, put: Put, on: dict[str, list[str]], address: str
) -> None:
    put("Huaico", texto="No vayas.", **on)
    assert heard(client, "es", address)[:3] == ["Aviso", "Huaico", "No vayas"]


def test_one_that_is_in_spanish_only_is_said_to_be_so_and_read_by_the_spanish_voice(put: Put) -> None:
    put("Sismo en Ica", texto="Salgan.", severidad=Severidad.URGENTE, titulo_qu="", texto_qu="")
    lines = spoken(None, "qu")
    assert [language for _text, language in lines] == ["qu", "qu", "es", "es"]
    assert "castellanollapiraqmi" in lines[1][0]
    assert lines[2:] == [("Sismo en Ica.", "es"), ("Salgan.", "es")]


def test_the_first_page_leads_to_what_helps_where_there_is_no_notice(client: Client, put: Put) -> None:
    assert "/es/voz/ayuda.mp3" in client.get("/es/").content.decode()
    put("Huaico", sedes=[PLACE])
    assert "/es/escuchar-pagina/inicio.mp3" in client.get("/es/").content.decode()


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_notice_is_heard_by_itself_beside_its_words_while_it_is_in_force(
    client: Client, put: Put, locale: str
) -> None:
    aviso = put("Huaico", tramites=[DNI], texto="No vayas.", texto_qu="Ama riychu.")
    address = f"/{locale}/escuchar-aviso/{aviso.pk}.mp3"
    assert f'href="{address}"' in client.get(f"/{locale}/tramites/{DNI}/").content.decode()
    sound = client.get(address)
    assert (sound["Content-Type"], "no-cache" in sound["Cache-Control"]) == ("audio/mpeg", True)
    assert heard(client, locale, f"escuchar-aviso/{aviso.pk}")[-1] in ("No vayas", "Ama riychu")
    aviso.hasta = timezone.now() - timedelta(seconds=1)
    aviso.save()
    assert client.get(address).status_code == 404
