"""Who of us may read, take and answer a remark: agents and supervisors who speak its language and whom it is not about."""

from django.db.models import Q, QuerySet

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.conversations.models import Message, Sender
from cms.remarks.models import Remark, State

ROLES = (Role.AGENT, Role.SUPERVISOR)


def may_read(remark: Remark, by: User) -> bool:
    """Whoever has it or may take it, and supervisors."""
    return remark.owner_id == by.pk or has_role(by, Role.SUPERVISOR) or may_take(remark, by)


def may_take(remark: Remark, by: User) -> bool:
    return remark.state == State.NEW and may_answer(remark, by)


def may_answer(remark: Remark, by: User) -> bool:
    """Whether it may be in these hands at all."""
    return has_role(by, *ROLES) and _speaks(by, remark.locale) and not wrote_in(remark, by)


def _speaks(by: User, locale: str) -> bool:
    """In Quechua, where one of us speaks it; where nobody does, an answer in Spanish is better than none."""
    return locale in by.languages or not those_who_answer().filter(speaks_quechua=True).exists()


def wrote_in(remark: Remark, by: User) -> bool:
    """Whether `by` wrote to the citizen in the conversation it may be about: nobody judges their own work."""
    if remark.conversation_id is None:
        return False
    return Message.objects.filter(conversation=remark.conversation_id, sender=Sender.AGENT, by=by).exists()


def those_who_answer() -> QuerySet[User]:
    """Every active account that can have one."""
    roles = Q(groups__name__in=[str(role) for role in ROLES]) | Q(is_superuser=True)
    return User.objects.filter(roles, is_active=True).distinct()


def who_may_have(remark: Remark) -> list[User]:
    """To whom a supervisor can give it, by name."""
    people = those_who_answer().order_by("first_name", "username")
    return [one for one in people if one.pk != remark.owner_id and may_answer(remark, one)]
