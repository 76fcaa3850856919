"""Whether a person can be reached now, and if not, when. Decided here, on the server, each time it is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cms import kept
from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations.models import BestTime, Conversation, Handoff, HandoffState, Owner, Shift
from cms.conversations.uptime import heard_since
from cms.conversations.waits import waits
from cms.directory.hours import LIMA
from cms.directory.queries import alo_mac
from cms.notices.closures import attends, attends_next

ABSENT_AFTER_SECONDS = 60
HOURS_KEPT_SECONDS = 10
# The hours of the day somebody means who wants to be called then.
HOURS_OF: dict[str, tuple[int, int]] = {
    BestTime.MORNING: (8, 12),
    BestTime.AFTERNOON: (12, 18),
    BestTime.EVENING: (18, 20),
}

State = Literal["now", "queue", "callback"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody who asks for a person in this language can expect. `opens_at` only where it is closed."""

    state: State
    waiting: int
    opens_at: datetime | None
    wait_seconds: int | None
    wait_seconds_max: int | None

    @property
    def attended(self) -> bool:
        return self.state != "callback"


def standing(
    locale: str, at: datetime | None = None, *, anyone: bool = False, ahead: int | None = None
) -> Standing:
    """Open hours of Aló MAC, agents present who speak `locale` (`anyone`: or not), and the seats they have left.

    `ahead`: how many are before somebody who has asked already; else all who wait in the language.
    """
    at = at or timezone.now()
    opened, opens_at = _hours(at)
    seats = free_seats("" if anyone else locale, at) if opened else []
    if not seats:
        return Standing("callback", 0, opens_at, None, None)
    waiting = waiting_in(locale).count()
    before = waiting if ahead is None else ahead
    typical, longest = waits(locale, at, before)
    state: State = "now" if not before and _seats_for(locale, at) > 0 else "queue"
    return Standing(state, waiting, None, typical, longest)


def _seats_for(locale: str, at: datetime) -> int:
    """Seats left for this language once those who wait in the other one have theirs.

    A seat is counted for whom it is kept: Quechua speakers' for those who wait in Quechua, before others may have them.
    """
    both = sum(free_seats("qu", at))
    spanish_only = sum(free_seats("es", at)) - both
    if locale == "qu":
        return both - max(waiting_in("es").count() - spanish_only, 0)
    in_quechua = waiting_in("qu")
    told = in_quechua.filter(fallback_told_at__isnull=False).count()
    left = max(spanish_only - max(told - both, 0), 0)
    return left + max(both - in_quechua.count(), 0)


def standing_of(handoff: Handoff, at: datetime | None = None) -> Standing:
    """What this request can expect: once a citizen was told that anybody may take it, anybody counts."""
    anyone, ahead = handoff.fallback_told_at is not None, position(handoff) - 1
    stands = standing(handoff.locale, at, anyone=anyone, ahead=ahead)
    if handoff.state != HandoffState.WAITING or stands.attended:
        return stands
    return _kept_through_break(handoff, stands, at or timezone.now())


def _kept_through_break(handoff: Handoff, stands: Standing, at: datetime) -> Standing:
    """Who waits keeps the place while somebody is on a short break; how long it takes nobody can say."""
    grace = timedelta(seconds=settings.QUEUE_GRACE_SECONDS)
    over = handoff.unattended_since is not None and at >= handoff.unattended_since + grace
    anybody = "" if handoff.fallback_told_at else handoff.locale
    if over or not is_attended_hour(at) or not is_somebody_on_break(anybody, at):
        return stands
    return Standing("queue", waiting_in(handoff.locale).count(), None, None, None)


def state_for(conversation: Conversation, handoff: Handoff | None, stands: Standing) -> str:
    """How this citizen, with this open request, stands with a person now: the `state` of the contract."""
    if conversation.owner == Owner.AGENT:
        return "active"
    if handoff is None:
        return stands.state
    if handoff.state == HandoffState.WAITING and stands.attended:
        return "queue"
    return "callback"


