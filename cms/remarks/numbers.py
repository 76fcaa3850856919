"""The number of a remark, and the contact that opens it: how both are written down and read again."""

import re

from django.utils.crypto import salted_hmac

from cms.conversations.contacts import Contact
from cms.conversations.models import ContactKind
from cms.directory.hours import LIMA
from cms.remarks.models import Kind, Remark

PREFIXES = {Kind.RECLAMO: "REC", Kind.FELICITACION: "FEL", Kind.SUGERENCIA: "SUG"}
SALT = "mac.remark.contact"
# With spaces for hyphens, in small letters, without the zeros: as people copy it from a paper.
WRITTEN = re.compile(r"\W*(REC|FEL|SUG)\W*(\d{4})\W+0*(\d{1,9})\W*", re.IGNORECASE)
COUNTRY = "51"
LONGEST_AT_HOME = 9


def number_of(remark: Remark) -> str:
    """Made of the kind, the year and the row's own id: unique without a counter that everybody would wait for."""
    year = remark.received_at.astimezone(LIMA).year
    return f"{PREFIXES[Kind(remark.kind)]}-{year}-{remark.pk:06d}"


def read_number(text: str) -> str:
    """The number somebody typed, as it is kept; empty where it is none."""
    found = WRITTEN.fullmatch(text[:40])
    return f"{found[1].upper()}-{found[2]}-{int(found[3]):06d}" if found else ""


def digest_of(contact: Contact) -> str:
    """The same for every way of writing one phone or one mail address; without the secret key it tells nothing."""
    return salted_hmac(SALT, _plain(contact), algorithm="sha256").hexdigest()


def _plain(contact: Contact) -> str:
    if contact.kind is ContactKind.MAIL:
        return contact.value.lower()
    digits = contact.value.lstrip("+")
    if digits.startswith(COUNTRY) and len(digits) > LONGEST_AT_HOME:
        digits = digits.removeprefix(COUNTRY)
    return digits.lstrip("0")
