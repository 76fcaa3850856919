"""Giving a person a role, for the whole portal or at one entity, and taking it away; both are kept in the audit."""

from django.contrib.auth.models import Group
from django.db import transaction

from cms.accounts.models import User
from cms.accounts.roles import AT, ENTITY_ROLES, Role, group_name, role_of_group
from cms.audit.operations import record
from cms.tramites.rights import entity_group

PORTAL_ROLES = ENTITY_ROLES


@transaction.atomic
def give_role(user: User, role: Role, entidad: str = "", *, by: User | None) -> None:
    """Raises ValueError for a role that cannot be held there. Idempotent."""
    if role not in PORTAL_ROLES:
        raise ValueError(f"el rol {role} no es de quien edita")
    group = entity_group(role, entidad) if entidad else Group.objects.get(name=str(role))
    if user.groups.filter(pk=group.pk).exists():
        return
    user.groups.add(group)
    record("accounts.role_given", user.get_username(), by=by, role=str(role), entidad=entidad)


@transaction.atomic
def take_role(user: User, role: Role, entidad: str = "", *, by: User | None) -> None:
    group = user.groups.filter(name=group_name(role, entidad)).first()
    if group is None:
        return
    user.groups.remove(group)
    record("accounts.role_taken", user.get_username(), by=by, role=str(role), entidad=entidad)


def roles_held(user: User) -> list[tuple[Role, str]]:
    """(role, code of the entity or "") of each, of the roles that are given here."""
    held = [role_of_group(name) for name in user.groups.values_list("name", flat=True)]
    return sorted(
        (one for one in held if one and one[0] in PORTAL_ROLES), key=lambda one: f"{one[1]}{AT}{one[0]}"
    )
