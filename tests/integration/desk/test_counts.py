"""How many wait, are in hands and are to be called is said on every page, and stays true while a page is open."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations.models import Conversation, Handoff

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]


def shown(response: Any) -> dict[str, str]:
    return dict(re.findall(r'data-count="(\w+)">(\d+)<', response.content.decode()))


@pytest.fixture
def busy(ask_for_person: Ask) -> list[Conversation]:
    """Two who wait, one to be called."""
    found = [ask_for_person(), ask_for_person(), ask_for_person()]
    Handoff.objects.filter(conversation=found[2]).update(state="callback", case_number="MAC-2026-900009")
    return found


@pytest.mark.parametrize(
    "path", ["", "llamadas/", "reclamos/", "quechua/", "supervision/", "supervision/agentes/"]
)
def test_every_page_says_the_counts(
    desk_of: Desk, carlos: User, quilla: User, sonia: User, busy: list[Conversation], path: str
) -> None:
    desk_of(carlos)
    Handoff.objects.filter(conversation__in=busy[:2]).update(state="waiting")
    who = {"quechua/": quilla}.get(path, sonia if path.startswith("supervision") else carlos)
    counts = shown(desk_of(who).get(f"/desk/{path}"))
    assert (counts["queue"], counts["calls"]) == ("2", "1")


def test_whatever_looks_for_news_brings_the_counts_of_the_header(
    desk_of: Desk, carlos: User, busy: list[Conversation]
) -> None:
    desk = desk_of(carlos)
    Handoff.objects.filter(conversation__in=busy[:2]).update(state="waiting")
    desk.post(f"/desk/conversaciones/{busy[0].pk}/tomar/")
    told = json.loads(desk.get("/desk/cola/").headers["HX-Trigger"])
    assert told == {"mac-counts": {"queue": 1, "mine": 1, "calls": 1, "remarks": 0}}
    assert shown(desk.get("/desk/llamadas/")) == {"queue": "1", "mine": "1", "calls": "1", "remarks": "0"}


def test_no_part_that_is_fetched_asks_for_a_place_the_page_may_not_have(
    desk_of: Desk, carlos: User, busy: list[Conversation]
) -> None:
    """A page somebody only looks at, or that was opened before, has no list of replies: nothing is sent to it by name."""
    desk = desk_of(carlos)
    page = desk.get(f"/desk/conversaciones/{busy[0].pk}/").content.decode()
    for part in ("/desk/fichas/migraciones-pasaporte/?idioma=es", "/desk/cola/"):
        named = re.findall(r'id="([\w-]+)"[^>]*hx-swap-oob', desk.get(part).content.decode())
        assert [name for name in named if f'id="{name}"' not in page] == []
