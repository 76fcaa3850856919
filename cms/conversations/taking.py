"""Who may take a waiting citizen: first those who speak the language and know the entity, after a while anybody."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.conversations.availability import present_agents
from cms.conversations.errors import OtherLanguage
from cms.conversations.models import UNCLAIMED_STATES, Handoff, HandoffState, Knowledge
from cms.conversations.operations.handoffs import QUECHUA_KEPT_SECONDS
from cms.tramites.models import Tramite


def check_kept(handoff: Handoff, by: User, now: datetime) -> None:
    """Raises OtherLanguage while the request is kept for others."""
    if is_kept_for_others(handoff, by, now):
        until = handoff.requested_at + timedelta(seconds=QUECHUA_KEPT_SECONDS)
        raise OtherLanguage(f"kept for an agent who speaks {handoff.locale} until {until:%H:%M:%S}")


def is_kept_for_others(handoff: Handoff, by: User, now: datetime) -> bool:
    """Whether `by` has to leave it to somebody else for now: for the language, or for the entity it is about."""
    if handoff.state != HandoffState.WAITING or _waited_long(handoff, now):
        return False
    return handoff.locale not in by.languages or not _knows(by, handoff)


def _waited_long(handoff: Handoff, now: datetime) -> bool:
    return now >= handoff.requested_at + timedelta(seconds=QUECHUA_KEPT_SECONDS)


def _knows(by: User, handoff: Handoff) -> bool:
    """Whether the entity is one of the agent's, where the agent has entities and somebody else there has this one."""
    known = set(Knowledge.objects.filter(user=by).values_list("entidad_id", flat=True))
    entidad = entidad_of(handoff)
    return not known or entidad is None or entidad in known


def entidad_of(handoff: Handoff) -> int | None:
    """The entity of the ficha the request is about."""
    if not handoff.codigo:
        return None
    return Tramite.objects.filter(codigo=handoff.codigo).values_list("entidad_id", flat=True).first()


def may_take(handoff: Handoff, by: User, now: datetime) -> bool:
    """Whether `by` may open and claim it now. A call in Quechua is for who speaks it, as long as somebody does."""
    if handoff.state not in UNCLAIMED_STATES or not has_role(by, Role.AGENT):
        return False
    if handoff.state == HandoffState.CALLBACK:
        return handoff.locale in by.languages or not present_agents(now, handoff.locale).exists()
    return not is_kept_for_others(handoff, by, now)


def takeable(by: User, now: datetime) -> QuerySet[Handoff]:
    """What waits and `by` may take now, in the fair order."""
    if not has_role(by, Role.AGENT):
        return Handoff.objects.none()
    long_ago = now - timedelta(seconds=QUECHUA_KEPT_SECONDS)
    mine = Q(locale__in=by.languages)
    known = list(Knowledge.objects.filter(user=by).values_list("entidad_id", flat=True))
    if known:
        others = Tramite.objects.exclude(entidad_id__in=known).values("codigo")
        mine &= ~Q(codigo__in=others)
    waiting = Handoff.objects.filter(state=HandoffState.WAITING).filter(mine | Q(requested_at__lte=long_ago))
    return waiting.order_by("requested_at", "id")
