"""What is searched for on the pages and not found reaches the editors: covered, counted, and tied to nobody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.editing.health import searches
from cms.editing.health.measuring import ASKED_DAYS, today
from cms.editing.health.models import Busqueda
from cms.editing.health.tasks import rebuild
from cms.editing.health.waiting import waiting
from tests.integration.portal.conftest import OpenPage

pytestmark = pytest.mark.django_db
NOWHERE = "zzkkww qqxxvv"
DNI = "reniec-dni-duplicado"


def counted() -> list[tuple[str, str, int]]:
    return list(Busqueda.objects.order_by("pk").values_list("texto", "idioma", "veces"))


@pytest.mark.parametrize(
    "path", ["/es/buscar/?q={}", "/es/tramites/?q={}", f"/es/visita/?t={DNI}&q={{}}", "/es/visita/?q={}"]
)
def test_a_search_without_a_result_is_counted_once_for_its_words(page: OpenPage, path: str) -> None:
    page(path.format("zzkkww+qqxxvv"))
    page(path.format("ZZkkww++qqxxvv!"))
    assert counted() == [(NOWHERE, "es", 2)]


def test_each_language_is_counted_apart(page: OpenPage) -> None:
    page("/es/buscar/?q=zzkkww+qqxxvv")
    page("/qu/buscar/?q=zzkkww+qqxxvv")
    assert [idioma for _texto, idioma, _veces in counted()] == ["es", "qu"]


@pytest.mark.parametrize(
    "path",
    [
        "/es/buscar/?q=dni",
        "/es/buscar/",
        "/es/buscar/?q=zz",
        "/es/buscar/?q=45678912",
        "/es/tramites/?q=zzkkww&publico=personas",
        "/es/sugerencias/?q=zzkkww",
    ],
)
def test_what_was_found_says_too_little_or_was_narrowed_is_not(
    client: Client, seeded: None, path: str
) -> None:
    assert client.get(path).status_code == 200
    assert counted() == []


def test_a_program_that_asks_for_the_head_alone_is_not_counted(client: Client, seeded: None) -> None:
    client.head("/es/buscar/?q=zzkkww+qqxxvv")
    assert counted() == []


@pytest.mark.parametrize("secret", ["45678912", "987654321", "ana@correo.pe"])
def test_what_is_personal_is_covered_before_it_is_kept(page: OpenPage, secret: str) -> None:
    page(f"/es/buscar/?q=zzkkww+{secret}")
    page("/es/buscar/?q=qqxxvv+me+llamo+Rosa+Mamani")
    assert counted()[0] == ("zzkkww ***", "es", 1)
    assert "Rosa" not in str(counted())


def test_nothing_is_kept_that_tells_who_searched(client: Client, seeded: None) -> None:
    answer = client.get("/es/buscar/?q=zzkkww+qqxxvv", REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="telefono")
    assert not answer.cookies
    kept = {field.name for field in Busqueda._meta.get_fields()}
    assert kept == {"id", "texto", "idioma", "huella", "veces", "ultima"}


def test_the_page_is_shown_where_the_search_cannot_be_counted(
    page: OpenPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str, locale: str) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(searches, "_count", broken)
    assert "No encontramos un trámite" in page("/es/buscar/?q=zzkkww+qqxxvv").text
    assert "zzkkww" not in caplog.text


def test_editors_see_what_several_searches_asked_for_and_how_many_more(
    client: Client, page: OpenPage, berta: User
) -> None:
    for _time in range(2):
        page("/es/buscar/?q=zzkkww+qqxxvv")
    page("/es/buscar/?q=vvttkk+jjwwqq")
    berta.groups.set([Group.objects.get(name=str(Role.REVIEWER))])
    client.force_login(berta)
    screen = client.get(reverse("content_health:health")).content.decode()
    assert NOWHERE in screen
    assert "vvttkk" not in screen, "what one alone wrote may tell who that is"
    assert "1 más se buscaron una sola vez" in screen
    assert [line.cuantos for line in waiting() if line.url == "#busquedas"] == [3]


def test_what_is_found_by_now_or_over_its_time_is_forgotten_at_night(seeded: None) -> None:
    for text, days in ((NOWHERE, 0), ("duplicado de dni", 0), ("vvttkk", ASKED_DAYS + 1)):
        searches._count(text, "es")
        Busqueda.objects.filter(texto=text).update(ultima=today() - timedelta(days=days))
    rebuild()
    assert [texto for texto, _idioma, _veces in counted()] == [NOWHERE]


def test_a_flood_pushes_out_only_what_was_searched_for_as_seldom(
    seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searches, "MOST", 3)
    monkeypatch.setattr(searches, "AT_ONCE", 1)
    for _time in range(2):
        searches.note_search(NOWHERE, "es")
    for number in ("uno", "dos", "tres"):
        searches.note_search(f"zzkkww {number}", "es")
    assert len(counted()) == 3
    assert counted()[0] == (NOWHERE, "es", 2)
