import pytest
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role, group_name, has_role, has_role_somewhere, role_of_group

pytestmark = pytest.mark.django_db


def test_a_role_at_one_entity_is_no_role_of_the_portal(diego: User) -> None:
    diego.groups.add(Group.objects.create(name=group_name(Role.EDITOR, "reniec")))
    assert not has_role(diego, Role.EDITOR)
    assert has_role_somewhere(diego, Role.EDITOR, Role.REVIEWER)
    assert not has_role_somewhere(diego, Role.REVIEWER)


def test_who_holds_it_for_the_portal_holds_it_somewhere(berta: User, diego: User) -> None:
    assert has_role_somewhere(berta, Role.EDITOR)
    assert not has_role_somewhere(diego, *Role)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("redacción", (Role.EDITOR, "")),
        ("publicación · sis", (Role.PUBLISHER, "sis")),
        ("Moderators", None),
        ("agente · sis", None),
    ],
)
def test_the_name_of_a_group_says_the_role(name: str, role: tuple[Role, str] | None) -> None:
    assert role_of_group(name) == role
    if role:
        assert group_name(*role) == name
