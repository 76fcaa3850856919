"""Targets are what an administrator wrote; the supervisor's board shows them against what was measured."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations
from cms.conversations.models import Conversation
from cms.desk import queries, targets
from cms.directory.models import MetasDeAtencion

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
SetClock = Callable[[datetime], None]
ADD = "/admin/snippets/directory/metasdeatencion/add/"


@pytest.fixture
def administrator(seeded: None) -> User:
    return User.objects.create_superuser("admin")


def test_an_administrator_sets_them_in_the_cms_and_the_desk_follows(
    client: Client, administrator: User, desk_of: Desk, sonia: User, carlos: User, ask_for_person: Ask,
    set_clock: SetClock, morning: datetime,
) -> None:  # fmt: skip
    client.force_login(administrator)
    wanted = {"respuesta": "120", "aviso": "30", "alarma": "90", "abandono": "10"}
    assert client.post(ADD, wanted).status_code == 302
    kept = MetasDeAtencion.objects.get()
    assert (kept.respuesta, kept.aviso, kept.alarma, kept.abandono) == (120, 30, 90, 10)
    entry = Entry.objects.get(what="targets.set")
    assert (entry.by, entry.detail["alarma"]) == (administrator, 90)
    assert [queries.step_of(seconds) for seconds in (29, 30, 89, 90)] == ["calm", "late", "late", "very-late"]
    operations.heartbeat(by=carlos)
    ask_for_person()
    desk = desk_of(sonia)
    set_clock(morning + timedelta(seconds=95))
    assert "más de 1 min" in desk.get("/desk/cola/").content.decode()
    page = desk.get("/desk/supervision/tablero/").content.decode()
    assert "hasta 2 min" in page
    assert "hasta 10 %" in page
    assert "Nadie fijó metas" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"respuesta": "0", "aviso": "30", "alarma": "90"},
        {"respuesta": "60", "aviso": "100", "alarma": "90"},
        {"respuesta": "60", "aviso": "0", "alarma": "90"},
        {"respuesta": "60", "aviso": "30", "alarma": "90", "abandono": "101"},
    ],
)
def test_what_makes_no_sense_is_refused_at_the_field(
    client: Client, administrator: User, wrong: dict[str, str]
) -> None:
    client.force_login(administrator)
    assert client.post(ADD, wrong).status_code == 200
    assert not MetasDeAtencion.objects.exists()


def test_there_is_one_row_of_them(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    MetasDeAtencion.objects.create()
    refused = client.post(ADD, {"respuesta": "120", "aviso": "30", "alarma": "90"})
    assert (refused.status_code, "cambia las que están" in refused.content.decode()) == (200, True)


def test_agents_and_supervisors_do_not_set_them(client: Client, sonia: User) -> None:
    client.force_login(sonia)
    assert client.post(ADD, {"respuesta": "1", "aviso": "1", "alarma": "1"}).status_code in (302, 403)
    assert not MetasDeAtencion.objects.exists()


def test_the_board_shows_what_was_measured_beside_them(
    seeded: None, carlos: User, desk_of: Desk, sonia: User, ask_for_person: Ask, set_clock: SetClock,
    morning: datetime,
) -> None:  # fmt: skip
    """Four ask: one is answered after 50 s, one after 200 s, one undoes it, one still waits after four minutes."""
    set_clock(morning)
    operations.heartbeat(by=carlos)
    quick, slow, gone, _waiting = (ask_for_person() for _ in range(4))
    for conversation, seconds in ((quick, 50), (slow, 200)):
        set_clock(morning + timedelta(seconds=seconds - 20))
        operations.claim(conversation_id=conversation.pk, by=carlos)
        set_clock(morning + timedelta(seconds=seconds))
        operations.send_as_agent(
            conversation_id=conversation.pk, by=carlos, text="Buenos días.", client_id="1"
        )
    operations.cancel_request(conversation=gone)
    at = morning + timedelta(seconds=240)
    found = targets.measured(morning.date(), at)
    assert (found.asked, found.answers, found.abandoned, found.alarms) == (4, [50, 200], 1, 3)
    MetasDeAtencion.objects.create(respuesta=180, abandono=20)
    cache.clear()
    first, abandoned, alarms = targets.today(morning.date(), at).rows
    assert (first.measured, first.met) == ("la mitad en 50 s, 9 de 10 en 3 min; 50 % dentro", False)
    assert (abandoned.measured, abandoned.met) == ("1 de 4 (25 %)", False)
    assert (alarms.measured, alarms.met) == ("3 de 4", False)
    page = desk_of(sonia).get("/desk/supervision/").content.decode()
    assert "1 de 4 (25 %): fuera de la meta" in page


def test_before_anybody_set_any_the_board_says_so(desk_of: Desk, sonia: User, seeded: None) -> None:
    page = desk_of(sonia).get("/desk/supervision/").content.decode()
    assert "Nadie fijó metas todavía" in page
    assert "sin meta" in page
