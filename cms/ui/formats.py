"""Amounts, dates and terms as Peru writes them, in both languages."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lenguas import dates


def money(amount: Decimal) -> str:
    """`S/ 1,234.50`, the same in both languages."""
    return dates.money(amount)


def partial_date(text: str, locale: str) -> str:
    """A source's date, only as precise as it is: a year, a month or a whole day, in words."""
    if len(text) == 10:
        return dates.date_text(date.fromisoformat(text), locale)
    if len(text) == 7:
        return dates.month_text(int(text[:4]), int(text[5:]), locale)
    return text


def term(value: int, unit: str, value_max: int | None = None) -> str:
    """`5 días hábiles`, `20 a 30 días calendario`, in the language in force."""
    number: Any = value_max or value
    label = {
        "minutos": ngettext("minuto", "minutos", number),
        "horas": ngettext("hora", "horas", number),
        "dias_habiles": ngettext("día hábil", "días hábiles", number),
        "dias_calendario": ngettext("día calendario", "días calendario", number),
        "meses": ngettext("mes", "meses", number),
        "anios": ngettext("año", "años", number),
    }[unit]
    if value_max:
        return _("%(from)s a %(to)s %(unit)s") % {"from": value, "to": value_max, "unit": label}
    return f"{value} {label}"


def source_name(text: str) -> str:
    """A source as people name it: `Gestión 08/2025`, not `Gestión 2025-08-15`."""
    return re.sub(r"\b(\d{4})-(\d{2})(?:-\d{2})?\b", r"\2/\1", text)
