"""What follows the publication of a package, ficha by ficha: where it can be read already, and where not yet."""

from collections.abc import Iterable

from cms.accounts.models import User
from cms.editing.packages.models import Partida
from cms.publishing.models import Change, OutboxRow, RowState
from cms.tramites.following import CHAT, NAMES, in_chat, try_again

LABELS = {
    RowState.WAITING: "pendiente",
    RowState.RUNNING: "en curso",
    RowState.DONE: "hecho",
    RowState.FAILED: "falló",
}


def followers(items: Iterable[Partida]) -> dict[str, list[tuple[str, str, str]]]:
    """(follower, state, error) by code, the chat first; rows done long ago are pruned, and then there is no more to follow."""
    codes = {item.cambio: item.codigo for item in items if item.cambio}
    return {
        codes[change.pk]: _told(change)
        for change in Change.objects.filter(pk__in=codes).prefetch_related("rows")
    }


def _told(change: Change) -> list[tuple[str, str, str]]:
    rows = sorted(change.rows.all(), key=lambda row: row.follower)
    named = [(NAMES.get(row.follower, row.follower), LABELS[RowState(row.state)], row.error) for row in rows]
    return [(CHAT, LABELS[in_chat(change, rows)], ""), *named]


def retry(items: Iterable[Partida], *, by: User) -> int:
    """Lets what failed be tried again now; how many there were."""
    changes = [item.cambio for item in items if item.cambio]
    rows = OutboxRow.objects.filter(change_id__in=changes, state=RowState.FAILED).select_related("change")
    return sum(try_again(row, by=by) for row in rows)
