"""Other institutions' pages may frame a ficha at one glance, and nothing else of ours."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
DNI = "reniec-dni-duplicado"


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path).headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";") if part.strip())


@pytest.mark.parametrize("path", ["/es/insertar/", "/qu/insertar/", f"/es/insertar/{DNI}/"])
def test_it_may_be_framed_by_anybody_and_runs_and_remembers_nothing(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer.headers
    assert policy(client, path)["frame-ancestors"] == "*"
    assert policy(client, path)["script-src"] == "'none'"
    assert not answer.cookies
    assert "<script" not in answer.content.decode()
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/es/", "/es/chat/", f"/es/tramites/{DNI}/", "/desk/entrar/"])
def test_nothing_else_may_be_framed(client: Client, path: str) -> None:
    assert policy(client, path)["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_it_tells_the_fee_of_today_with_a_person_beside_it(client: Client, locale: str) -> None:
    shown = client.get(f"/{locale}/insertar/{DNI}/").content.decode()
    assert "S/ 33.00" in shown
    assert "tel:1800" in shown
    assert f'<base href="{settings.PUBLIC_URL}/{locale}/tramites/{DNI}/" target="_blank">' in shown
    ficha = published(DNI).ficha
    rows = [
        row.model_copy(update={"monto": Decimal("41.70")}) if row.monto == Decimal("33.00") else row
        for row in ficha.hechos.costos
    ]
    facts = ficha.hechos.model_copy(update={"costos": rows})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)
    after = client.get(f"/{locale}/insertar/{DNI}/").content.decode()
    assert "S/ 41.70" in after
    assert "33.00" not in after


def test_a_withdrawn_ficha_says_so_and_leads_to_what_stands_in_its_place(client: Client) -> None:
    withdraw(DNI, by=None, why="Lo reemplaza otro", replaced_by="migraciones-pasaporte")
    shown = client.get(f"/es/insertar/{DNI}/").content.decode()
    assert "ya no está publicado" in shown
    assert "/es/tramites/migraciones-pasaporte/" in shown
    assert "33.00" not in shown


def test_what_was_never_there_is_not_found(client: Client) -> None:
    assert client.get("/es/insertar/no-hay/").status_code == 404


def test_the_tag_is_a_script_that_any_page_may_keep_for_an_hour(client: Client) -> None:
    answer = client.get("/insertar.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "allow-same-origin" not in answer.content.decode()
