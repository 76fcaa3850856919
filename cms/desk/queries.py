"""What the desk shows: who waits, who is being served, who is to be called back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms import kept
from cms.accounts.models import User
from cms.conversations.availability import present_agents
from cms.conversations.models import (
    LOCALES,
    Conversation,
    Handoff,
    HandoffState,
    Knowledge,
    Message,
    Owner,
    Presence,
    Sender,
)
from cms.conversations.operations.handoffs import masked
from cms.conversations.queries import callbacks, waiting
from cms.conversations.taking import takeable
from cms.desk.models import Medium, Outcome
from cms.directory.metas import metas
from cms.directory.models import Entidad
from cms.tramites.models import Tramite

MOST_SHOWN = 200
SAVED_SHOWN_SECONDS = 60
NUMBERS_KEPT_SECONDS = 24 * 3600
SNIPPET = 90

Step = Literal["calm", "late", "very-late"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One citizen who waits. `kept` for others, for now: for the language, or for the entity."""

    handoff: Handoff
    ficha: str
    seconds: int
    kept: bool

    @property
    def step(self) -> Step:
        return step_of(self.seconds)

    @property
    def clock(self) -> str:
        return clock(self.seconds)


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation some agent has.

    `awaits`: the citizen wrote last, or nobody has written since it was taken; `seconds` since the first line that is not
    answered, else since the last one. `unread`: lines of the citizen after the last answer; `snippet` begins the last.
    """

    conversation: Conversation
    ficha: str
    awaits: bool
    seconds: int
    unread: int = 0
    snippet: str = ""
    # Who gave it to the agent, until the agent has written in it.
    passed_by: str = ""
    # Its key with Alt: it stays as long as the agent has the conversation.
    number: int = 0

    @property
    def step(self) -> Step:
        return step_of(self.seconds) if self.awaits else "calm"

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


def step_of(seconds: int) -> Step:
    """How a wait of so long is coloured, and said."""
    target = metas()
    if seconds >= target.alarma:
        return "very-late"
    return "late" if seconds >= target.aviso else "calm"


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
    mine = set(takeable(agent, at).values_list("pk", flat=True))
    first = agent.languages[-1]
    entries = [_waiting(row, mine, names, at) for row in found]
    return sorted(entries, key=lambda entry: entry.handoff.locale != first)


def _waiting(row: Handoff, mine: set[int], names: dict[str, str], at: datetime) -> Waiting:
    seconds = max(int((at - row.requested_at).total_seconds()), 0)
    return Waiting(row, names.get(row.codigo or row.conversation.codigo, ""), seconds, row.pk not in mine)


def held_by(agent: User, at: datetime | None = None) -> list[Held]:
    """The agent's own conversations, by the number each was given when it came, so that their places do not jump."""
    found = _held(_in_hands().filter(agent=agent).order_by("created_at"), at)
    places = numbers(agent, [str(held.conversation.pk) for held in found])
    numbered = [replace(held, number=places[str(held.conversation.pk)]) for held in found]
    return sorted(numbered, key=lambda held: held.number)


def held_by_others(agent: User, at: datetime | None = None) -> list[Held]:
    return _held(_in_hands().exclude(agent=agent).order_by("agent__username", "created_at"), at)


def _in_hands() -> QuerySet[Conversation]:
    lines = Message.objects.filter(conversation=OuterRef("pk"))
    spoken = lines.filter(sender__in=(Sender.CITIZEN, Sender.AGENT)).order_by("-seq")
    answers = lines.filter(sender__in=(Sender.ASSISTANT, Sender.AGENT)).order_by()
    unread = lines.filter(sender=Sender.CITIZEN, seq__gt=OuterRef("answered_seq")).order_by()
    held = Conversation.objects.filter(owner=Owner.AGENT).select_related("agent")
    held = held.annotate(
        last_sender=Subquery(spoken.values("sender")[:1]),
        answered_seq=Coalesce(
            Subquery(answers.values("conversation").annotate(last=Max("seq")).values("last")), 0
        ),
    )
    active = Handoff.objects.filter(conversation=OuterRef("pk"), state=HandoffState.ACTIVE)
    held = held.annotate(
        taken_at=Subquery(active.values("taken_at")[:1]),
        passed_first=Subquery(active.values("passed_by__first_name")[:1]),
        passed_name=Subquery(active.values("passed_by__username")[:1]),
    )
    own = lines.filter(sender=Sender.AGENT, by=OuterRef("agent"), at__gte=OuterRef("taken_at"))
    return held.annotate(
        wrote=Exists(own),
        unread=Coalesce(Subquery(unread.values("conversation").annotate(n=Count("pk")).values("n")), 0),
        waits_since=Subquery(unread.order_by("seq").values("at")[:1]),
        said_last=Subquery(lines.filter(sender=Sender.CITIZEN).order_by("-seq").values("text")[:1]),
    )


