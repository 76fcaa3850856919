"""Whoever keeps an answer can ask whether it still holds; what was kept never outlives the day it was right on."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from cms.tramites import answers
from cms.tramites.models import FichaPage
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from cms.tramites.schema import Costo

pytestmark = pytest.mark.django_db
API = "/api/v1"
CODIGO = "reniec-dni-duplicado"
# Five hours before, it is still the day before in Lima.
BEFORE_MIDNIGHT = datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 1, 1, 5, 0, 0, tzinfo=UTC)
DOORS = (
    "/tramites",
    "/tramites?q=antecedentes",
    f"/tramites/{CODIGO}",
    f"/tramites/{CODIGO}?locale=qu",
    f"/tramites/{CODIGO}?en=2026-01-01",
    f"/tramites/{CODIGO}/aspectos/costo",
    f"/tramites/{CODIGO}/revisiones",
    "/search?q=dni",
    "/resolve?q=dni",
    "/entidades",
    "/entidades/reniec",
    "/sedes",
    "/sedes/centro-mac-piura",
    "/aspectos",
    "/changes",
    "/lexicon",
    "/openapi.json",
)


@pytest.fixture
def a_fee_from_2027() -> None:
    """One fee until the end of 2026, another from 2027 on."""
    ficha = published(CODIGO).ficha
    row: Costo = next(row for row in ficha.hechos.costos if row.monto)
    rows = [
        row.model_copy(update={"clave": "antes", "monto": Decimal("21.10"), "hasta": date(2026, 12, 31)}),
        row.model_copy(update={"clave": "ahora", "monto": Decimal("41.70"), "desde": date(2027, 1, 1)}),
    ]
    words = {key: text for key, text in ficha.es.items() if not key.startswith("costos.")}
    facts = ficha.hechos.model_copy(update={"costos": rows})
    publish_ficha(ficha.model_copy(update={"hechos": facts, "es": words, "qu": {}}), by=None)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return moment.astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(answers, "datetime", Clock)
    monkeypatch.setattr("cms.api.content.datetime", Clock)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize("door", DOORS)
def test_every_door_says_whether_what_was_kept_still_holds(client: Client, door: str) -> None:
    first = client.get(API + door)
    assert first.status_code == 200, first.content
    assert first["Cache-Control"] == "public, no-cache"
    for asked in (first["ETag"], f'"other", {first["ETag"]}', f"W/{first['ETag']}", "*"):
        again = client.get(API + door, headers={"If-None-Match": asked})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Vary"] == first["Vary"]
        assert again["Access-Control-Allow-Origin"] == "*"
        assert again["Cache-Control"] == first["Cache-Control"]
    assert client.get(API + door, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_no_answer_depends_on_a_cookie_or_the_reader_s_browser(client: Client, door: str) -> None:
    varies = {name.strip() for name in client.get(API + door)["Vary"].split(",")}
    assert varies <= {"Accept", "Accept-Encoding"}


def test_a_head_asked_again_is_answered_for_nothing(client: Client) -> None:
    tag = client.get(f"{API}/tramites")["ETag"]
    response = client.head(f"{API}/tramites", headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")
    assert response.get("Content-Length", "") in ("", "0")


def test_the_tag_of_a_ficha_is_another_as_linked_data(client: Client) -> None:
    plain = client.get(f"{API}/tramites/{CODIGO}")
    linked = client.get(f"{API}/tramites/{CODIGO}", headers={"Accept": "application/ld+json"})
    assert plain["ETag"] != linked["ETag"]
    assert "Accept" in plain["Vary"]
    kept = client.get(
        f"{API}/tramites/{CODIGO}",
        headers={"Accept": "application/ld+json", "If-None-Match": plain["ETag"]},
    )
    assert kept.status_code == 200


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("application/json, application/ld+json;q=0.5", "application/json"),
        ("application/ld+json", "application/ld+json"),
        ("application/ld+json;q=0.9, application/json;q=0.1", "application/ld+json"),
        ("nonsense", "application/json"),
    ],
)
def test_the_form_the_reader_prefers_is_given(client: Client, accept: str, kind: str) -> None:
    response = client.get(f"{API}/tramites/{CODIGO}", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, kind)


@pytest.mark.parametrize("door", [f"/tramites/{CODIGO}", f"/tramites/{CODIGO}/aspectos/costo"])
@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
def test_what_was_kept_ends_at_limas_midnight_when_another_fee_takes_force(
    client: Client, monkeypatch: pytest.MonkeyPatch, a_fee_from_2027: None, door: str, accept: str
) -> None:
    at(monkeypatch, BEFORE_MIDNIGHT)
    evening = client.get(API + door, headers={"Accept": accept})
    again = client.get(API + door, headers={"Accept": accept, "If-None-Match": evening["ETag"]})
    assert again.status_code == 304
    at(monkeypatch, MIDNIGHT)
    morning = client.get(API + door, headers={"Accept": accept, "If-None-Match": evening["ETag"]})
    assert morning.status_code == 200
    assert "41.70" not in told(evening.json(), door)
    assert "41.70" in told(morning.json(), door)
    assert "21.10" not in told(morning.json(), door)


def told(answer: dict[str, object], door: str) -> str:
    """What is said of the fee: the facts of a ficha list what was and what will be, with their dates."""
    if "aspectos" in answer:
        return str(answer["aspectos"])
    return str(answer)


@pytest.mark.parametrize(("day", "fee"), [("2026-12-31", "21.10"), ("2027-01-01", "41.70")])
def test_any_day_can_be_asked_for_at_every_door_of_a_ficha(
    client: Client, a_fee_from_2027: None, day: str, fee: str
) -> None:
    other = {"21.10": "41.70", "41.70": "21.10"}[fee]
    for door in ("", "/aspectos/costo"):
        for accept in ("application/json", "application/ld+json"):
            text = client.get(
                f"{API}/tramites/{CODIGO}{door}?en={day}", headers={"Accept": accept}
            ).content.decode()
            assert fee in text, (door, accept)
            assert other not in text, (door, accept)


def test_a_day_and_a_revision_together_tell_what_was_known_then(
    client: Client, a_fee_from_2027: None
) -> None:
    """Version 1 knew of no change: on any day it says its one fee."""
    known = client.get(f"{API}/tramites/{CODIGO}/aspectos/costo?revision=1").json()
    then = client.get(f"{API}/tramites/{CODIGO}/aspectos/costo?revision=1&en=2027-06-01").json()
    assert (then["texto"], then["revision"]) == (known["texto"], 1)
    assert "41.70" not in then["texto"]
    whole = client.get(f"{API}/tramites/{CODIGO}?revision=1&en=2027-06-01").json()
    assert "41.70" not in str(whole)


def test_an_aspect_of_a_revision_there_is_not_is_not_found(client: Client) -> None:
    response = client.get(f"{API}/tramites/{CODIGO}/aspectos/costo?revision=99")
    assert (response.status_code, response.json()["title"]) == (404, "Este trámite no tiene esa revisión.")


def test_a_list_kept_before_a_publication_does_not_hold_after_it(client: Client, fresh_index: None) -> None:
    doors = ("/tramites", "/changes", "/lexicon", "/search?q=registro+nacional+de+proveedores")
    kept = {door: client.get(API + door)["ETag"] for door in doors}
    page = FichaPage.objects.get(codigo="osce-rnp")
    page.title = "Registro Nacional de Proveedores, con otro nombre"
    page.save_revision().publish()
    from cms.publishing.tasks import work_outbox

    work_outbox()
    for door, tag in kept.items():
        assert client.get(API + door, headers={"If-None-Match": tag}).status_code == 200, door


def test_a_browser_elsewhere_may_ask_with_a_tag(client: Client) -> None:
    response = client.options(
        f"{API}/tramites",
        headers={
            "Origin": "https://ministerio.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response
