"""Dates and times in Spanish and Southern Quechua, to read and to speak.

Quechua keeps the calendar's loan names: the native names of months and days differ from source to source.
"""

from datetime import date, time
from decimal import Decimal

from lenguas import numbers

_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
]  # Peru writes setiembre
_WEEKDAYS = {
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "qu": ["lunis", "martis", "mirkulis", "huybis", "wirnis", "sawatu", "dumingu"],
}
_NOON = 12


def money(amount: Decimal) -> str:
    """Return an amount as Peru writes it; see `numbers.money`."""
    return numbers.money(amount)


def _check_locale(locale: str) -> None:
    if locale not in _WEEKDAYS:
        raise ValueError(f"unknown locale {locale!r}: use 'es' or 'qu'")


def weekday(day: date, locale: str) -> str:
    """Return the name of the day of the week, in Quechua the loan in use."""
    _check_locale(locale)
    return _WEEKDAYS[locale][day.weekday()]


def date_text(day: date, locale: str) -> str:
    """Return a date to read: `20 de noviembre de 2026`, `20 punchaw noviembre killapi 2026 watapi`."""
    _check_locale(locale)
    month = _MONTHS[day.month - 1]
    if locale == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{day.day} punchaw {month} killapi {day.year} watapi"


def month_text(year: int, month: int, locale: str) -> str:
    """Return a month to read, where the day is not known: `diciembre de 2023`, `diciembre killa 2023 wata`."""
    _check_locale(locale)
    name = _MONTHS[month - 1]
    return f"{name} de {year}" if locale == "es" else f"{name} killa {year} wata"


def say_date(day: date, locale: str) -> str:
    """Return a date in words: `veinte de noviembre de dos mil veintiséis`; the first is `primero`."""
    _check_locale(locale)
    month = _MONTHS[day.month - 1]
    year = numbers.say(day.year, locale)
    if locale == "es":
        day_words = "primero" if day.day == 1 else numbers.say(day.day, "es")
        return f"{day_words} de {month} de {year}"
    return f"{numbers.say(day.day, 'qu')} punchaw {month} killapi {year} watapi"


_ES_PARTS = (
    (1, "de la noche"),
    (6, "de la madrugada"),
    (12, "de la mañana"),
    (13, "del mediodía"),
    (19, "de la tarde"),
    (24, "de la noche"),
)
_QU_PARTS = (
    (4, "tuta"),
    (12, "tutamanta"),
    (13, "chawpi punchaw"),
    (19, "chawpi punchaw qipa"),
    (24, "tuta"),
)


def _part_of_day(hour: int, locale: str) -> str:
    parts = _ES_PARTS if locale == "es" else _QU_PARTS
    return next(name for before, name in parts if hour < before)


def _hour_of_twelve(hour: int) -> int:
    return hour % _NOON or _NOON


def time_text(moment: time, locale: str) -> str:
    """Return a time to read: `8:30 de la mañana`, `8:30 tutamanta`; seconds are left out."""
    _check_locale(locale)
    return f"{_hour_of_twelve(moment.hour)}:{moment.minute:02d} {_part_of_day(moment.hour, locale)}"


def _say_time_es(moment: time) -> str:
    hour = numbers.say_count(_hour_of_twelve(moment.hour), "", "", "es", feminine=True).strip()
    spoken_minutes = {0: "", 15: " y cuarto", 30: " y media"}
    minutes = spoken_minutes.get(moment.minute, f" y {numbers.say(moment.minute, 'es')}")
    return f"{hour}{minutes}"


def _say_time_qu(moment: time) -> str:
    hour = f"{numbers.say(_hour_of_twelve(moment.hour), 'qu')} ura"
    if not moment.minute:
        return hour
    return f"{hour} {numbers.say(moment.minute, 'qu')} {numbers.having('minutu')}"


def say_time(moment: time, locale: str) -> str:
    """Return a time in words: `ocho y media de la mañana`, `pusaq ura kimsa chunka minutuyuq tutamanta`."""
    _check_locale(locale)
    spoken = _say_time_es(moment) if locale == "es" else _say_time_qu(moment)
    return f"{spoken} {_part_of_day(moment.hour, locale)}"
