"""Who decides what the assistant learns: it speaks for all entities, so roles at one entity do not count."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role

ROLES = (Role.EDITOR, Role.REVIEWER, Role.TRANSLATOR)


def can_teach(user: AbstractBaseUser | AnonymousUser) -> bool:
    return has_role(user, *ROLES)


def why_not_teach(user: User, idioma: str) -> str:
    """Empty where `user` may accept an example in that language; otherwise the reason."""
    if idioma == "qu" and not user.speaks_quechua:
        return "Un ejemplo en quechua lo acepta una persona que habla quechua."
    return ""
