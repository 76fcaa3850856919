"""A notice is on every page it touches, in the greeting, at the desk and in the API, and only between its dates."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Sede
from cms.notices.models import Severidad
from cms.notices.queries import in_force, next_change
from tests.integration.notices.conftest import Put
from tests.integration.portal.checking import checked

pytestmark = pytest.mark.django_db

FICHA, OTHER = "reniec-dni-duplicado", "migraciones-pasaporte"


def shows(client: Client, path: str, words: str) -> bool:
    response = client.get(path)
    assert response.status_code == 200, path
    return words in response.content.decode()


def titles(client: Client, query: str = "") -> list[str]:
    return [row["titulo"] for row in client.get(f"/api/v1/notices{query}").json()["results"]]


def test_a_notice_for_everybody_is_on_every_page_in_the_chat_and_at_the_desk(
    client: Client, put: Put, carlos: User
) -> None:
    put("Sin sistema en todo el país")
    pages = (
        "/es/",
        "/es/tramites/",
        f"/es/tramites/{FICHA}/",
        "/es/entidades/",
        "/es/sedes/",
        "/es/buscar/?q=dni",
    )
    assert all(shows(client, path, "Sin sistema en todo el país") for path in pages)
    assert shows(client, f"/es/chat/?codigo={FICHA}", "Aviso: Sin sistema en todo el país. Texto de")
    assert shows(client, "/qu/chat/", "Willakuy: Sin sistema en todo el país runasimipi")
    client.force_login(carlos)
    assert shows(client, "/desk/", "Fuente: Comunicado 12 de la PCM")


def test_a_notice_of_an_entity_is_on_its_own_pages_only(client: Client, put: Put) -> None:
    put("RENIEC sin sistema", entidades=["reniec"])
    assert shows(client, f"/es/tramites/{FICHA}/", "RENIEC sin sistema")
    assert shows(client, "/es/entidades/reniec/", "RENIEC sin sistema")
    assert shows(client, f"/es/chat/?codigo={FICHA}", "RENIEC sin sistema")
    assert not shows(client, f"/es/tramites/{OTHER}/", "RENIEC sin sistema")
    assert not shows(client, "/es/entidades/migraciones/", "RENIEC sin sistema")
    assert not shows(client, "/es/sedes/centro-mac-piura/", "RENIEC sin sistema")
    assert titles(client, f"?codigo={FICHA}") == ["RENIEC sin sistema"]
    assert titles(client, f"?codigo={OTHER}") == []


def test_a_notice_of_a_region_is_on_the_pages_of_its_centres(client: Client, put: Put) -> None:
    put("Lluvias en Piura", regiones=["Piura"])
    assert shows(client, "/es/sedes/centro-mac-piura/", "Lluvias en Piura")
    assert not shows(client, "/es/sedes/centro-mac-callao/", "Lluvias en Piura")
    assert shows(client, "/es/sedes/", "Lluvias en Piura")
    assert titles(client, "?sede=centro-mac-piura") == titles(client, "?region=piura") == ["Lluvias en Piura"]
    assert titles(client, "?region=Cusco") == []


def test_before_its_beginning_and_from_its_end_on_it_is_nowhere(client: Client, put: Put) -> None:
    now = timezone.now()
    put("Ya fue", desde=now - timedelta(hours=2), hasta=now - timedelta(seconds=1))
    put("Todavía no", desde=now + timedelta(minutes=5), hasta=now + timedelta(hours=1))
    assert titles(client) == []
    assert not shows(client, "/es/", "Ya fue")
    assert not shows(client, "/es/chat/", "Todavía no")


def test_it_is_in_force_at_its_first_moment_and_not_at_its_last(put: Put) -> None:
    aviso = put("Exacto")
    assert [row.titulo for row in in_force(aviso.desde)] == ["Exacto"]
    assert in_force(aviso.hasta) == []
    assert next_change(aviso.desde - timedelta(seconds=1)) == aviso.desde
    assert next_change(aviso.desde) == aviso.hasta
    assert next_change(aviso.hasta) is None


def test_a_kept_answer_of_the_api_is_not_good_any_more_once_a_notice_ends(client: Client, put: Put) -> None:
    aviso = put("Se acaba")
    etag = client.get("/api/v1/notices").headers["ETag"]
    assert client.get("/api/v1/notices", headers={"If-None-Match": etag}).status_code == 304
    aviso.hasta = timezone.now()
    aviso.save()
    assert client.get("/api/v1/notices", headers={"If-None-Match": etag}).json()["count"] == 0


def test_the_most_severe_comes_first(client: Client, put: Put) -> None:
    put("Conviene", severidad=Severidad.INFORMA)
    put("Peligro", severidad=Severidad.URGENTE)
    put("Cambia", severidad=Severidad.IMPORTANTE)
    assert titles(client) == ["Peligro", "Cambia", "Conviene"]


def test_an_urgent_notice_without_quechua_is_said_in_spanish_and_said_to_be_so(
    client: Client, put: Put
) -> None:
    put("Sismo en Ica", severidad=Severidad.URGENTE, titulo_qu="", texto_qu="")
    page = client.get("/qu/").content.decode()
    assert '<p lang="es"><strong>Sismo en Ica</strong>' in page
    assert "castellanollapiraqmi" in page
    assert client.get("/api/v1/notices?locale=qu").json()["results"][0]["idioma"] == "es"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"titulo_qu": "", "texto_qu": ""}, "titulo_qu"),
        ({"texto_qu": ""}, "titulo_qu"),
        ({"texto": "Por [qué pasó] no hay atención."}, "texto"),
        ({"hasta": timezone.now() - timedelta(days=2)}, "hasta"),
        ({"fuente": ""}, "fuente"),
    ],
)
def test_what_a_citizen_could_not_rely_on_is_refused(put: Put, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        put("Mal hecho", **wrong)
    assert field in refused.value.message_dict


def test_a_closed_centre_is_told_on_its_page_with_its_source(client: Client, put: Put) -> None:
    place = Sede.objects.get(codigo="centro-mac-piura")
    put("Piura cerrado", sedes=[place.codigo], fuente_url="https://www.gob.pe/comunicado")
    page = client.get(f"/es/sedes/{place.codigo}/").content.decode()
    assert "Piura cerrado" in page
    assert "Comunicado 12 de la PCM</a></span>, 20 de noviembre de 2026" in page


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_page_with_notices_keeps_what_every_page_must_keep(client: Client, put: Put, locale: str) -> None:
    put("Para todos", severidad=Severidad.URGENTE, titulo_qu="", texto_qu="")
    put("Para uno", tramites=[FICHA], fuente_url="https://www.gob.pe/comunicado")
    opened = checked(client.get(f"/{locale}/tramites/{FICHA}/"), locale)
    shown = [e for e in opened.all("div") if (e.get("class") or "").startswith("alert ")]
    assert [e.get("class") for e in shown] == ["alert urgente", "alert importante"]
    assert "https://www.gob.pe/comunicado" in opened.links()
