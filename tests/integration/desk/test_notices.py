"""What an editor says for a while is at the desk as soon as it begins, and gone when it ends, without loading the page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from tests.integration.notices.conftest import notice

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]


def seen(text: str) -> str:
    """What the page says it shows, as the next look sends it."""
    [found] = re.findall(r'name="avisos" value="(\w+)"', text)
    return found


def test_a_look_brings_the_notices_where_they_changed_and_only_then(
    desk_of: Desk, carlos: User, seeded: None
) -> None:
    desk = desk_of(carlos)
    opened = desk.get("/desk/").content.decode()
    assert 'hx-include="#desk-notices"' in opened
    same = desk.get("/desk/cola/", {"abierta": "", "avisos": seen(opened)}).content.decode()
    assert "desk-notices" not in same
    aviso = notice("Sin sistema en todo el país", texto="No hay pagos.")
    begun = desk.get("/desk/cola/", {"avisos": seen(opened)}).content.decode()
    assert 'id="desk-notices" hx-swap-oob="innerHTML"' in begun
    assert "Sin sistema en todo el país" in begun
    assert "desk-notices" not in desk.get("/desk/cola/", {"avisos": seen(begun)}).content.decode()
    aviso.texto = "No hay pagos hasta mañana."
    aviso.save()
    changed = desk.get("/desk/cola/", {"avisos": seen(begun)}).content.decode()
    assert "hasta mañana" in changed
    aviso.hasta = timezone.now() - timedelta(seconds=1)
    aviso.save()
    ended = desk.get("/desk/cola/", {"avisos": seen(changed)}).content.decode()
    assert "desk-notices" in ended
    assert "Sin sistema" not in ended
    assert seen(ended) == seen(opened)


def test_a_page_that_does_not_say_what_it_shows_is_sent_nothing_it_has_no_place_for(
    desk_of: Desk, carlos: User, seeded: None
) -> None:
    notice("Sin sistema")
    assert "desk-notices" not in desk_of(carlos).get("/desk/cola/?abierta=").content.decode()


def test_where_there_are_no_notices_there_is_a_place_for_them_on_every_page(
    desk_of: Desk, carlos: User, seeded: None
) -> None:
    desk = desk_of(carlos)
    for path in ("", "llamadas/", "reclamos/"):
        assert desk.get(f"/desk/{path}").content.decode().count('id="desk-notices"') == 1
