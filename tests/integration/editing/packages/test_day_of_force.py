"""A package takes force on a day: before it the fee that stood, from it the new one, at every door; undone, it never was."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.hours import LIMA
from cms.editing.packages import operations
from cms.editing.packages.models import Estado, Origen, Paquete
from cms.editing.packages.operations.force import take_force_due
from cms.editing.proposals import Accion, Proposal
from cms.publishing.models import Change
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza, Evidencia, Ficha
from tests.integration.conversations.browser import Citizen
from tests.unit.editing.packages.conftest import (
    DNI,
    NUEVA,
    RENOVACION,
    accept_all,
    shown,
    with_facts,
    with_fee,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
API = f"/api/v1/tramites/{DNI}"
# Nine in the morning of a Monday in Lima.
FORCE = datetime(2027, 1, 4, 14, 0, tzinfo=UTC)
BEFORE, DAY = "2027-01-03", "2027-01-04"
OLD, NEW = "S/ 21.10", "S/ 41.50"


@pytest.fixture(autouse=True)
def old_fee(seeded: None) -> None:
    """Public since long before the package, whatever day these tests run on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: FORCE - timedelta(days=60))
        publish_ficha(with_fee(DNI, "21.10"), by=None)


@pytest.fixture
def approved(draft: Paquete, berta: User, rosa: User, monkeypatch: pytest.MonkeyPatch) -> Paquete:
    """Approved two days before the day it takes force on."""
    monkeypatch.setattr(timezone, "now", lambda: FORCE - timedelta(days=2))
    draft.en_vigor_at = FORCE
    draft.save(update_fields=["en_vigor_at"])
    new = [
        Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "41.50")),
        Proposal(NUEVA, Accion.NUEVA, _new()),
    ]
    operations.put(draft, new, by=berta)
    accept_all(draft, by=berta, why="Así lo dice la norma")
    operations.submit(draft, by=berta)
    return operations.approve(draft, as_shown=shown(draft), by=rosa)


def _new() -> Ficha:
    raw = with_fee(DNI, "12.50").model_dump(mode="json")
    raw["hechos"] |= {"codigo": NUEVA, "servicios_2023": []}
    raw["es"]["nombre"] = "Constancia de inscripción nueva"
    return Ficha.model_validate(raw)


@pytest.fixture
def in_force(approved: Paquete, monkeypatch: pytest.MonkeyPatch) -> Paquete:
    monkeypatch.setattr(timezone, "now", lambda: FORCE + timedelta(minutes=1))
    assert take_force_due() == 1
    return Paquete.objects.get(pk=approved.pk)


def fees(client: Client, day: str, locale: str = "es", **more: int) -> set[str]:
    """Which of the two fees each door of the API tells of that day; they must agree."""
    query: dict[str, str | int] = {"en": day, "locale": locale, **more}
    doors: list[tuple[str, dict[str, Any]]] = [
        ("", {}),
        ("/aspectos/costo", {}),
        ("", {"headers": {"Accept": "application/ld+json"}}),
    ]
    told = [client.get(API + door, query, **how).content.decode() for door, how in doors]
    said = [frozenset(fee for fee in (OLD, NEW) if fee.removeprefix("S/ ") in text) for text in told]
    assert len(set(said)) == 1, (day, said)
    return set(said[0])


def test_any_day_before_has_the_fee_that_stood_and_any_day_from_it_the_new_one(
    client: Client, in_force: Paquete
) -> None:
    assert in_force.estado == Estado.VIGENTE, in_force.porque
    for locale in ("es", "qu"):
        told = {day: fees(client, day, locale) for day in ("2026-01-01", BEFORE, DAY, "2027-06-01")}
        assert told == {"2026-01-01": {OLD}, BEFORE: {OLD}, DAY: {NEW}, "2027-06-01": {NEW}}
    facts = client.get(API, {"en": BEFORE}).json()["hechos"]
    assert [row["monto"] for row in facts["costos"]] == ["21.10"]