def _hours(at: datetime) -> tuple[bool, datetime | None]:
    """Whether Aló MAC attends at `at`, and if not, from when. Hours that are not known count as closed.

    A notice that says it is closed goes before its hours.
    """
    key = f"alo-mac-hours:{at:%Y%m%d%H%M}"
    known: tuple[bool, datetime | None] | None = kept.get(key)
    if known is None:
        sede = alo_mac()
        opened = bool(sede and attends(sede, at))
        known = (opened, None if opened or sede is None else attends_next(sede, at))
        kept.put(key, known, HOURS_KEPT_SECONDS)
    return known


def is_attended_hour(at: datetime) -> bool:
    return _hours(at)[0]


def next_opening_of_alo_mac(at: datetime) -> datetime | None:
    """When Aló MAC attends again; None where it attends now, or nobody knows."""
    return _hours(at)[1]


def callback_due(best_time: str, at: datetime) -> datetime | None:
    """When a call asked for at `at` is to be made: now or at the next opening, in the stretch of the day wished for.

    None when no opening is known.
    """
    opened, opens_at = _hours(at)
    earliest = at if opened else opens_at
    if earliest is None or best_time not in HOURS_OF:
        return earliest
    local = earliest.astimezone(LIMA)
    first, last = HOURS_OF[best_time]
    begins = local.replace(hour=first, minute=0, second=0, microsecond=0)
    if local.hour < first:
        return begins
    return earliest if local.hour < last else begins + timedelta(days=1)


def agents_seen(locale: str, at: datetime, within_seconds: int) -> QuerySet[User]:
    """Agents who speak `locale` (any, when it is empty), not paused, whose desk was open so recently."""
    agents = User.objects.filter(
        Q(groups__name=str(Role.AGENT)) | Q(is_superuser=True),
        is_active=True,
        presence__available=True,
        presence__heartbeat_at__gt=heard_since(at, within_seconds),
    ).distinct()
    return agents.filter(speaks_quechua=True) if locale == "qu" else agents


def present_agents(at: datetime, locale: str = "") -> QuerySet[User]:
    return agents_seen(locale, at, ABSENT_AFTER_SECONDS)


def is_somebody_on_break(locale: str, at: datetime) -> bool:
    """Whether an agent who speaks `locale` (any, when it is empty) has the desk open and is on a break."""
    since = heard_since(at, ABSENT_AFTER_SECONDS)
    resting = User.objects.filter(
        Q(groups__name=str(Role.AGENT)) | Q(is_superuser=True),
        is_active=True,
        presence__shift=Shift.BREAK,
        presence__heartbeat_at__gt=since,
    )
    return (resting.filter(speaks_quechua=True) if locale == "qu" else resting).exists()


def was_attended(locale: str, at: datetime, within_seconds: int) -> bool:
    return agents_seen(locale, at, within_seconds).exists()


def free_seats(locale: str, at: datetime) -> list[int]:
    """Seats left of each agent present who speaks `locale`; empty when there is none such."""
    taken = Count("conversations", filter=Q(conversations__owner=Owner.AGENT), distinct=True)
    rows = present_agents(at, locale).annotate(taken=taken).values_list("seats", "taken")
    return [max(seats - taken, 0) for seats, taken in rows]


def is_somebody_free(locale: str, at: datetime) -> bool:
    """Whether an agent who speaks `locale` is there with a seat left."""
    return sum(free_seats(locale, at)) > 0


def waiting_in(locale: str) -> QuerySet[Handoff]:
    return Handoff.objects.filter(state=HandoffState.WAITING, locale=locale)


def position(handoff: Handoff) -> int:
    """1 for whoever is next in this language."""
    earlier = Q(requested_at__lt=handoff.requested_at) | Q(
        requested_at=handoff.requested_at, pk__lt=handoff.pk
    )
    return waiting_in(handoff.locale).filter(earlier).count() + 1
