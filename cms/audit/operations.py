"""Writing the audit, inside the transaction of the thing it records."""

from typing import Any

from cms.accounts.models import User
from cms.audit.models import Entry


def record(what: str, subject: str, *, by: User | None = None, why: str = "", **detail: Any) -> Entry:
    """Adds one row; `what` is a dotted event name (`tramite.published`), `subject` what it happened to."""
    return Entry.objects.create(
        what=what,
        subject=subject,
        by=by,
        by_name=by.get_username() if by else "",
        why=why,
        detail=detail,
    )
