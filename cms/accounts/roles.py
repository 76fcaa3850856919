"""The groups an account can belong to, and who belongs to which."""

from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from cms.accounts.models import User


class Role(StrEnum):
    EDITOR = "redacción"
    REVIEWER = "revisión"
    TRANSLATOR = "traducción"
    AGENT = "agentes"
    SUPERVISOR = "supervisión"


def has_role(user: AbstractBaseUser | AnonymousUser, *roles: Role) -> bool:
    """Whether `user` is signed in and in one of the groups; a superuser is in all of them."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name__in=[str(role) for role in roles]).exists()
