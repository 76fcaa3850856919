"""What stands around every page of the desk works on every page, also on the one that answers a form."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations
from cms.conversations.models import Conversation

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


def way_back(page: str) -> set[str]:
    """Where the forms around the page lead back to."""
    return set(re.findall(r'name="next" value="([^"]*)"', page))


def test_who_waits_can_be_taken_from_every_page(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk, closed, erased, waits = desk_of(carlos), ask_for_person(), ask_for_person(), ask_for_person()
    desk_of(quilla).post(address(closed, "tomar/"))
    operations.erase_for_citizen(conversation=erased)
    pages = (
        "/desk/", "/desk/llamadas/", "/desk/reclamos/", "/desk/reclamos/nuevo/", address(waits), address(closed),
        address(erased),
    )  # fmt: skip
    for path in pages:
        page = desk.get(path).content.decode()
        assert f'form="take" formaction="{address(waits, "tomar/")}"' in page, path
        assert page.count('<form id="take" method="post">') == 1, path


def test_pressed_twice_it_opens_what_the_first_press_took(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    for _press in range(2):
        assert desk.post(address(conversation, "tomar/")).headers["Location"] == address(conversation)


def test_the_forms_around_a_page_lead_back_to_an_address_that_opens(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk, mine, other = desk_of(carlos), ask_for_person(), ask_for_person()
    desk.post(address(mine, "tomar/"))
    desk_of(quilla).post(address(other, "tomar/"))
    ways = {
        (address(mine), ""): address(mine),
        (address(mine, "contacto/"), "atender"): address(mine),
        (address(mine, "responder/"), ""): address(mine),
        (address(mine, "sin-cubrir/1/"), "ver"): address(mine),
        (address(other, "tomar/"), ""): "/desk/",
        ("/desk/reclamos/nuevo/", ""): "/desk/reclamos/",
    }
    for (path, why), back in ways.items():
        page = desk.get(path) if path == back else desk.post(path, {"why": why})
        assert way_back(page.content.decode()) == {back}, path


def test_a_break_that_is_asked_about_keeps_the_way_back(
    desk_of: Desk, carlos: User, ask_for_person: Ask
) -> None:
    desk = desk_of(carlos)
    ask_for_person()
    asked = desk.post("/desk/turno/", {"shift": "break", "next": "/desk/llamadas/"}).content.decode()
    assert way_back(asked) == {"/desk/llamadas/"}


def test_each_page_says_whose_drafts_it_may_show(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk, waits = desk_of(carlos), ask_for_person()
    for path in ("/desk/", "/desk/llamadas/", "/desk/reclamos/", "/desk/reclamos/nuevo/", address(waits)):
        assert f'<body data-agent="{carlos.pk}"' in desk.get(path).content.decode(), path
