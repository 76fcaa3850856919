"""A supervisor says what an agent can do: it is kept, it is in the audit, and the queue follows it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations
from cms.conversations.models import Conversation, Knowledge
from cms.conversations.taking import takeable
from cms.desk import staffing

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]


def save(desk: Client, agent: User, **said: Any) -> int:
    return desk.post(f"/desk/supervision/agentes/{agent.pk}/", said).status_code


def test_what_a_supervisor_says_is_kept_and_in_the_audit(
    desk_of: Desk, sonia: User, carlos: User, seeded: None
) -> None:
    desk = desk_of(sonia)
    assert save(desk, carlos, speaks_quechua="on", seats="3", entidades=["reniec", "sunarp"]) == 302
    carlos.refresh_from_db()
    assert (carlos.languages, carlos.seats) == (["es", "qu"], 3)
    known = set(Knowledge.objects.filter(user=carlos).values_list("entidad__codigo", flat=True))
    assert known == {"reniec", "sunarp"}
    entry = Entry.objects.get(what="agent.abilities")
    assert (entry.by, entry.subject) == (sonia, "carlos")
    assert entry.detail["before"] == {"speaks_quechua": False, "seats": 5, "entidades": []}
    assert entry.detail["after"] == {"speaks_quechua": True, "seats": 3, "entidades": ["reniec", "sunarp"]}
    page = desk.get("/desk/supervision/agentes/?guardado=carlos").content.decode()
    assert "Guardado: " in page
    assert "RENIEC, SUNARP" in page
    assert save(desk, carlos, speaks_quechua="on", seats="3", entidades=["reniec", "sunarp"]) == 302
    assert Entry.objects.filter(what="agent.abilities").count() == 1, "nothing changed"


def test_the_form_shows_what_is_so(desk_of: Desk, sonia: User, quilla: User, seeded: None) -> None:
    able = staffing.Abilities(speaks_quechua=True, seats=4, entidades=frozenset({"reniec"}))
    staffing.set_abilities(agent=quilla, by=sonia, to=able)
    page = desk_of(sonia).get(f"/desk/supervision/agentes/{quilla.pk}/").content.decode()
    assert 'name="speaks_quechua" checked' in page
    assert 'value="reniec" checked' in page
    assert 'value="sunarp" checked' not in page
    assert 'value="4"' in page


@pytest.mark.parametrize(
    "wrong", [{"seats": "0"}, {"seats": "51"}, {"seats": ""}, {"seats": "3", "entidades": ["nada"]}]
)
def test_what_makes_no_sense_changes_nothing(
    desk_of: Desk, sonia: User, carlos: User, seeded: None, wrong: dict[str, Any]
) -> None:
    assert save(desk_of(sonia), carlos, **wrong) == 422
    carlos.refresh_from_db()
    assert carlos.seats == 5
    assert not Entry.objects.filter(what="agent.abilities").exists()


def test_agents_do_not_say_it_of_themselves_and_nobody_of_others(
    desk_of: Desk, sonia: User, carlos: User, seeded: None
) -> None:
    desk = desk_of(carlos)
    assert desk.get("/desk/supervision/agentes/").status_code == 403
    assert save(desk, carlos, seats="9") == 403
    assert save(desk_of(sonia), sonia, seats="9") == 404, "a supervisor is no agent"
    carlos.refresh_from_db()
    assert carlos.seats == 5


def test_the_queue_follows_and_what_is_in_hands_stays(
    desk_of: Desk, sonia: User, carlos: User, ask_for_person: Ask, morning: datetime
) -> None:
    operations.heartbeat(by=carlos)
    held, waiting = ask_for_person(), ask_for_person()
    operations.claim(conversation_id=held.pk, by=carlos)
    assert save(desk_of(sonia), carlos, seats="2", entidades=["sunarp"]) == 302
    assert not takeable(carlos, morning).filter(conversation=waiting).exists(), "it is about RENIEC"
    held.refresh_from_db()
    assert held.agent == carlos
    assert save(desk_of(sonia), carlos, seats="2") == 302
    assert takeable(carlos, morning).filter(conversation=waiting).exists()
