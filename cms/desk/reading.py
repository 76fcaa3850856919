"""What an agent wrote into a form of the desk."""

from django.http import HttpRequest

from lenguas.normalise import clean

LONGEST_NOTE = 2000


def line_of(request: HttpRequest, name: str, most: int = LONGEST_NOTE) -> str:
    """The field `name`, without blanks around it and without characters that no database takes; "" where missing."""
    return clean(request.POST.get(name, "")).strip()[:most]
