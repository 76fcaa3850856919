"""What a supervisor sees: who waits against the target, who is at the desk, how today went, what waits for a decision."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations.availability import ABSENT_AFTER_SECONDS
from cms.conversations.models import LOCALES, Conversation, Handoff, HandoffState, Message, Owner
from cms.conversations.uptime import heard_since
from cms.desk import queries
from cms.desk.models import Medium, Outcome, RatingReview
from cms.desk.operations import WORST_RATINGS
from cms.directory.hours import LIMA
from cms.directory.metas import metas

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Line:
    """Those who wait in one language. `longest`: seconds of the one who waits longest."""

    name: str
    waiting: int
    longest: int

    @property
    def step(self) -> queries.Step:
        return queries.step_of(self.longest) if self.waiting else "calm"

    @property
    def clock(self) -> str:
        return queries.clock(self.longest)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """One agent: what the account says, and whether the desk is open."""

    agent: User
    state: str
    taken: int
    seen: str

    @property
    def here(self) -> bool:
        return self.state != "ausente"


@dataclass(frozen=True, slots=True)
class Hour:
    """Those who asked in one hour of today and had to wait, each once: taken, waiting still, or put off to a call.

    `median`: seconds until somebody took them; None where nobody was taken. `late`: over the target and still waiting.
    """

    hour: int
    picked_up: int
    waiting: int
    dropped: int
    late: int
    within: int
    median: int | None

    @property
    def asked(self) -> int:
        return self.picked_up + self.waiting + self.dropped

    @property
    def percent(self) -> int | None:
        """Who was put off, or waits longer than the target, was not taken in time."""
        decided = self.picked_up + self.dropped + self.late
        return self.within * 100 // decided if decided else None

    @property
    def clock(self) -> str:
        return queries.clock(self.median) if self.median is not None else "—"


@dataclass(frozen=True, slots=True)
class Day:
    """What came of today's attentions so far."""

    chats: int
    calls: int
    solved: int
    # Ended by the citizen, and not said yet by the agent.
    unknown: int
    rated: int
    rating: float | None


def lines(at: datetime | None = None) -> list[Line]:
    """One for each language, whether somebody waits or not."""
    at = at or timezone.now()
    waiting = Handoff.objects.filter(state=HandoffState.WAITING).order_by("requested_at")
    asked: dict[str, list[datetime]] = {locale: [] for locale, _name in LOCALES}
    for locale, moment in waiting.values_list("locale", "requested_at"):
        asked[locale].append(moment)
    return [
        Line(name, len(asked[locale]), _seconds(asked[locale][0], at) if asked[locale] else 0)
        for locale, name in LOCALES
    ]


def _seconds(since: datetime, at: datetime) -> int:
    return max(int((at - since).total_seconds()), 0)


def at_desk(at: datetime | None = None) -> list[AtDesk]:
    """Every agent, those who are there first."""
    at = at or timezone.now()
    agents = User.objects.filter(groups__name=str(Role.AGENT), is_active=True).distinct()
    taken = Count("conversations", filter=Q(conversations__owner=Owner.AGENT), distinct=True)
    rows = agents.annotate(taken=taken).select_related("presence").order_by("first_name", "username")
    since = heard_since(at, ABSENT_AFTER_SECONDS)
    found = [_at_desk(row, at, since) for row in rows]
    return sorted(found, key=lambda row: not row.here)


def _at_desk(agent: User, at: datetime, since: datetime) -> AtDesk:
    taken: int = getattr(agent, "taken", 0)
    presence = getattr(agent, "presence", None)
    if presence is None:
        return AtDesk(agent, "ausente", taken, "")
    seconds = _seconds(presence.heartbeat_at, at)
    if presence.heartbeat_at <= since:
        return AtDesk(agent, "ausente", taken, queries.clock(seconds))
    return AtDesk(agent, presence.get_shift_display(), taken, queries.clock(seconds))


