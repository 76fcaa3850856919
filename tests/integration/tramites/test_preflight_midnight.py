"""A fee that begins on a day takes force at midnight in Lima, everywhere, and nothing is published or deployed for it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from cms.portal import ficha as portal_ficha
from cms.portal import views as portal_views
from cms.search.index import this_node
from cms.tramites import answers
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import Costo

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"
OLD, NEW = "21.10", "41.70"
# Five in the morning in UTC is midnight in Lima.
BEFORE, AFTER = datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC), datetime(2027, 1, 1, 5, 0, 0, tzinfo=UTC)
DOORS = (
    f"/es/tramites/{CODIGO}/",
    f"/qu/tramites/{CODIGO}/",
    f"/api/v1/tramites/{CODIGO}/aspectos/costo",
    f"/api/v1/tramites/{CODIGO}/aspectos/costo?locale=qu",
)


@pytest.fixture
def a_fee_from_2027(fresh_index: None) -> None:
    ficha = published(CODIGO).ficha
    row: Costo = next(row for row in ficha.hechos.costos if row.monto)
    rows = [
        row.model_copy(update={"clave": "tasa", "monto": Decimal(OLD), "hasta": date(2026, 12, 31)}),
        row.model_copy(update={"clave": "tasa-2027", "monto": Decimal(NEW), "desde": date(2027, 1, 1)}),
    ]
    words = {key: text for key, text in ficha.es.items() if not key.startswith("costos.")}
    facts = ficha.hechos.model_copy(update={"costos": rows})
    publish_ficha(ficha.model_copy(update={"hechos": facts, "es": words, "qu": {}}), by=None)
    this_node.rebuild()


def seen(
    client: Client, monkeypatch: pytest.MonkeyPatch, moment: datetime, door: str
) -> tuple[bool, bool, str]:
    """Whether the old figure is there, whether the new one is, and what a cache would ask with."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return moment.astimezone(tz)  # type: ignore[arg-type]

    for room in (answers, portal_ficha, portal_views):
        monkeypatch.setattr(room, "datetime", Clock)
    monkeypatch.setattr(timezone, "now", lambda: moment)  # by which a kept page is still sent
    response = client.get(door)
    text = response.content.decode()
    return OLD in text, NEW in text, response.headers.get("ETag", "")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.usefixtures("a_fee_from_2027")
def test_the_figure_changes_at_midnight_in_lima(
    client: Client, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    old, new, kept = seen(client, monkeypatch, BEFORE, door)
    assert (old, new) == (True, False)
    old, new, now = seen(client, monkeypatch, AFTER, door)
    assert (old, new) == (False, True)
    assert kept != now or kept == ""


@pytest.mark.usefixtures("a_fee_from_2027")
def test_the_search_index_holds_no_figure_that_could_outlive_its_day(client: Client) -> None:
    for door in (
        "/api/v1/search?q=duplicado+dni",
        "/es/buscar/?q=duplicado+dni",
        "/es/tramites/",
        "/api/v1/lexicon",
    ):
        text = client.get(door).content.decode()
        assert OLD not in text
        assert NEW not in text
