"""What narration does when something is published: the worker makes the recordings of the new version.

Making a ficha's recordings takes seconds, and search must not wait for it: a little is done at a time, and nothing
while anybody else has something to do. What a release loads is not made ahead: it is made when somebody asks.
"""

import logging
import time
from collections.abc import Iterator
from itertools import product

from django.conf import settings

from cms.narration.making import NoRoom, prepared
from cms.narration.operations import mark_stale
from cms.narration.told import PARTS, script_for, told
from cms.publishing.models import Change, ChangeKind, OutboxRow
from cms.publishing.operations import Postponed
from cms.tramites.queries import TOPIC, Published, TramiteNotFound, published
from voice.speaking import NothingToSay, Script

log = logging.getLogger(__name__)

NAME = "narration"
LOCALES = ("es", "qu")
AT_A_TIME_SECONDS = 1.5
AGAIN_SECONDS = 1


def follow_change(change: Change) -> None:
    """Idempotent: what is there is not made again. Raises Postponed until all of it is there."""
    if change.topic != TOPIC:
        return
    mark_stale(change.key)
    if not settings.AUDIO_AHEAD or change.kind == ChangeKind.WITHDRAWN:
        return
    try:
        current = published(change.key)
    except TramiteNotFound:
        return
    if current.version.semilla:
        return
    if _others_wait():
        raise Postponed(AGAIN_SECONDS)
    ends_at = time.monotonic() + AT_A_TIME_SECONDS
    try:
        for script in _scripts(current):
            if prepared(script) and time.monotonic() > ends_at:
                raise Postponed(AGAIN_SECONDS)
    except NoRoom as error:  # whoever listens has it made at that moment
        log.error("No recording is made ahead: %s.", error, extra={"event": "no_room_for_recordings"})


def _others_wait() -> bool:
    return OutboxRow.objects.due().exclude(follower=NAME).exists()


def _scripts(current: Published) -> Iterator[Script]:
    for locale, part in product(LOCALES, PARTS):
        try:
            yield script_for(told(current, part, locale))
        except NothingToSay:
            continue
