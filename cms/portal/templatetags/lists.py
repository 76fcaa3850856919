"""What a list in Quechua says once of those of its fichas that are still in Spanish."""

from collections.abc import Sequence

from django import template

from cms.portal import spoken
from cms.portal.queries import Entry
from cms.portal.queries import spanish_ones as ones

register = template.Library()


@register.filter
def spanish_ones(entries: Sequence[Entry]) -> str:
    """`all`, `some` or nothing."""
    return ones(entries)


@register.filter
def spanish_notice(which: str) -> str:
    return spoken.spanish_notice(which)
