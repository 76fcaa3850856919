"""9: the 28th of July, and half a day on the 24th of December. 10: the assistant is switched off while chats are open.
11: several pages, tabs and reloads are one conversation. 12: the agent ends it while the citizen is still typing.
13: two hundred citizens behind one address. 15: one setting is empty. 16: the assistant has nothing to say.
"""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.channels.web import limits
from cms.config import env
from cms.conversations import operations
from cms.conversations.models import Conversation, Message
from cms.conversations.queries import is_being_answered
from cms.desk import pausing
from cms.directory.models import DiaEspecial, Sede, Tramo
from cms.directory.queries import ALO_MAC, alo_mac
from tests.integration.conversations.browser import ROOT, Citizen
from tests.integration.conversations.conftest import LIMA
from tests.integration.conversations.rasa_double import RasaDouble, say

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


@pytest.mark.parametrize(
    ("written", "at", "state", "opens"),
    [
        # What the source says of Aló MAC: every day, holidays too.
        ({}, datetime(2026, 7, 28, 10, 0), "now", None),
        # What an editor writes for one day counts before that.
        ({"fecha": "2026-07-28"}, datetime(2026, 7, 28, 10, 0), "callback", "2026-07-29T08:00:00-05:00"),
        ({"fecha": "2026-12-24", "abre": time(8), "cierra": time(13)}, datetime(2026, 12, 24, 12, 59), "now", None),
        (
            {"fecha": "2026-12-24", "abre": time(8), "cierra": time(13)},
            datetime(2026, 12, 24, 13, 0),
            "callback",
            "2026-12-25T08:00:00-05:00",
        ),
    ],
)  # fmt: skip
def test_09_holidays_and_half_days_are_those_the_editor_wrote(
    ana: Citizen,
    carlos: User,
    set_clock: SetClock,
    written: dict[str, Any],
    at: datetime,
    state: str,
    opens: str | None,
) -> None:
    alo = alo_mac()
    assert alo
    if written:
        DiaEspecial.objects.create(sede=alo, motivo="día especial", **written)
    set_clock(at.replace(tzinfo=LIMA))
    operations.heartbeat(by=carlos)
    offer = ana.read()["handoff"]
    assert (offer["state"], offer["opens_at"]) == (state, opens)


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_10_switched_off_with_chats_open_every_citizen_is_answered_and_people_go_on(
    seeded: None, client: Client, rasa: RasaDouble, carlos_present: User, sonia: User, locale: str
) -> None:
    alone, with_carlos = Citizen(client, locale=locale), Citizen(client, locale="es")
    alone.says("hola")
    with_carlos.post("handoff")
    operations.claim(conversation_id=with_carlos.id, by=carlos_present)
    pausing.pause(by=sonia, why="responde mal los costos")
    from django.core.cache import cache

    cache.clear()
    calls = rasa.calls
    [reply] = alone.says("¿cuánto cuesta el duplicado del DNI?")
    assert rasa.calls == calls, "the assistant is not asked"
    assert (reply["sender"], reply["locale"]) == ("assistant", locale)
    assert reply["answer"]["codigo"] == "reniec-dni-duplicado"
    assert reply["choices"][0]["payload"] == "handoff", "a person is offered first"
    assert with_carlos.says("¿sigues ahí?") == []
    operations.send_as_agent(
        conversation_id=with_carlos.id, by=carlos_present, text="aquí estoy", client_id="1"
    )
    assert with_carlos.last()["text"] == "aquí estoy"


