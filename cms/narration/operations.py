"""Recordings of a person's voice: uploaded by one person, put before the public by another, silent when outdated."""

import hashlib

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.operations import record
from cms.narration.models import Recording
from cms.narration.recordings import text_digest
from cms.narration.rights import why_not_accept
from cms.narration.told import told
from cms.narration.uploads import mp3_of
from cms.tramites.queries import Published, TramiteNotFound, published


class NotAllowed(Exception):
    """The message says, in Spanish, why."""


def upload(*, current: Published, part: str, locale: str, data: bytes, by: User) -> Recording:
    """Keeps the voice of one part as it is told now, in place of another that waits; raises uploads.NotHeard.

    The accepted one is heard until this one is accepted.
    """
    # Takes seconds, and SQLite has one write lock for all: it is done before anything is written.
    sound = mp3_of(data)
    return _put(current=current, part=part, locale=locale, sound=sound, by=by)


@transaction.atomic
def _put(*, current: Published, part: str, locale: str, sound: tuple[bytes, float], by: User) -> Recording:
    mp3, seconds = sound
    _same(current.codigo, part, locale).filter(accepted_at__isnull=True).delete()
    made = Recording.objects.create(
        codigo=current.codigo,
        part=part,
        locale=locale,
        text_digest=text_digest(told(current, part, locale)),
        digest=hashlib.sha256(mp3).hexdigest(),
        mp3=mp3,
        seconds=seconds,
        by=by,
    )
    record("narration.uploaded", current.codigo, by=by, part=part, locale=locale, digest=made.digest)
    return made


def _same(codigo: str, part: str, locale: str) -> QuerySet[Recording]:
    return Recording.objects.filter(codigo=codigo, part=part, locale=locale)


@transaction.atomic
def accept(*, recording: Recording, by: User) -> None:
    """Puts it before the public in place of the one heard until now.

    Raises NotAllowed for its own maker, where the text has changed since, and where it is gone.
    """
    reason = why_not_accept(by, recording)
    if recording.stale_at:
        reason = "El texto cambió: hay que grabarlo de nuevo."
    if reason:
        raise NotAllowed(reason)
    _same(recording.codigo, recording.part, recording.locale).filter(accepted_at__isnull=False).exclude(
        pk=recording.pk
    ).delete()
    if not Recording.objects.filter(pk=recording.pk).update(accepted_by=by, accepted_at=timezone.now()):
        # Another was uploaded meanwhile: the one heard until now stays.
        raise NotAllowed("Esta grabación ya no está: subieron otra.")
    about = {"part": recording.part, "locale": recording.locale, "digest": recording.digest}
    record("narration.accepted", recording.codigo, by=by, **about)


@transaction.atomic
def remove(*, recording: Recording, by: User) -> None:
    about = {"part": recording.part, "locale": recording.locale, "digest": recording.digest}
    record("narration.removed", recording.codigo, by=by, **about)
    recording.delete()


def mark_stale(codigo: str = "") -> int:
    """Notes of which recordings the text is another by now, of one ficha or of all; returns how many there are."""
    rows = Recording.objects.defer("mp3")
    stale = 0
    for row in rows.filter(codigo=codigo) if codigo else rows:
        same = _still_told(row)
        stale += not same
        if same == (row.stale_at is None):
            continue
        Recording.objects.filter(pk=row.pk).update(stale_at=None if same else timezone.now())
    return stale


def _still_told(row: Recording) -> bool:
    try:
        return text_digest(told(published(row.codigo), row.part, row.locale)) == row.text_digest
    except TramiteNotFound:
        return False
