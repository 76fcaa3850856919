from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role

Person = Callable[..., User]


@pytest.fixture
def person(seeded: None) -> Person:
    """Makes an account with these roles for the whole portal."""

    def make(name: str, *roles: Role, superuser: bool = False) -> User:
        user = User.objects.create_user(username=name, password="una clave de prueba", is_superuser=superuser)
        user.groups.set([Group.objects.get(name=str(role)) for role in roles])
        return user

    return make


@pytest.fixture
def rosa(person: Person) -> User:
    """She reviews and publishes."""
    return person("rosa", Role.REVIEWER, Role.PUBLISHER)


@pytest.fixture
def raul(person: Person) -> User:
    """He reviews, and does not publish."""
    return person("raul", Role.REVIEWER)


@pytest.fixture
def paula(person: Person) -> User:
    """She publishes, and does not review."""
    return person("paula", Role.PUBLISHER)


@pytest.fixture
def admin(person: Person) -> User:
    return person("administra", superuser=True)
