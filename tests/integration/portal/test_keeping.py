"""A kept page is sent again fast, and never once anything that stands on it has changed."""

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from cms.directory.hours import LIMA
from cms.directory.models import Entidad, Sede
from cms.notices.models import Aviso
from cms.portal import generation, keeping
from cms.portal.generation import stamp
from cms.portal.keeping import holds_until, shelf
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from tests.integration.notices.conftest import notice

pytestmark = pytest.mark.django_db

CODIGO = "reniec-dni-duplicado"
PATH = f"/es/tramites/{CODIGO}/"


@pytest.fixture(autouse=True)
def keeps(settings: object, seeded: None) -> Iterator[None]:
    settings.KEPT_PAGES = 50  # type: ignore[attr-defined]
    shelf.clear()
    yield
    shelf.clear()


def body(client: Client, path: str = PATH) -> str:
    return client.get(path).content.decode()


def with_fee(amount: str) -> None:
    ficha = published(CODIGO).ficha
    costs = [
        row.model_copy(update={"monto": Decimal(amount)}) if row.clave == "en-linea" else row
        for row in ficha.hechos.costos
    ]
    facts = ficha.hechos.model_copy(update={"costos": costs})
    publish_ficha(ficha.model_validate({**ficha.model_dump(), "hechos": facts.model_dump()}), by=None)


def test_a_second_look_is_the_same_page_with_the_same_headers(client: Client) -> None:
    first, second = client.get(PATH), client.get(PATH)
    assert len(shelf) == 1
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert "Content-Security-Policy" in second.headers
    assert "csrf" not in second.content.decode()
    assert not second.cookies


def test_what_is_kept_is_compressed_for_those_who_can_read_that_only(client: Client) -> None:
    for _look in range(2):
        packed = client.get(PATH, headers={"accept-encoding": "gzip"})
        assert gzip.decompress(packed.content).decode() == body(client)


def test_a_browser_that_has_the_page_is_told_so(client: Client) -> None:
    etag = client.get(PATH).headers["ETag"]
    assert client.get(PATH, headers={"if-none-match": etag}).status_code == 304


def _published() -> None:
    with_fee("77.70")


def _named() -> None:
    row = Entidad.objects.get(codigo="reniec")
    row.sigla = "Setenta 77.70"
    row.save()


def _noticed() -> None:
    notice("Aviso 77.70")


@pytest.mark.parametrize("change", [_published, _named, _noticed])
def test_a_change_is_seen_at_the_next_look(client: Client, change: Callable[[], None]) -> None:
    assert "77.70" not in body(client)
    change()
    assert "77.70" in body(client)
    assert "77.70" in body(client, f"/qu/tramites/{CODIGO}/")


def test_a_withdrawn_ficha_is_gone_at_the_next_look(client: Client) -> None:
    assert client.get(PATH).status_code == 200
    withdraw(CODIGO, by=None, why="Ya no se hace")
    assert client.get(PATH).status_code == 410


def test_whom_a_notice_concerns_is_seen_at_the_next_look(client: Client) -> None:
    aviso = notice("Solo en Piura", regiones=["Piura"])
    assert "Solo en Piura" not in body(client)
    aviso.entidades.add(Entidad.objects.get(codigo="reniec"))
    assert "Solo en Piura" in body(client)


def test_a_notice_begins_and_ends_by_the_clock_on_a_kept_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    notice("De una hora", desde=now + timedelta(hours=1), hasta=now + timedelta(hours=2))
    seen = []
    for minutes in (0, 61, 119, 121):
        monkeypatch.setattr(timezone, "now", lambda at=now + timedelta(minutes=minutes): at)
        seen.append("De una hora" in body(client))
    assert seen == [False, True, True, False]


def test_a_page_holds_until_midnight_or_the_next_turn() -> None:
    night = datetime(2026, 11, 20, 23, 50, 30, tzinfo=LIMA)
    assert holds_until(night, tells_hours=False) == datetime(2026, 11, 21, tzinfo=LIMA)
    assert holds_until(night, tells_hours=True) == datetime(2026, 11, 20, 23, 51, tzinfo=LIMA)
    Aviso.objects.all().delete()
    notice("Corto", desde=night - timedelta(hours=1), hasta=night + timedelta(minutes=3))
    assert holds_until(night, tells_hours=False) == night + timedelta(minutes=3)


def test_a_place_that_changes_changes_the_state_kept_pages_hang_on() -> None:
    before = stamp()
    place = Sede.objects.get(codigo="centro-mac-piura")
    place.save()
    assert stamp() != before


def test_in_a_rush_the_state_is_looked_at_twice_a_second_and_no_more(
    client: Client,
    settings: object,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.KEPT_LOOK_SECONDS = 0.5  # type: ignore[attr-defined]
    clock = SimpleNamespace(monotonic=lambda: 1000.0)
    monkeypatch.setattr(generation, "time", clock)
    monkeypatch.setattr(keeping, "look", generation.Look())
    before = body(client)
    with django_assert_num_queries(0):
        assert all(body(client) == before for _look in range(20))
    with_fee("66.60")
    clock.monotonic = lambda: 1000.5
    assert "66.60" in body(client)


def test_only_so_many_pages_are_kept(client: Client, settings: object) -> None:
    settings.KEPT_PAGES = 2  # type: ignore[attr-defined]
    for codigo in (CODIGO, "sis-gratuito", "migraciones-pasaporte"):
        client.get(f"/es/tramites/{codigo}/")
    assert len(shelf) == 2


def test_questions_and_missing_fichas_are_not_kept(client: Client) -> None:
    client.get(f"{PATH}?x=1")
    client.get("/es/tramites/no-existe/")
    client.get("/es/tramites/")
    assert len(shelf) == 0


def test_a_kept_page_costs_a_tenth_of_a_made_one(client: Client, settings: object) -> None:
    def cost(times: int) -> float:
        start = time.process_time()
        for _look in range(times):
            client.get(PATH, headers={"accept-encoding": "gzip"})
        return (time.process_time() - start) / times

    client.get(PATH, headers={"accept-encoding": "gzip"})
    kept = min(cost(40) for _try in range(3))
    settings.KEPT_PAGES = 0  # type: ignore[attr-defined]
    made = min(cost(8) for _try in range(3))
    assert made >= 10 * kept, f"made {made * 1000:.2f} ms, kept {kept * 1000:.2f} ms"