def test_the_page_and_the_chat_tell_the_old_fee_until_it_takes_force_and_the_new_one_then(
    client: Client, approved: Paquete, monkeypatch: pytest.MonkeyPatch
) -> None:
    def heard() -> list[set[str]]:
        [reply] = Citizen(Client(), locale="es", codigo=DNI).says("¿cuánto cuesta?")
        page = client.get(f"/es/tramites/{DNI}/").content.decode().replace("\xa0", " ")
        return [
            {fee for fee in (OLD, NEW) if fee in text} for text in (page, reply["text"].replace("\xa0", " "))
        ]

    monkeypatch.setattr(timezone, "now", lambda: FORCE - timedelta(days=1))
    assert (take_force_due(), heard()) == (0, [{OLD}, {OLD}])
    monkeypatch.setattr(timezone, "now", lambda: FORCE)
    assert (take_force_due(), heard()) == (1, [{NEW}, {NEW}])
    operations.undo(Paquete.objects.get(pk=approved.pk), by=User.objects.get(username="rosa"), why="Derogada")
    assert heard() == [{OLD}, {OLD}]


def test_undone_it_never_took_force_but_what_was_known_meanwhile_can_be_asked(
    client: Client, in_force: Paquete, rosa: User
) -> None:
    meanwhile = published(DNI).revision
    operations.undo(in_force, by=rosa, why="La norma fue derogada")
    assert [fees(client, day) for day in (BEFORE, DAY, "2027-06-01")] == [{OLD}] * 3
    assert [fees(client, day, revision=meanwhile) for day in (BEFORE, DAY)] == [{OLD}, {NEW}]


def test_what_is_corrected_afterwards_holds_on_its_own_days(client: Client, in_force: Paquete) -> None:
    """The phone was wrong all along; the fee is another since the day of force, and was the old one before."""
    phone = [{"tipo": "telefono", "valor": "999 888 777", "anexo": ""}]
    sure = published(DNI).ficha.model_dump(mode="json")["hechos"]["evidencia"]
    backed = {**sure, Aspecto.CONTACTO: Evidencia(confianza=Confianza.ALTA, fuente="RENIEC").model_dump()}
    publish_ficha(with_facts(DNI, contactos=phone, evidencia=backed), by=None)
    assert [fees(client, day) for day in (BEFORE, DAY)] == [{OLD}, {NEW}]
    assert "999 888 777" in client.get(f"{API}/aspectos/contacto", {"en": BEFORE}).json()["texto"]
    publish_ficha(with_fee(DNI, "21.10"), by=None)
    assert [fees(client, day) for day in (BEFORE, DAY)] == [{OLD}, {OLD}]


def test_a_correction_without_a_day_holds_on_any_day(client: Client) -> None:
    publish_ficha(with_fee(DNI, "41.50"), by=None)
    assert fees(client, "2020-01-01") == {NEW}


def test_of_a_new_ficha_nothing_is_told_of_the_days_before_it_was_in_force(
    client: Client, in_force: Paquete
) -> None:
    door = f"/api/v1/tramites/{NUEVA}/aspectos/costo"
    before, then = (client.get(door, {"en": day}).json() for day in (BEFORE, DAY))
    assert (before["confianza"], "12.50" in before["texto"]) == ("sin_dato", False)
    assert "12.50" in then["texto"]


def test_a_fee_that_says_itself_since_when_it_holds_is_believed(
    client: Client, draft: Paquete, berta: User, approve_now: Callable[[Paquete], Paquete]
) -> None:
    """The norm of February reaches the portal months later."""
    row = {
        "clave": "en-linea-2026-02",
        "monto": Decimal("41.50"),
        "via": "en_linea",
        "desde": date(2026, 2, 1),
    }
    operations.put(draft, [Proposal(DNI, Accion.CAMBIA, with_facts(DNI, costos=[row]))], by=berta)
    accept_all(draft, by=berta, why="Así lo dice la norma")
    package = approve_now(operations.submit(draft, by=berta))
    assert package.estado == Estado.VIGENTE, package.porque
    assert [fees(client, day) for day in ("2026-01-31", "2026-02-01", "2026-06-01")] == [{OLD}, {NEW}, {NEW}]


def test_what_an_entity_confirms_was_so_before_it_was_asked(
    client: Client, draft: Paquete, berta: User, approve_now: Callable[[Paquete], Paquete]
) -> None:
    operations.put(
        draft, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "41.50"))], by=berta, origen=Origen.CONFIRMACION
    )
    accept_all(draft, by=berta, why="Lo dice la entidad")
    approve_now(operations.submit(draft, by=berta))
    yesterday = datetime.now(LIMA).date() - timedelta(days=1)
    assert fees(client, yesterday.isoformat()) == {NEW}


