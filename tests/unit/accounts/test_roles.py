import pytest
from django.contrib.auth.models import AnonymousUser

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role

pytestmark = pytest.mark.django_db


def test_carlos_is_an_agent_and_no_supervisor(carlos: User) -> None:
    assert has_role(carlos, Role.AGENT)
    assert has_role(carlos, Role.SUPERVISOR, Role.AGENT)
    assert not has_role(carlos, Role.SUPERVISOR)


def test_diego_and_strangers_are_nothing(diego: User) -> None:
    assert not has_role(diego, *Role)
    assert not has_role(AnonymousUser(), *Role)


def test_an_account_that_was_closed_has_no_role(carlos: User) -> None:
    carlos.is_active = False
    assert not has_role(carlos, Role.AGENT)


def test_quilla_speaks_both_languages(quilla: User, carlos: User) -> None:
    assert (quilla.languages, carlos.languages) == (["es", "qu"], ["es"])
