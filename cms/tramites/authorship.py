"""Who wrote what is not public yet: nobody approves, or publishes, words or figures of their own.

Every revision since what is public counts, not only the last: who changed the fee on Monday is an author of the
draft that somebody else tidied up on Tuesday. Saving without a change makes nobody an author.
"""

import hashlib
import json
from typing import Any

from pydantic import ValidationError
from wagtail.models import Page, PageLogEntry, Revision, TaskState

from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import Aprobacion, FichaPage, Tramite
from cms.tramites.queries import ficha_of

# What Wagtail writes into a revision beside what the editor wrote: state, dates and places in the tree.
VOLATILE = frozenset(
    {
        "pk", "path", "depth", "numchild", "translation_key", "locale", "url_path", "owner", "live",
        "has_unpublished_changes", "draft_title", "expired", "locked", "locked_at",
        "locked_by", "first_published_at", "last_published_at", "latest_revision_created_at", "live_revision",
        "latest_revision", "alias_of", "content_type", "wagtail_admin_comments", "page", "sort_order",
        "avisos_aceptados",  # who accepts a warning of the preflight has written nothing
    }
)  # fmt: skip


def authors_of_draft(page: FichaPage) -> set[int]:
    """Ids of all who changed `page` since what is public, or since it was made where it never was."""
    public = page.live_revision_id or _last_public_revision(page)
    return _authors(page, public) | _authors_of_purged(page, public)


def _last_public_revision(page: FichaPage) -> int:
    """Of a page that was withdrawn: Wagtail has forgotten which revision was live, its log has not."""
    published = PageLogEntry.objects.filter(page=page, action="wagtail.publish").exclude(revision_id=None)
    return published.order_by("-timestamp", "-pk").values_list("revision_id", flat=True).first() or 0


def is_settled(revision: Revision) -> bool:
    """Whether somebody else has counted on what it says: it is or was public, scheduled, approved or in review."""
    return (
        revision.approved_go_live_at is not None
        or Page.objects.filter(live_revision=revision.pk).exists()
        or TaskState.objects.filter(revision=revision.pk).exists()
        or Aprobacion.objects.filter(revision=revision.pk).exists()
        or PageLogEntry.objects.filter(action="wagtail.publish", revision_id=revision.pk).exists()
    )


def content_digest(revision: Revision) -> str:
    """The same for two revisions that say the same, whoever saved them and whenever."""
    content = _said(revision.content)
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _said(part) for key, part in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        return [_said(part) for part in value]
    return value


def _authors(page: FichaPage, public: int) -> set[int]:
    """Those whose revision says something else than the one before it, and those whose words were brought back."""
    authors: set[int | None] = set()
    before = ""
    for revision in page.revisions.filter(pk__gte=public).order_by("pk"):
        digest = content_digest(revision)
        if digest != before and not (revision.pk == public and _says_what_is_public(revision)):
            authors.add(revision.user_id)
        before = digest
    reverted = PageLogEntry.objects.filter(page=page, action="wagtail.revert", revision_id__gt=public)
    sources = [entry.data.get("revision", {}).get("id") for entry in reverted]
    authors |= set(page.revisions.filter(pk__in=sources).values_list("user_id", flat=True))
    return {author for author in authors if author is not None}


def _says_what_is_public(revision: Revision) -> bool:
    """A version never changes, a revision can: who changed the one that went public wrote what is not public."""
    page = revision.as_object()
    if not isinstance(page, FichaPage):
        return True  # the other pages of the tree have no versions
    tramite = Tramite.objects.select_related("version").filter(codigo=page.codigo).first()
    if tramite is None or tramite.version is None:
        return False
    public = ficha_of(tramite.version)
    try:
        said = ficha_of_page(page)
    except ValidationError:
        return False
    return (said.hechos, said.es) == (public.hechos, public.es)


def _authors_of_purged(page: FichaPage, public: int) -> set[int]:
    """Old revisions may be cleared away; the log of the page still says who saved them."""
    kept = page.revisions.values("pk")
    entries = PageLogEntry.objects.filter(page=page, content_changed=True, revision_id__gt=public)
    return {
        entry.user_id
        for entry in entries.exclude(revision_id__in=kept).exclude(user_id=None)
        if entry.action in {"wagtail.create", "wagtail.edit", "wagtail.revert"}
    }
