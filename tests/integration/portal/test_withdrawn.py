"""The old address of a withdrawn ficha, and what a ficha says of its last change."""

from datetime import datetime

import pytest

from cms.accounts.models import User
from cms.directory.hours import LIMA
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Ficha
from tests.integration.portal.checking import words
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db
CODIGO, FIRST, SECOND = "reniec-dni-duplicado", "migraciones-pasaporte", "sis-gratuito"


def renamed(nombre: str) -> Ficha:
    ficha = published(CODIGO).ficha
    return ficha.model_copy(update={"es": {**ficha.es, "nombre": nombre}})


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_it_says_since_when_why_what_instead_and_whom_to_ask(page: OpenPage, locale: str) -> None:
    withdraw(CODIGO, by=None, why="Ahora se hace en línea", replaced_by=FIRST)
    opened = page(f"/{locale}/tramites/{CODIGO}/", status=410)
    year = str(datetime.now(LIMA).year)
    assert all(said in opened.text for said in ("Ahora se hace en línea", year, "1800"))
    assert f"/{locale}/tramites/{FIRST}/" in opened.links()
    assert any(link.startswith(f"/{locale}/chat/") for link in opened.links())
    assert opened.response.headers["Cache-Control"] == "public, no-cache"


def test_in_quechua_the_spanish_reason_is_marked_and_said_to_be_spanish(page: OpenPage) -> None:
    withdraw(CODIGO, by=None, why="Ahora se hace en línea")
    said = "Kay llikapa wakinninqa castellano simipiraqmi kachkan."
    quechua, spanish = (page(f"/{lo}/tramites/{CODIGO}/", status=410) for lo in ("qu", "es"))
    assert '<span lang="es">Ahora se hace en línea</span>' in quechua.response.content.decode()
    assert said in quechua.text
    assert quechua.text.index(said) < quechua.text.index("Ahora se hace en línea")
    assert "todavía está en español" not in spanish.text


def test_a_replacement_that_was_replaced_leads_to_the_last_one(page: OpenPage) -> None:
    withdraw(CODIGO, by=None, why="Uno", replaced_by=FIRST)
    withdraw(FIRST, by=None, why="Dos", replaced_by=SECOND)
    links = page(f"/es/tramites/{CODIGO}/", status=410).links()
    assert f"/es/tramites/{SECOND}/" in links
    assert f"/es/tramites/{FIRST}/" not in links


def test_replacements_in_a_ring_lead_nowhere(page: OpenPage) -> None:
    withdraw(CODIGO, by=None, why="Uno", replaced_by=FIRST)
    withdraw(FIRST, by=None, why="Dos", replaced_by=CODIGO)
    links = page(f"/es/tramites/{CODIGO}/", status=410).links()
    assert f"/es/tramites/{FIRST}/" not in links


def test_what_never_was_public_is_not_found_as_ever(page: OpenPage) -> None:
    page("/es/tramites/no-hay-tal-ficha/", status=404)


def test_what_was_withdrawn_and_came_back_is_there_again(page: OpenPage) -> None:
    ficha = published(CODIGO).ficha
    withdraw(CODIGO, by=None, why="Por error")
    publish_ficha(ficha, by=None, note="Vuelve", norm="")
    assert page(f"/es/tramites/{CODIGO}/").by_id("requisitos") is not None


def test_a_ficha_says_what_changed_last_and_by_which_norm(page: OpenPage, berta: User) -> None:
    publish_ficha(renamed("Duplicado"), by=berta, note="Cambia el nombre", norm="RM 10-2026")
    publish_ficha(renamed("Duplicado del DNI"), by=berta)  # a minor correction says nothing
    said = words(page(f"/es/tramites/{CODIGO}/").by_id("ultimo-cambio"))
    assert "Cambia el nombre" in said
    assert "RM 10-2026" in said
    assert "berta" not in page(f"/es/tramites/{CODIGO}/").text


def test_a_ficha_that_never_changed_speaks_of_no_change(page: OpenPage) -> None:
    assert "Primera carga" not in page(f"/es/tramites/{CODIGO}/").text
