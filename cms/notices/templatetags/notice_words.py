"""Moments as a notice says them: Lima's day and hour, in the language in force."""

from datetime import datetime

from django import template
from django.utils.translation import get_language

from cms.directory.hours import LIMA
from lenguas import dates

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """`25 de noviembre de 2026, 18:00`."""
    at = value.astimezone(LIMA)
    return f"{dates.date_text(at.date(), get_language() or 'es')}, {at:%H:%M}"
