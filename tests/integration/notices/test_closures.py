"""A closure may be told ahead: the place counts as closed only on the days on which it is."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.directory.hours import LIMA
from cms.directory.models import DiaEspecial, Sede
from cms.notices.closures import answer_place, attends, attends_next
from cms.notices.models import Aviso, Tipo
from cms.notices.queries import closures, in_force, next_change, said_to_be_closed
from cms.portal.views import with_hours
from tests.integration.notices.conftest import Put

pytestmark = pytest.mark.django_db
CODE = "centro-mac-callao"


def day(number: int, hour: int = 0) -> datetime:
    """A moment of January 2027, by Lima's clock."""
    return datetime(2027, 1, number, hour, tzinfo=LIMA)


@pytest.fixture
def place(seeded: None) -> Sede:
    """Open every day from eight to eight."""
    centre = Sede.objects.get(codigo=CODE)
    centre.dias_especiales.all().delete()
    centre.horario.all().delete()
    for holiday in (False, True):
        centre.horario.create(dias=list(range(1, 8)), en_feriados=holiday, abre=time(8), cierra=time(20))
    return centre


def closed(put: Put, **dates: Any) -> Aviso:
    """Told from the 11th to the 20th, closed when `dates` say."""
    told = {"desde": day(11), "hasta": day(20), **dates}
    return put("Callao cerrado", tipo=Tipo.CENTRO_CERRADO, sedes=[CODE], **told)


def test_told_ahead_it_is_open_until_the_day_it_closes(put: Put, place: Sede) -> None:
    closed(put, cierra_desde=day(14), cierra_hasta=day(16))
    for at in (day(12, 10), day(13, 19), day(16, 10), day(18, 10)):
        assert len(in_force(at)) == 1
        assert attends(place, at) is True
        assert said_to_be_closed(at) == frozenset()
    for at in (day(14), day(14, 10), day(15, 23)):
        assert attends(place, at) is False
        assert said_to_be_closed(at) == {CODE}


def test_without_dates_of_its_own_a_closure_lasts_as_long_as_the_notice(put: Put, place: Sede) -> None:
    closed(put)
    assert [attends(place, at) for at in (day(10, 10), day(11, 10), day(19, 10), day(20, 10))] == [
        True, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (day(12, 22), day(13, 8)),
        (day(13, 22), day(16, 8)),
        (day(14, 10), day(16, 8)),
        (day(15, 22), day(16, 8)),
        (day(16, 22), day(17, 8)),
    ],
)
def test_nobody_is_promised_a_day_on_which_it_will_be_closed(
    put: Put, place: Sede, at: datetime, opens: datetime
) -> None:
    closed(put, cierra_desde=day(14), cierra_hasta=day(16))
    assert attends_next(place, at) == opens


def test_one_closure_after_the_other_counts_and_so_does_one_not_told_yet(put: Put, place: Sede) -> None:
    closed(put, cierra_desde=day(14), cierra_hasta=day(16, 12))
    closed(put, desde=day(16), hasta=day(18))
    assert attends_next(place, day(13, 22)) == day(18, 8)


def test_what_is_known_changes_when_a_closure_begins_and_ends(put: Put, place: Sede) -> None:
    closed(put, cierra_desde=day(14), cierra_hasta=day(16))
    moments = [day(10)]
    while (after := next_change(moments[-1])) is not None:
        moments.append(after)
    assert moments[1:] == [day(11), day(14), day(16), day(20)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cierra_desde": day(16), "cierra_hasta": day(14)}, "cierra_hasta"),
        ({"cierra_desde": day(20)}, "cierra_desde"),
        ({"cierra_hasta": day(11)}, "cierra_hasta"),
        ({"cierra_hasta": day(21)}, "cierra_hasta"),
        ({"cierra_desde": day(14), "tipo": Tipo.OTRO}, "cierra_desde"),
    ],
)
def test_dates_that_make_no_closure_are_refused(put: Put, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        put("Mal", **{"tipo": Tipo.CENTRO_CERRADO, "desde": day(11), "hasta": day(20), **wrong})
    assert field in refused.value.message_dict


def test_programs_are_told_when_it_closes(client: Client, put: Put, seeded: None) -> None:
    now = datetime.now(LIMA).replace(microsecond=0)
    begins, ends = now + timedelta(days=2), now + timedelta(days=4)
    closed(put, desde=now - timedelta(days=1), hasta=ends, cierra_desde=begins)
    put("Sin sistema")
    rows = {row["titulo"]: row for row in client.get("/api/v1/notices").json()["results"]}
    assert datetime.fromisoformat(rows["Callao cerrado"]["cierra_desde"]) == begins
    assert datetime.fromisoformat(rows["Callao cerrado"]["cierra_hasta"]) == ends
    assert rows["Sin sistema"]["cierra_desde"] is rows["Sin sistema"]["cierra_hasta"] is None


def test_a_reviewer_writes_the_hours_of_one_day_and_an_editor_does_not(client: Client, seeded: None) -> None:
    add = reverse("wagtailsnippets_directory_diaespecial:add")
    values = {
        "sede": Sede.objects.get(codigo=CODE).pk, "fecha": "2027-01-15", "abre": "08:00", "cierra": "13:00",
        "motivo": "Aniversario",
    }  # fmt: skip
    for role, written in ((Role.EDITOR, 0), (Role.REVIEWER, 1)):
        user = User.objects.create_user(username=f"una-{role}", password="una clave de prueba")
        user.groups.add(Group.objects.get(name=str(role)))
        client.force_login(user)
        client.post(add, values)
        assert DiaEspecial.objects.filter(motivo="Aniversario").count() == written


def test_no_opening_is_promised_that_a_notice_already_takes_back(put: Put, place: Sede) -> None:
    closed(put, cierra_desde=day(14, 13), cierra_hasta=day(16))

    def said(at: datetime) -> str:
        sentence = str(with_hours(place, at, set(), closures(at))["sentence"])
        assert sentence in answer_place(place, "horario", "es", at).texto
        return sentence

    assert said(day(12, 22)).endswith("Abre mañana a las 08:00.")
    assert said(day(14, 10)).endswith("ahora está abierto, hasta las 13:00.")
    assert said(day(14, 14)) == "Un aviso dice que está cerrado. Míralo antes de salir."
    assert said(day(13, 22)).endswith("Abre mañana a las 08:00.")
    closed(put, cierra_desde=day(14), cierra_hasta=day(15))
    assert said(day(13, 22)) == "Según su horario, ahora está cerrado."
