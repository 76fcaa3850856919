"""Tomasa translates into Quechua; Rita reviews and speaks it too."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role


def _person(name: str, role: Role, *, quechua: bool) -> User:
    user = User.objects.create_user(username=name, password="una clave de prueba", speaks_quechua=quechua)
    user.groups.set([Group.objects.get_or_create(name=str(role))[0]])
    return user


@pytest.fixture
def tomasa(db: None) -> User:
    return _person("tomasa", Role.TRANSLATOR, quechua=True)


@pytest.fixture
def rita(db: None) -> User:
    return _person("rita", Role.REVIEWER, quechua=True)


@pytest.fixture
def translator_at() -> Callable[[str], User]:
    """A translator for one entity only."""

    def make(entidad: str) -> User:
        user = _person(f"solo-{entidad}", Role.AGENT, quechua=True)
        user.groups.set([Group.objects.get_or_create(name=f"{Role.TRANSLATOR} · {entidad}")[0]])
        return user

    return make
