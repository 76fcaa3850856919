"""Who may translate what, and who may vouch for a translation."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role, role_of_group
from cms.tramites.models import Palabra

ROLES = (Role.TRANSLATOR, Role.REVIEWER)


class NotAllowed(Exception):
    """The message says, in Spanish, who may."""


def entities_of(user: AbstractBaseUser | AnonymousUser) -> frozenset[str] | None:
    """The codes of the entities whose fichas `user` may translate; None for all of them."""
    if has_role(user, *ROLES):
        return None
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    held = [role_of_group(name) for name in user.groups.values_list("name", flat=True)]
    return frozenset(at[1] for at in held if at and at[0] in ROLES)


def can_translate(user: AbstractBaseUser | AnonymousUser, entidad: str | None = None) -> bool:
    """Whether `user` may translate fichas of that entity; without one, of any."""
    codes = entities_of(user)
    if codes is None:
        return True
    return entidad in codes if entidad is not None else bool(codes)


def speaks_at_desk(user: User) -> bool:
    """An agent who speaks Quechua corrects and signs sentences of any ficha, one at a time, between conversations."""
    return user.speaks_quechua and has_role(user, Role.AGENT)


def why_not_review(user: User, row: Palabra) -> str:
    """Empty where `user` may sign `row` as reviewed; otherwise the reason."""
    if not user.speaks_quechua:
        return "Solo firma la revisión una persona que habla quechua."
    if row.by_id == user.pk:
        return "La revisa otra persona: esta traducción es tuya."
    return ""
