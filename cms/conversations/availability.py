"""Whether a person can be reached now, and if not, when. Decided here, on the server, each time it is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cms import kept
from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations.models import Conversation, Handoff, HandoffState, Owner
from cms.directory.hours import is_open, next_opening
from cms.directory.queries import alo_mac

ABSENT_AFTER_SECONDS = 60
HOURS_KEPT_SECONDS = 10
WAITS_KEPT_SECONDS = 30
# Fewer pick-ups than this say nothing about the next one.
FEWEST_PICK_UPS = 5
PICK_UPS_READ = 50
PICK_UPS_FROM_DAYS = 30

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


def standing(locale: str, at: datetime | None = None) -> Standing:
    """Open hours of Aló MAC, agents present who speak `locale`, and the seats they have left."""
    at = at or timezone.now()
    opened, opens_at = _hours(at)
    free = free_seats(locale, at) if opened else []
    if not free:
        return Standing("callback", 0, opens_at, None, None)
    waiting = waiting_in(locale).count()
    typical, longest = waits(locale, at)
    state: State = "now" if sum(free) > waiting else "queue"
    return Standing(state, waiting, None, typical, longest)


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
    """Whether Aló MAC attends at `at`, and if not, from when. Hours that are not known count as closed."""
    key = f"alo-mac-hours:{at:%Y%m%d%H%M}"
    known: tuple[bool, datetime | None] | None = kept.get(key)
    if known is None:
        sede = alo_mac()
        opened = bool(sede and is_open(sede, at))
        known = (opened, None if opened or sede is None else next_opening(sede, at))
        kept.put(key, known, HOURS_KEPT_SECONDS)
    return known


def is_attended_hour(at: datetime) -> bool:
    return _hours(at)[0]


def agents_seen(locale: str, at: datetime, within_seconds: int) -> QuerySet[User]:
    """Agents who speak `locale` (any, when it is empty), not paused, whose desk was open so recently."""
    agents = User.objects.filter(
        Q(groups__name=str(Role.AGENT)) | Q(is_superuser=True),
        is_active=True,
        presence__available=True,
        presence__heartbeat_at__gt=at - timedelta(seconds=within_seconds),
    ).distinct()
    return agents.filter(speaks_quechua=True) if locale == "qu" else agents


def present_agents(at: datetime, locale: str = "") -> QuerySet[User]:
    return agents_seen(locale, at, ABSENT_AFTER_SECONDS)


def was_attended(locale: str, at: datetime, within_seconds: int) -> bool:
    return agents_seen(locale, at, within_seconds).exists()


def free_seats(locale: str, at: datetime) -> list[int]:
    """Seats left of each agent present who speaks `locale`; empty when there is none such."""
    taken = Count("conversations", filter=Q(conversations__owner=Owner.AGENT), distinct=True)
    rows = present_agents(at, locale).annotate(taken=taken).values_list("seats", "taken")
    return [max(seats - taken, 0) for seats, taken in rows]


def waiting_in(locale: str) -> QuerySet[Handoff]:
    return Handoff.objects.filter(state=HandoffState.WAITING, locale=locale)


def position(handoff: Handoff) -> int:
    """1 for whoever is next in this language."""
    earlier = Q(requested_at__lt=handoff.requested_at) | Q(
        requested_at=handoff.requested_at, pk__lt=handoff.pk
    )
    return waiting_in(handoff.locale).filter(earlier).count() + 1


def waits(locale: str, at: datetime) -> tuple[int | None, int | None]:
    """Seconds half, and nine in ten, of the latest pick-ups took; None when too few were measured."""
    key = f"pick-ups:{locale}:{at:%Y%m%d%H}"
    known: tuple[int | None, int | None] | None = kept.get(key)
    if known is None:
        known = _measured_waits(locale, at)
        kept.put(key, known, WAITS_KEPT_SECONDS)
    return known


def _measured_waits(locale: str, at: datetime) -> tuple[int | None, int | None]:
    since = at - timedelta(days=PICK_UPS_FROM_DAYS)
    pick_ups = Handoff.objects.filter(locale=locale, picked_up_seconds__isnull=False, claimed_at__gt=since)
    latest = pick_ups.order_by("-claimed_at").values_list("picked_up_seconds", flat=True)[:PICK_UPS_READ]
    seconds = sorted(value for value in latest if value is not None)
    if len(seconds) < FEWEST_PICK_UPS:
        return None, None
    return seconds[(len(seconds) - 1) // 2], seconds[(len(seconds) * 9 + 9) // 10 - 1]
