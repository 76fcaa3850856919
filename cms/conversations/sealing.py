"""What was covered is kept sealed: without the keys of the environment a copy of the database says nothing of it."""

import logging

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import checks

logger = logging.getLogger(__name__)


def is_possible() -> bool:
    """Whether there is a key. Without one nothing is kept."""
    return bool(settings.ORIGINALS_KEYS)


def seal(text: str) -> str:
    """With the first key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def opened(sealed: str) -> str | None:
    """What was sealed with any of the keys; None where its key is not among them any more."""
    if not is_possible():
        return None
    try:
        return _keys().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        logger.warning(
            "An original cannot be opened with the keys there are.", extra={"event": "original_shut"}
        )
        return None


def resealed(sealed: str) -> str | None:
    """The same, with the first key; None where it cannot be opened."""
    try:
        return _keys().rotate(sealed.encode("ascii")).decode("ascii")
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ORIGINALS_KEYS])


@checks.register
def without_key(**_options: object) -> list[checks.CheckMessage]:
    """Says at each start and at each command that what was covered is not kept."""
    if is_possible():
        return []
    told = "MAC_ORIGINALS_KEYS is not set: what citizens write is covered, and what it said is not kept for anybody."
    return [checks.Warning(told, id="conversations.W001")]