def hours(day: date | None = None, at: datetime | None = None) -> list[Hour]:
    """Today's waits by the hour of asking in Lima; hours without any are left out.

    What happens after the first pick-up (a transfer, a return to the queue) is no wait of its own.
    """
    at = at or timezone.now()
    start, end = bounds(day or at.astimezone(LIMA).date())
    waited = Q(picked_up_seconds__isnull=False) | Q(state=HandoffState.WAITING) | Q(dropped_at__isnull=False)
    rows = Handoff.objects.filter(waited, requested_at__gte=start, requested_at__lt=end)
    by_hour: dict[int, list[Handoff]] = {}
    for row in rows.order_by("requested_at"):
        by_hour.setdefault(row.requested_at.astimezone(LIMA).hour, []).append(row)
    return [_hour(hour, found, at) for hour, found in sorted(by_hour.items())]


def _hour(hour: int, rows: list[Handoff], at: datetime) -> Hour:
    waits = sorted(row.picked_up_seconds for row in rows if row.picked_up_seconds is not None)
    target = metas().respuesta
    untaken = [row for row in rows if row.picked_up_seconds is None]
    waiting = [_seconds(row.requested_at, at) for row in untaken if row.state == HandoffState.WAITING]
    return Hour(
        hour,
        picked_up=len(waits),
        waiting=len(waiting),
        dropped=len(untaken) - len(waiting),
        late=sum(seconds > target for seconds in waiting),
        within=sum(seconds <= target for seconds in waits),
        median=waits[(len(waits) - 1) // 2] if waits else None,
    )


def bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time.min, tzinfo=LIMA)
    return start, start + timedelta(days=1)


def today(day: date | None = None) -> Day:
    start, end = bounds(day or timezone.now().astimezone(LIMA).date())
    ended = Outcome.objects.filter(at__gte=start, at__lt=end)
    rated = Conversation.objects.filter(rated_at__gte=start, rated_at__lt=end)
    return Day(
        chats=ended.filter(medium=Medium.CHAT).count(),
        calls=ended.filter(medium=Medium.CALL).count(),
        solved=ended.filter(solved=True).count(),
        unknown=ended.filter(solved=None).count(),
        rated=rated.count(),
        rating=rated.aggregate(mean=Avg("rating"))["mean"],
    )


def bad_ratings() -> QuerySet[Conversation]:
    """Conversations rated two or less that nobody has looked at since; the oldest first."""
    reviewed = RatingReview.objects.filter(conversation=OuterRef("pk"), rated_at=OuterRef("rated_at"))
    found = Conversation.objects.filter(rating__lte=WORST_RATINGS).filter(~Exists(reviewed))
    return found.order_by("rated_at")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a supervisor looks for among transcripts; empty chooses nothing. Both days count whole, in Lima."""

    text: str = ""
    agent: str = ""
    locale: str = ""
    codigo: str = ""
    since: date | None = None
    until: date | None = None


def transcripts(wanted: Wanted) -> QuerySet[Conversation]:
    """The newest first. What is searched is the text as it is kept, with personal data covered."""
    found = Conversation.objects.select_related("agent").annotate(lines_said=F("last_seq"))
    spoken = Message.objects.filter(conversation=OuterRef("pk"))
    if wanted.text:
        found = found.filter(Exists(spoken.filter(text__icontains=wanted.text)))
    if wanted.agent:
        named = Q(by__username=wanted.agent) | Q(by__first_name__iexact=wanted.agent)
        found = found.filter(Exists(spoken.filter(named)))
    if wanted.locale:
        found = found.filter(locale=wanted.locale)
    if wanted.codigo:
        found = found.filter(codigo=wanted.codigo)
    if wanted.since:
        found = found.filter(last_activity_at__gte=bounds(wanted.since)[0])
    if wanted.until:
        found = found.filter(created_at__lt=bounds(wanted.until)[1])
    return found.order_by("-last_activity_at")[:MOST_FOUND]
