"""Days and moments kept as text, as people read them."""

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter
def moment(text: str | None) -> str:
    """`2026-11-20T23:39:39-05:00` as `20/11/2026 23:39`; the hour is Lima's, as it was kept."""
    return f"{datetime.fromisoformat(text):%d/%m/%Y %H:%M}" if text else ""


@register.filter
def plain_day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""
