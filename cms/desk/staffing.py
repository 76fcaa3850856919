"""What each agent can do: languages, entities known, and how many conversations at once. A supervisor says so."""

from dataclasses import dataclass

from django.db import transaction

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.audit.operations import record
from cms.conversations.errors import NotAnAgent
from cms.conversations.models import Knowledge
from cms.directory.models import Entidad

# More at once nobody answers well; none is what a shift is for.
MOST_SEATS = 50


@dataclass(frozen=True, slots=True)
class Abilities:
    """`entidades`: their codes; none means that conversations about any entity are taken."""

    speaks_quechua: bool
    seats: int
    entidades: frozenset[str] = frozenset()


def agents() -> list[tuple[User, Abilities]]:
    """Every active agent, by name, with what they can do."""
    rows = User.objects.filter(groups__name=str(Role.AGENT), is_active=True).distinct()
    found = rows.prefetch_related("knows__entidad").order_by("first_name", "username")
    return [(row, _of(row)) for row in found]


def abilities_of(agent: User) -> Abilities:
    return _of(agent)


def _of(agent: User) -> Abilities:
    known = frozenset(row.entidad.codigo for row in agent.knows.all())
    return Abilities(agent.speaks_quechua, agent.seats, known)


@transaction.atomic
def set_abilities(*, agent: User, by: User, to: Abilities) -> bool:
    """Writes down what `agent` can do; returns whether anything changed. What is in their hands stays there.

    Raises NotAnAgent, ValueError for a number of seats out of range or an entity there is not.
    """
    if not has_role(by, Role.SUPERVISOR):
        raise NotAnAgent(f"{by} is no supervisor")
    current = User.objects.select_for_update().get(pk=agent.pk)
    if not has_role(current, Role.AGENT):
        raise NotAnAgent(f"{agent} is no agent")
    if not 1 <= to.seats <= MOST_SEATS:
        raise ValueError(f"seats go from 1 to {MOST_SEATS}")
    entidades = list(Entidad.objects.filter(codigo__in=to.entidades))
    if len(entidades) != len(to.entidades):
        raise ValueError("there is no such entity")
    before = _of(current)
    if before == to:
        return False
    current.speaks_quechua, current.seats = to.speaks_quechua, to.seats
    current.save(update_fields=["speaks_quechua", "seats"])
    Knowledge.objects.filter(user=current).exclude(entidad__in=entidades).delete()
    for entidad in entidades:
        Knowledge.objects.get_or_create(user=current, entidad=entidad)
    record("agent.abilities", current.get_username(), by=by, before=_told(before), after=_told(to))
    return True


def _told(abilities: Abilities) -> dict[str, object]:
    return {
        "speaks_quechua": abilities.speaks_quechua,
        "seats": abilities.seats,
        "entidades": sorted(abilities.entidades),
    }
