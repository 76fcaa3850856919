"""The groups an account can belong to, and who belongs to which.

A role is held for the whole portal (the group `redacción`) or at one entity (the group `redacción · reniec`).
"""

from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from cms.accounts.models import User

AT = " · "


class Role(StrEnum):
    EDITOR = "redacción"
    REVIEWER = "revisión"
    PUBLISHER = "publicación"
    TRANSLATOR = "traducción"
    AGENT = "agentes"
    SUPERVISOR = "supervisión"


# Those that can be held at one entity only.
ENTITY_ROLES = (Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.TRANSLATOR)
# Those whose work is the pages; translators work at a desk of their own.
PAGE_ROLES = (Role.EDITOR, Role.REVIEWER, Role.PUBLISHER)


def has_role(user: AbstractBaseUser | AnonymousUser, *roles: Role) -> bool:
    """Whether `user` is signed in and holds one of the roles for the whole portal; a superuser holds all."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name__in=[str(role) for role in roles]).exists()


def has_role_somewhere(user: AbstractBaseUser | AnonymousUser, *roles: Role) -> bool:
    """As `has_role`, or holds one of them at an entity: for screens that then show that entity's rows only."""
    if not isinstance(user, User) or not user.is_active:
        return False
    at_an_entity = Q()
    for role in roles:
        at_an_entity |= Q(name__startswith=f"{role}{AT}")
    return has_role(user, *roles) or user.groups.filter(at_an_entity).exists()


def group_name(role: Role, entidad: str = "") -> str:
    """The name of the group that holds `role`, for the whole portal or at the entity with that code."""
    return f"{role}{AT}{entidad}" if entidad else str(role)


def role_of_group(name: str) -> tuple[Role, str] | None:
    """(role, code of the entity or "") of a group's name; None for a group that is no role."""
    role, _, entidad = name.partition(AT)
    return (Role(role), entidad) if role in set(Role) else None
