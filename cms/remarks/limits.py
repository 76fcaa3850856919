"""How much one address may send, and how often one number may be tried. Behind one address may sit a whole MAC centre."""

from collections.abc import Iterator

from django.http import HttpRequest

from cms.channels.web.limits import REQUESTS_PER_HOUR, room, within
from cms.conversations.contacts import Contact
from cms.remarks.numbers import digest_of

HOUR_SECONDS = 3600
LOOKS_PER_HOUR = 250
# Who guesses at a telephone number needs millions; who mistypes their own, some. Counted for one address: nobody
# else's tries may keep the citizen out. Those from everywhere together are bounded only far above them.
MISSES_AT_ONE_PER_HOUR = 10
MISSES_FOR_ONE_CONTACT = 20  # whoever knows a telephone goes from number to number
MISSES_FROM_ALL = 3000


def count_remark(request: HttpRequest) -> None:
    """Raises Refusal 429 when one address writes more than two hundred people would."""
    within(f"limit:remarks:{_address(request)}", REQUESTS_PER_HOUR, HOUR_SECONDS)


def count_look(request: HttpRequest) -> None:
    """Raises Refusal 429 when one address asks too often."""
    within(f"limit:remark-looks:{_address(request)}", LOOKS_PER_HOUR, HOUR_SECONDS)


def refuse_guessing(request: HttpRequest, number: str, contact: Contact | None) -> None:
    """Raises Refusal 429 when one number, or one contact, was tried in vain too often: it need not even exist."""
    for name, most in _tries(request, number, contact):
        room(name, most, HOUR_SECONDS)


def count_miss(request: HttpRequest, number: str, contact: Contact | None) -> None:
    for name, most in _tries(request, number, contact):
        within(name, most, HOUR_SECONDS)


def _tries(request: HttpRequest, number: str, contact: Contact | None) -> Iterator[tuple[str, int]]:
    """What is no number at all (`number` is empty then) gives nothing to guess at."""
    if not number:
        return
    address = _address(request)
    yield f"limit:remark:{number}:{address}", MISSES_AT_ONE_PER_HOUR
    yield f"limit:remark:{number}", MISSES_FROM_ALL
    if contact is not None:
        digest = digest_of(contact)
        yield f"limit:remark-contact:{digest}:{address}", MISSES_FOR_ONE_CONTACT
        yield f"limit:remark-contact:{digest}", MISSES_FROM_ALL


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
