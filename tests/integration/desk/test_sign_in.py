"""Guessing passwords is stopped at every door, and what was tried at one counts at the other."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from cms.accounts.models import User
from cms.accounts.sign_in import MOST_FAILURES, MOST_OF_ADDRESS, MOST_OF_NAME

pytestmark = pytest.mark.django_db
DOORS = ("/desk/entrar/", "/admin/login/")
RIGHT = "una clave de prueba"


@pytest.fixture(autouse=True)
def _editors_form(settings: Any) -> None:
    settings.WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.sign_in.EditorialSignInForm"


@pytest.fixture
def agent(carlos: User, seeded: None) -> User:
    """May enter at both doors."""
    carlos.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return carlos


def enter(client: Client, door: str, name: str, password: str) -> bool:
    client.post(door, {"username": name, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("door", DOORS)
def test_the_right_password_opens(client: Client, agent: User, door: str) -> None:
    assert not enter(client, door, "carlos", "no")
    assert enter(client, door, "carlos", RIGHT)


@pytest.mark.parametrize("tried", DOORS)
@pytest.mark.parametrize("door", DOORS)
def test_after_many_failures_not_even_the_right_one_does(
    client: Client, agent: User, berta: User, tried: str, door: str
) -> None:
    for _try in range(MOST_FAILURES):
        assert not enter(client, tried, "Carlos", "no")
    refused = client.post(door, {"username": "carlos", "password": RIGHT})
    assert "_auth_user_id" not in client.session
    assert "Demasiados intentos. Espera cinco minutos" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert enter(elsewhere, door, "carlos", RIGHT), "who sits elsewhere is not kept out"


def test_one_password_is_not_tried_on_any_number_of_names(client: Client, agent: User) -> None:
    for number in range(MOST_OF_ADDRESS):
        assert not enter(client, DOORS[0], f"agente{number}", "Verano2026")
    refused = client.post(DOORS[0], {"username": "carlos", "password": RIGHT})
    assert "Demasiados intentos" in refused.content.decode()


def test_many_addresses_do_not_guess_one_password_nor_keep_its_owner_out(agent: User) -> None:
    home = Client(REMOTE_ADDR="10.0.0.9")
    assert enter(home, DOORS[0], "carlos", RIGHT)
    for number in range(MOST_OF_NAME):
        assert not enter(Client(REMOTE_ADDR=f"10.1.0.{number}"), DOORS[0], "carlos", "no")
    guessed = Client(REMOTE_ADDR="10.2.0.1")
    assert not enter(guessed, DOORS[0], "carlos", RIGHT)
    home.logout()
    assert enter(home, DOORS[0], "carlos", RIGHT), "who signed in here before is not kept out"
