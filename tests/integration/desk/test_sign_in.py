"""Guessing passwords is stopped at every door, and what was tried at one counts at the other."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from cms.accounts.models import User
from cms.accounts.sign_in import MOST_FAILURES

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