def test_11_pages_tabs_and_reloads_are_one_conversation(
    seeded: None, client: Client, rasa: RasaDouble
) -> None:
    client.post("/es/chat/", {"text": "hola desde la primera", "client_id": "a"})
    for address in (
        "/es/chat/",
        "/es/chat/panel/",
        "/es/chat/panel/?codigo=reniec-dni-duplicado",
        "/qu/chat/",
    ):
        for _reload in range(2):
            assert "hola desde la primera" in client.get(address).content.decode(), address
    client.post(
        "/es/chat/", {"text": "y desde la segunda", "client_id": "b", "codigo": "reniec-dni-duplicado"}
    )
    client.post(
        "/es/chat/", {"text": "y desde la segunda", "client_id": "b", "codigo": "reniec-dni-duplicado"}
    )
    kept = Conversation.objects.get()
    said = list(kept.messages.filter(sender="citizen").values_list("text", flat=True))
    assert said == ["hola desde la primera", "y desde la segunda"]
    tail = client.get("/es/chat/hilo/?after=3").content.decode()
    assert "y desde la segunda" in tail
    assert "hola desde la primera" not in tail


def test_12_a_line_that_crosses_the_agents_goodbye_is_kept_and_answered(
    ana: Citizen, carlos_present: User, rasa: RasaDouble
) -> None:
    ana.post("handoff")
    operations.claim(conversation_id=ana.id, by=carlos_present)
    operations.close_by_agent(conversation_id=ana.id, by=carlos_present)
    written = ana.write("espere, una pregunta más").json()
    assert written["message"]["text"] == "espere, una pregunta más"
    assert [m["sender"] for m in written["messages"]] == ["assistant"]
    assert written["messages"][0]["handoff"]["state"] == "now", "the person is one press away again"
    assert ana.read()["owner"] == "assistant"


def test_13_two_hundred_citizens_behind_one_address_are_all_served(
    seeded: None, carlos_present: User, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000.0)
    browser = Client(REMOTE_ADDR="10.20.30.40")
    people = [Citizen(browser, locale="es") for _ in range(200)]
    for person in people:
        # A button needs nobody's thinking; the rest of the way is that of any message.
        assert person.press("locale:es").status_code == 200
        assert person.post("handoff").status_code == 200
    assert people[-1].read()["handoff"]["position"] == 200
    beyond = [browser.post(ROOT, "{}", content_type="application/json").status_code for _ in range(101)]
    assert beyond.count(201) == 100
    refused = browser.post(ROOT, "{}", content_type="application/json")
    assert refused.status_code == 429
    assert "Espera" in refused.json()["detail"]
    assert int(refused["Retry-After"]) <= 60


@pytest.mark.parametrize("name", ["MAC_RETENTION_DAYS", "MAC_REVIEW_MONTHS", "MAC_WORKERS", "MAC_PORT"])
def test_15_an_empty_number_is_as_if_it_were_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "  ")
    assert env.number(name, 7) == 7


@pytest.mark.parametrize("missing", ["no stretches", "hours unknown", "no place", "no seats"])
def test_15_with_one_thing_empty_the_citizen_still_gets_a_true_offer_and_a_case(
    ana: Citizen, carlos_present: User, missing: str
) -> None:
    alo = Sede.objects.filter(modalidad=ALO_MAC)
    if missing == "no stretches":
        Tramo.objects.filter(sede__in=alo).delete()
    elif missing == "hours unknown":
        alo.update(horario_conocido=False)
    elif missing == "no place":
        alo.delete()
    else:
        User.objects.update(seats=0)
    from django.core.cache import cache

    cache.clear()
    offer = ana.post("handoff").json()["handoff"]
    if missing == "no seats":
        assert (offer["state"], offer["position"]) == ("queue", 1)
    else:
        assert (offer["state"], offer["opens_at"]) == ("callback", None)
        assert offer["case_number"]
    assert offer["phone"] == "1800"


@pytest.mark.parametrize("results", [[], [say("thanks")]])
def test_16_when_the_assistant_has_nothing_to_say_nobody_is_left_typing(
    ana: Citizen, rasa: RasaDouble, results: list[dict[str, Any]]
) -> None:
    rasa.results = lambda incoming: results
    replies = ana.says("zzyzx qwerty plugh")
    assert len(replies) == 1
    assert replies[0]["text"]
    kept = Conversation.objects.get(pk=ana.id)
    assert not is_being_answered(kept)
    assert not Message.objects.filter(conversation=kept, turn="due").exists()
