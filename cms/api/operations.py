"""Showing a draft to a program: a link that expires, can be taken back, and leaves a trace."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from pydantic import ValidationError

from cms.accounts.models import User
from cms.accounts.tokens import digest, new_token
from cms.api.models import DraftLink
from cms.audit.operations import record
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import FichaPage
from cms.tramites.operations import translations
from cms.tramites.queries import Published, draft
from cms.tramites.schema import Ficha

LASTS_HOURS = (1, 24, 168)
FORGOTTEN_AFTER_DAYS = 30


class DraftNotFound(LookupError):
    """No link has this token, or it has expired, or it was taken back: which of these is nobody's concern."""


class DraftUnfinished(Exception):
    """The draft is no ficha yet; `said` is what is wrong, for the editor."""

    def __init__(self, said: list[str]) -> None:
        super().__init__("; ".join(said))
        self.said = said


@transaction.atomic
def share_draft(*, page: FichaPage, hours: int, by: User) -> tuple[DraftLink, str]:
    """The link to the newest revision and its token, which is shown this once; raises DraftUnfinished."""
    if hours not in LASTS_HOURS:
        raise ValueError(f"a link lasts {LASTS_HOURS} hours, not {hours}")
    revision = page.get_latest_revision() or page.save_revision(user=by)
    token = new_token()
    link = DraftLink.objects.create(
        page=page,
        revision_id=revision.pk,
        payload=_ficha_of(revision.as_object()).model_dump(mode="json"),
        digest=digest(token),
        creado_por=by,
        expira_at=timezone.now() + timedelta(hours=hours),
    )
    record("draft.shared", page.codigo, by=by, link=link.pk, revision=revision.pk, hours=hours)
    return link, token


def _ficha_of(page: FichaPage) -> Ficha:
    try:
        ficha = ficha_of_page(page)
    except ValidationError as error:
        raise DraftUnfinished([str(detail["msg"]) for detail in error.errors()]) from error
    return ficha.model_copy(update={"qu": translations(ficha.codigo, ficha.es)})


@transaction.atomic
def revoke(*, link: DraftLink, by: User) -> None:
    """From now on it leads nowhere."""
    if DraftLink.objects.filter(pk=link.pk, revocado_at=None).update(revocado_at=timezone.now()):
        record("draft.revoked", link.page.codigo, by=by, link=link.pk)


def read_draft(token: str) -> tuple[Published, DraftLink]:
    """The draft behind `token`; raises DraftNotFound. The first time it is read is in the audit, each is counted.

    Anybody may ask: only a token that leads somewhere is worth the write lock, and only while it is counted.
    """
    open_ones = DraftLink.objects.open().select_related("page")
    link = open_ones.filter(digest=digest(token)).first()
    if link is None:
        raise DraftNotFound
    found = draft(Ficha.model_validate(link.payload), link.page.get_parent().specific.entidad)
    found.version.at = link.creado_at
    _count_reading(link)
    return found, link


@transaction.atomic
def _count_reading(link: DraftLink) -> None:
    counted = {"lecturas": F("lecturas") + 1, "leido_at": timezone.now()}
    if DraftLink.objects.filter(pk=link.pk, leido_at=None).update(**counted):
        record("draft.read", link.page.codigo, link=link.pk)
    else:
        DraftLink.objects.filter(pk=link.pk).update(**counted)


def prune() -> int:
    """Forgets links that ended some weeks ago; the audit keeps that they were."""
    before = timezone.now() - timedelta(days=FORGOTTEN_AFTER_DAYS)
    removed, _by_model = DraftLink.objects.filter(expira_at__lt=before).delete()
    return removed