def _held(rows: QuerySet[Conversation], at: datetime | None) -> list[Held]:
    at = at or timezone.now()
    found = list(rows[:MOST_SHOWN])
    names = ficha_names({row.codigo for row in found})
    return [_one_held(row, names.get(row.codigo, ""), at) for row in found]


def _one_held(row: Any, ficha: str, at: datetime) -> Held:
    """`row` is a conversation with what `_in_hands` adds."""
    passed_by = "" if row.wrote else row.passed_first or row.passed_name or ""
    since: datetime = row.waits_since or (row.taken_at if passed_by else None) or row.last_activity_at
    return Held(
        conversation=row,
        ficha=ficha,
        awaits=row.last_sender != Sender.AGENT or bool(passed_by),
        seconds=max(int((at - since).total_seconds()), 0),
        unread=row.unread,
        snippet=" ".join((row.said_last or "").split())[:SNIPPET],
        passed_by=passed_by,
    )


def numbers(agent: User, conversations: list[str]) -> dict[str, int]:
    """Each conversation's number at this agent's desk: the smallest that was free when it came.

    Kept in the cache only: without it they are counted anew.
    """
    key = f"desk:numbers:{agent.pk}"
    before: dict[str, int] = kept.get(key) or {}
    given = {pk: before[pk] for pk in conversations if pk in before}
    for pk in conversations:
        if pk not in given:
            given[pk] = next(number for number in count(1) if number not in given.values())
    if given != before:
        kept.put(key, given, NUMBERS_KEPT_SECONDS)
    return given


def to_call_back() -> list[Callback]:
    """Citizens to be called back, the oldest first."""
    found = list(callbacks()[:MOST_SHOWN])
    names = ficha_names({row.codigo for row in found})
    return [Callback(row, names.get(row.codigo, "")) for row in found]


def saved_call(agent: User) -> Outcome | None:
    """The call this agent has just logged: said, and to be taken back, for a minute."""
    since = timezone.now() - timedelta(seconds=SAVED_SHOWN_SECONDS)
    return Outcome.objects.filter(by=agent, medium=Medium.CALL, at__gt=since).first()


def to_call_count() -> int:
    return callbacks().count()


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


def left_waiting(agent: User, at: datetime | None = None) -> int:
    """How many wait for whom nobody else would be there if this agent, available now, were not."""
    own = presence(agent)
    if own is None or not own.available:
        return 0
    spoken = {locale for locale, _name in languages_there(agent, at)}
    alone = [locale for locale in agent.languages if locale not in spoken]
    return waiting().filter(locale__in=alone).count()


def experts(agent: User, at: datetime | None = None) -> list[tuple[str, str]]:
    """(code, name) of the entities some colleague who is there knows."""
    known = Knowledge.objects.filter(user__in=colleagues(agent, at)).values("entidad")
    return sorted(entidad_names_of(Entidad.objects.filter(pk__in=known)), key=lambda row: row[1])


def expert_in(entidad: str, agent: User, at: datetime | None = None) -> User | None:
    """The colleague who is there, knows the entity, and has most seats left; None where nobody has any."""
    knowing = colleagues(agent, at).filter(knows__entidad__codigo=entidad)
    taken = Count("conversations", filter=Q(conversations__owner=Owner.AGENT), distinct=True)
    free = [(row.seats - row.taken, row) for row in knowing.annotate(taken=taken)]
    best = max(free, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 0 else None


def languages_there(agent: User, at: datetime | None = None) -> list[tuple[str, str]]:
    """The languages some colleague who is there speaks."""
    spoken = {language for row in colleagues(agent, at) for language in row.languages}
    return [(locale, name) for locale, name in LOCALES if locale in spoken]


def entidad_names_of(rows: QuerySet[Entidad]) -> list[tuple[str, str]]:
    return [(row.codigo, row.corto) for row in rows]


def lines_after(conversation: Conversation, seq: int) -> QuerySet[Message]:
    return (
        Message.objects.filter(conversation=conversation, seq__gt=seq)
        .select_related("by", "original")
        .order_by("seq")
    )
