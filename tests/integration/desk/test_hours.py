"""Whoever works after closing, or on a day unlike others, sees it; nobody is cut at closing time."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation, Handoff
from cms.conversations.tasks import requeue_absent
from cms.directory.models import DiaEspecial, Feriado
from cms.directory.queries import alo_mac

pytestmark = pytest.mark.django_db
LIMA = ZoneInfo("America/Lima")
CLOSED = datetime(2026, 11, 18, 20, 1, tzinfo=LIMA)
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
SetClock = Callable[[datetime], None]


def test_after_closing_time_the_desk_says_so_and_what_is_open_can_be_finished(
    desk_of: Desk, carlos: User, ask_for_person: Ask, set_clock: SetClock
) -> None:
    desk = desk_of(carlos)
    set_clock(datetime(2026, 11, 18, 19, 58, tzinfo=LIMA))
    operations.heartbeat(by=carlos)
    conversation = ask_for_person()
    operations.claim(conversation_id=conversation.pk, by=carlos)
    assert 'data-part="closed"' not in desk.get("/desk/cola/").content.decode()
    set_clock(CLOSED)
    seen = desk.get("/desk/cola/").content.decode()
    assert "Aló MAC está cerrado: atiende de nuevo el jueves 19/11, 08:00" in seen
    assert "no se corta" in seen
    assert requeue_absent() == 0, "never cut"
    answer = f"/desk/conversaciones/{conversation.pk}/responder/"
    assert desk.post(answer, {"text": "Sigo contigo.", "client_id": "1"}).status_code == 302
    assert desk.post(f"/desk/conversaciones/{conversation.pk}/cola/", {"note": ""}).status_code == 302
    conversation.refresh_from_db()
    assert (conversation.owner, Handoff.objects.get().state) == ("assistant", "callback")


def test_who_waits_at_closing_time_becomes_a_call_and_is_gone_from_the_queue_of_the_desk(
    desk_of: Desk, carlos: User, ask_for_person: Ask, set_clock: SetClock
) -> None:
    desk = desk_of(carlos)
    ask_for_person()
    set_clock(CLOSED)
    assert requeue_absent() == 1
    assert "Nadie espera." in desk.get("/desk/cola/").content.decode()
    assert Handoff.objects.get().state == "callback"


def test_a_day_with_its_own_hours_is_said_from_the_morning_on(
    desk_of: Desk, carlos: User, seeded: None, set_clock: SetClock
) -> None:
    desk = desk_of(carlos)
    special = {"sede": alo_mac(), "fecha": "2026-12-24", "motivo": "Nochebuena"}
    DiaEspecial.objects.create(abre=time(8), cierra=time(13), **special)
    set_clock(datetime(2026, 12, 24, 9, 0, tzinfo=LIMA))
    desk.force_login(carlos)
    assert "Hoy Aló MAC atiende hasta las 13:00 (Nochebuena)" in desk.get("/desk/cola/").content.decode()
    set_clock(datetime(2026, 12, 24, 13, 0, tzinfo=LIMA))
    assert "Aló MAC está cerrado" in desk.get("/desk/cola/").content.decode()


def test_a_holiday_is_said_though_alo_mac_attends(
    desk_of: Desk, carlos: User, seeded: None, set_clock: SetClock
) -> None:
    desk = desk_of(carlos)
    Feriado.objects.update_or_create(fecha="2026-07-28", defaults={"nombre": "Fiestas Patrias"})
    set_clock(datetime(2026, 7, 28, 10, 0, tzinfo=LIMA))
    seen = desk.get("/desk/").content.decode()
    assert "Hoy es feriado: Fiestas Patrias" in seen
    assert 'data-part="closed"' not in seen


def test_the_list_of_hours_in_the_cms_says_the_days(admin_client: Client, seeded: None) -> None:
    service = alo_mac()
    assert service is not None
    service.horario.create(dias=[6, 1, 2, 3], abre=time(9), cierra=time(11))
    page = admin_client.get(f"/admin/snippets/directory/tramo/?sede={service.pk}").content.decode()
    assert "lunes a miércoles, sábado" in page
    assert "[1, 2, 3" not in page
