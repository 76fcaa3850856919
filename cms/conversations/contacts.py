"""How a citizen can be reached: a phone number or a mail address, told apart from ordinary text."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cms.conversations.errors import InvalidContact
from cms.conversations.models import BestTime, ContactKind
from lenguas.normalise import clean

_SEPARATORS = re.compile(r"[\s().\-]+")
# Peru: mobiles are nine digits that begin with 9; landlines six or seven, with an area code eight or nine.
_PERUVIAN = re.compile(r"(?:\+?51)?(?:9\d{8}|0?[1-8]\d{6,8}|[2-7]\d{5})")
# Elsewhere: E.164, at most fifteen digits after the plus.
_FOREIGN = re.compile(r"\+(?!51)[1-9]\d{6,14}")


@dataclass(frozen=True, slots=True)
class Contact:
    kind: ContactKind
    value: str

    @property
    def masked(self) -> str:
        """Enough to recognise one's own, not enough for anybody else."""
        if self.kind is ContactKind.PHONE:
            return f"*** *** {self.value[-3:]}"
        name, _, host = self.value.partition("@")
        return f"{name[0]}***@{host}"


def read_contact(text: str) -> Contact:
    """The whole of `text` as a contact; raises InvalidContact."""
    given = clean(text).strip()
    if "@" in given:
        return Contact(ContactKind.MAIL, _mail(given))
    number = _SEPARATORS.sub("", given)
    if _PERUVIAN.fullmatch(number) or _FOREIGN.fullmatch(number):
        return Contact(ContactKind.PHONE, number)
    raise InvalidContact("give a phone number (987 654 321) or a mail address")


def _mail(given: str) -> str:
    try:
        validate_email(given)
    except ValidationError as error:
        raise InvalidContact("give a phone number (987 654 321) or a mail address") from error
    if len(given) > 254:
        raise InvalidContact("a mail address has at most 254 characters")
    return given


def read_best_time(text: str) -> str:
    """One of the times of day somebody can wish for; "" for anything else, which wishes for none."""
    return text if text in BestTime.values else ""
