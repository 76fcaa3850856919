"""What follows a publication, for editors: per version, what each follower has done of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.publishing.models import Change, ChangeKind, OutboxRow, RowState
from cms.publishing.operations import wake
from cms.tramites.models import Tramite, Version
from cms.tramites.queries import TOPIC

SHOWN = 10
SEARCH = "search"
CHAT = "en el chat"
# What a follower is to an editor; one that is not named here is shown by its own name.
NAMES = {
    SEARCH: "en la búsqueda",
    "health": "en la salud del contenido",
    "translation": "en el avance de la traducción",
    "webhooks": "en los avisos a otros sistemas",
    "narration": "en el audio",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One follower's share. `row` is None where the reading itself follows at once, as the page does."""

    name: str
    state: RowState
    row: OutboxRow | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A public change with what has followed from it; `version` is None for a withdrawal."""

    change: Change
    version: Version | None
    steps: list[Step]

    @property
    def done(self) -> bool:
        return all(step.state == RowState.DONE for step in self.steps)

    @property
    def failed(self) -> bool:
        return any(step.state == RowState.FAILED for step in self.steps)


def followed_by(codigo: str, *, at_most: int = SHOWN) -> list[Followed]:
    """The last public changes of a ficha, the newest first."""
    changes = list(
        Change.objects.filter(topic=TOPIC, key=codigo).order_by("-id").prefetch_related("rows")[:at_most]
    )
    tramite = Tramite.objects.filter(codigo=codigo).first()
    known = tramite.versions.defer("payload").select_related("by") if tramite else Version.objects.none()
    versions = {v.numero: v for v in known.filter(numero__in=[c.revision for c in changes])}
    return [_followed(change, versions) for change in changes]


def _followed(change: Change, versions: dict[int, Version]) -> Followed:
    withdrawn = change.kind == ChangeKind.WITHDRAWN
    # Page and API read the version itself: they have it in the very moment it is written.
    at_once = [Step("en la página", RowState.DONE), Step("en la API", RowState.DONE)]
    rows = sorted(change.rows.all(), key=lambda row: row.follower)
    at_once.append(Step(CHAT, in_chat(change, rows)))
    steps = at_once + [Step(NAMES.get(row.follower, row.follower), RowState(row.state), row) for row in rows]
    return Followed(change, None if withdrawn else versions.get(change.revision), steps)


def in_chat(change: Change, rows: Iterable[OutboxRow]) -> RowState:
    """Whether the assistant tells it: it reads the version itself, but finds a ficha that is new only by the search."""
    if change.kind != ChangeKind.PUBLISHED:
        return RowState.DONE
    # Rows done long ago are pruned.
    return next((RowState(row.state) for row in rows if row.follower == SEARCH), RowState.DONE)


@transaction.atomic
def try_again(row: OutboxRow, *, by: User) -> bool:
    """Gives a follower that failed its tries anew; False where there is nothing to try again."""
    failed = OutboxRow.objects.filter(pk=row.pk, state=RowState.FAILED)
    if not failed.update(state=RowState.WAITING, tries=0, next_try_at=timezone.now()):
        return False
    record("publishing.retried", row.change.key, by=by, follower=row.follower, error=row.error[:300])
    transaction.on_commit(wake, robust=True)
    return True
