"""How much one address may send, and how often one number may be tried. Behind one address may sit a whole MAC centre."""

from django.http import HttpRequest

from cms.channels.web.limits import REQUESTS_PER_HOUR, within
from cms.conversations.contacts import Contact
from cms.remarks.numbers import digest_of

HOUR_SECONDS = 3600
LOOKS_PER_HOUR = 250
# Who guesses at a telephone number needs millions; who mistypes their own, some.
LOOKS_AT_ONE_PER_HOUR = 10  # from one address: nobody else's tries may keep the citizen out
LOOKS_AT_ONE_FROM_ALL = 300
LOOKS_FOR_ONE_CONTACT = 20  # whoever knows a telephone goes from number to number


def count_remark(request: HttpRequest) -> None:
    """Raises Refusal 429 when one address writes more than two hundred people would."""
    within(f"limit:remarks:{_address(request)}", REQUESTS_PER_HOUR, HOUR_SECONDS)


def count_look(request: HttpRequest, number: str) -> None:
    """Raises Refusal 429 when one address asks, or one number is asked for, too often: it need not even exist.

    What is no number at all (`number` is empty then) gives nothing to guess at.
    """
    address = _address(request)
    within(f"limit:remark-looks:{address}", LOOKS_PER_HOUR, HOUR_SECONDS)
    if number:
        within(f"limit:remark:{number}:{address}", LOOKS_AT_ONE_PER_HOUR, HOUR_SECONDS)
        within(f"limit:remark:{number}", LOOKS_AT_ONE_FROM_ALL, HOUR_SECONDS)


def count_contact(contact: Contact) -> None:
    """Raises Refusal 429 when one contact is tried with many numbers."""
    within(f"limit:remark-contact:{digest_of(contact)}", LOOKS_FOR_ONE_CONTACT, HOUR_SECONDS)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