def told(client: Client, door: str = "", **query: str | int) -> dict[str, Any]:
    answer = client.get(API + door, query)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def test_the_revision_is_that_of_the_facts_told(client: Client, in_force: Paquete) -> None:
    new = published(DNI).revision
    whole = {day: told(client, en=day) for day in (BEFORE, DAY)}
    assert [whole[day]["revision"] for day in (BEFORE, DAY)] == [new - 1, new]
    assert {said["revision"] for said in whole[BEFORE]["aspectos"]} == {new - 1}
    # Asked for by that number, the day is told the same.
    assert told(client, en=BEFORE, revision=new - 1) == whole[BEFORE]
    assert whole[BEFORE]["actualizado_at"] < whole[DAY]["actualizado_at"]


def test_beside_a_later_correction_each_aspect_has_the_revision_of_its_own_facts(
    client: Client, in_force: Paquete
) -> None:
    new = published(DNI).revision
    phone = [{"tipo": "telefono", "valor": "999 888 777", "anexo": ""}]
    sure = published(DNI).ficha.model_dump(mode="json")["hechos"]["evidencia"]
    backed = {**sure, Aspecto.CONTACTO: Evidencia(confianza=Confianza.ALTA, fuente="RENIEC").model_dump()}
    corrected = publish_ficha(with_facts(DNI, contactos=phone, evidencia=backed), by=None).numero
    fee, contact = (told(client, f"/aspectos/{name}", en=BEFORE) for name in ("costo", "contacto"))
    assert (fee["revision"], contact["revision"]) == (new - 1, corrected)
    assert told(client, en=BEFORE)["revision"] == corrected
    for said in (fee, contact):
        again = told(client, f"/aspectos/{said['aspecto']}", en=BEFORE, revision=said["revision"])
        assert again == said


def gone(at: datetime) -> None:
    withdraw(DNI, by=None, why="Ahora se hace de otra manera", replaced_by=RENOVACION)
    dated(at)


def dated(at: datetime) -> None:
    """The last change, as if that had been the moment."""
    Change.objects.filter(pk=Change.objects.filter(key=DNI).latest("pk").pk).update(at=at)


def test_a_day_before_a_withdrawal_is_told_its_facts_and_that_it_is_withdrawn_since(
    client: Client, in_force: Paquete
) -> None:
    gone(FORCE + timedelta(days=30))
    assert [fees(client, day) for day in (BEFORE, DAY, "2027-02-02")] == [{OLD}, {NEW}, {NEW}]
    said = told(client, en=DAY)["retirado"]
    assert (said["at"][:10], said["motivo"]) == ("2027-02-03", "Ahora se hace de otra manera")
    assert said["reemplazo"]["codigo"] == RENOVACION
    words = {lo: told(client, "/aspectos/costo", en=DAY, locale=lo)["texto"] for lo in ("es", "qu")}
    assert words["es"].startswith("Este trámite fue retirado el 3 de febrero de 2027.")
    assert words["qu"].startswith("Kay mañakuyqa qichusqañam: ")
    linked = client.get(API, {"en": DAY}, headers={"Accept": "application/ld+json"}).content.decode()
    assert '"mac:retirado": "2027-02-03' in linked
    for query in ({}, {"en": "2027-02-03"}, {"revision": 1}):
        assert client.get(API, query).status_code == 404
    assert client.get(API, {"en": DAY, "revision": 99}).status_code == 404


def test_between_a_withdrawal_and_the_return_it_was_not_in_force(client: Client, in_force: Paquete) -> None:
    ficha = published(DNI).ficha
    dated(FORCE)
    gone(FORCE + timedelta(days=10))
    publish_ficha(ficha, by=None)
    dated(FORCE + timedelta(days=20))
    gone(FORCE + timedelta(days=30))
    codes = [client.get(API, {"en": day}).status_code for day in (DAY, "2027-01-15", "2027-01-25")]
    assert codes == [200, 404, 200]


def test_of_what_is_public_nothing_is_said_of_a_withdrawal(client: Client, in_force: Paquete) -> None:
    assert told(client, en=BEFORE)["retirado"] is None
