"""What the desk shows: who waits, who is being served, who is to be called back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cms.accounts.models import User
from cms.conversations.availability import present_agents
from cms.conversations.models import Conversation, Handoff, Message, Owner, Presence, Sender
from cms.conversations.operations.agents import QUECHUA_KEPT_SECONDS
from cms.conversations.operations.handoffs import masked
from cms.conversations.queries import callbacks, waiting
from cms.directory.models import Entidad
from cms.tramites.models import Tramite

# When a wait is coloured. Nobody has set targets yet; these are the ones the desk began with.
LATE_SECONDS = 60
VERY_LATE_SECONDS = 180
MOST_SHOWN = 200

Step = Literal["calm", "late", "very-late"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One citizen who waits. `kept` is for an agent who speaks the language, for now."""

    handoff: Handoff
    ficha: str
    seconds: int
    kept: bool

    @property
    def step(self) -> Step:
        if self.seconds >= VERY_LATE_SECONDS:
            return "very-late"
        return "late" if self.seconds >= LATE_SECONDS else "calm"

    @property
    def clock(self) -> str:
        return clock(self.seconds)


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation some agent has. `awaits`: the citizen wrote last; `seconds` since the last line."""

    conversation: Conversation
    ficha: str
    awaits: bool
    seconds: int

    @property
    def clock(self) -> str:
        return clock(self.seconds)


@dataclass(frozen=True, slots=True)
class Callback:
    """One citizen to be called back."""

    handoff: Handoff
    ficha: str

    @property
    def masked(self) -> str:
        """Enough to tell whether it is a phone or a mail address; empty where none was left."""
        return masked(self.handoff) if self.handoff.contact else ""


def clock(seconds: int) -> str:
    """`40 s`, `12 min`, `3 h 05 min`."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = seconds // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def queue(agent: User, at: datetime | None = None) -> list[Waiting]:
    """Those who wait: a Quechua speaker sees Quechua first, the others Spanish; then by the time of asking."""
    at = at or timezone.now()
    found = list(waiting()[:MOST_SHOWN])
    names = ficha_names({row.codigo or row.conversation.codigo for row in found})
    first = agent.languages[-1]
    entries = [_waiting(row, agent, names, at) for row in found]
    return sorted(entries, key=lambda entry: entry.handoff.locale != first)


def _waiting(row: Handoff, agent: User, names: dict[str, str], at: datetime) -> Waiting:
    seconds = max(int((at - row.requested_at).total_seconds()), 0)
    kept = row.locale not in agent.languages and seconds < QUECHUA_KEPT_SECONDS
    return Waiting(row, names.get(row.codigo or row.conversation.codigo, ""), seconds, kept)


def held_by(agent: User, at: datetime | None = None) -> list[Held]:
    """The agent's own conversations, the longest held first, so that their places do not jump."""
    return _held(_in_hands().filter(agent=agent).order_by("created_at"), at)


def held_by_others(agent: User, at: datetime | None = None) -> list[Held]:
    return _held(_in_hands().exclude(agent=agent).order_by("agent__username", "created_at"), at)


def _in_hands() -> QuerySet[Conversation]:
    spoken = Message.objects.filter(conversation=OuterRef("pk"), sender__in=(Sender.CITIZEN, Sender.AGENT))
    last = spoken.order_by("-seq")
    held = Conversation.objects.filter(owner=Owner.AGENT).select_related("agent")
    return held.annotate(last_sender=Subquery(last.values("sender")[:1]))


def _held(rows: QuerySet[Conversation], at: datetime | None) -> list[Held]:
    at = at or timezone.now()
    found = list(rows[:MOST_SHOWN])
    names = ficha_names({row.codigo for row in found})
    return [
        Held(
            row,
            names.get(row.codigo, ""),
            getattr(row, "last_sender", "") == Sender.CITIZEN,
            max(int((at - row.last_activity_at).total_seconds()), 0),
        )
        for row in found
    ]


def to_call_back() -> list[Callback]:
    """Citizens to be called back, the oldest first."""
    found = list(callbacks()[:MOST_SHOWN])
    names = ficha_names({row.codigo for row in found})
    return [Callback(row, names.get(row.codigo, "")) for row in found]


def ficha_names(codigos: set[str]) -> dict[str, str]:
    """The Spanish names of these fichas, withdrawn ones too: a conversation may be older than that."""
    return dict(Tramite.objects.filter(codigo__in=codigos - {""}).values_list("codigo", "nombre"))


def entidad_names(codigos: set[str]) -> dict[str, str]:
    """What people call these entities."""
    return {found.codigo: found.corto for found in Entidad.objects.filter(codigo__in=codigos)}


def presence(agent: User) -> Presence | None:
    return Presence.objects.filter(user=agent).first()


def colleagues(agent: User, at: datetime | None = None) -> QuerySet[User]:
    """Agents with a desk open now, for handing a conversation over."""
    return present_agents(at or timezone.now()).exclude(pk=agent.pk).order_by("username")


def lines_after(conversation: Conversation, seq: int) -> QuerySet[Message]:
    return Message.objects.filter(conversation=conversation, seq__gt=seq).select_related("by").order_by("seq")
