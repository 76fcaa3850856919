"""Dates and times as they are said."""

import re
from datetime import date, time

from lenguas import dates
from voice.pieces import Language, Piece, Rule
from voice.quechua import is_suffix

# --- dates --------------------------------------------------------------------------------------------------

_EDGE = r"(?!\d|[-/]\d)"
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d|-\d)")
_DAY_FIRST = re.compile(rf"(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d){_EDGE}")
_MONTH_LAST = re.compile(rf"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2]){_EDGE}")
_MONTH_FIRST = re.compile(rf"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d){_EDGE}")
_NO_YEAR = re.compile(rf"(?P<d>\d{{1,2}})/(?P<m>\d\d){_EDGE}")


def _day(match: re.Match[str]) -> date | None:
    year = int(match["y"])
    try:
        return date(year + 2000 if year < 100 else year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _whole_date(match: re.Match[str], language: Language) -> list[Piece] | None:
    day = _day(match)
    return [Piece(dates.say_date(day, language))] if day else None


def _month(match: re.Match[str], language: Language) -> list[Piece] | None:
    said = dates.say_date(date(int(match["y"]), int(match["m"]), 1), language)
    return [Piece(re.sub(r"^(?:primero de|huk punchaw) ", "", said))]


def _day_and_month(match: re.Match[str], language: Language) -> list[Piece] | None:
    try:
        day = date(2024, int(match["m"]), int(match["d"]))  # a leap year: 29/02 is a date
    except ValueError:
        return None
    year = dates.say_date(date(2024, 1, 2), language).split("enero")[1].removeprefix(" killapi")
    return [Piece(dates.say_date(day, language).removesuffix(year))]


# --- times --------------------------------------------------------------------------------------------------

_HALF = r"[ap]\.?\s?m\.?(?![^\W_])|m\.(?=\W|$)"
_PART_ES = r"de\s+la\s+(?:mañana|tarde|noche|madrugada)|del\s+mediod[ií]a"
_PART_QU = r"tutamanta|chawpi\s+punchaw\s+qipa|chawpi\s+punchaw|tuta"
_CLOCK = rf"(?:\d{{1,2}}[:h]\d\d(?::\d\d)?|\d{{1,2}}(?:\.\d\d)?(?=\s?(?:{_HALF})))"
_HOURS = r"\s?(?:horas|hrs?\.?|h\.?)(?![^\W_])"
_TIME = re.compile(
    rf"(?P<clock>{_CLOCK})(?!\d)(?:\s?(?P<half>{_HALF})|(?P<hours>{_HOURS}))?(?:\s+(?P<part>{_PART_ES}|{_PART_QU})\b)?",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?P<clock>{_CLOCK})(?!\d)(?:\s?(?P<half>{_HALF})|{_HOURS})?\s?[–—-]\s?"
    rf"(?P<clock2>{_CLOCK})(?!\d)(?:\s?(?P<half2>{_HALF})|{_HOURS})?",
    re.IGNORECASE,
)
_TIME_WITH_SUFFIX = re.compile(r"(?P<clock>\d{1,2}[:h]\d\d)(?P<ura>\s+ura|-)?(?P<suffix>[a-zñ]*)")
_AFTERNOON = re.compile(r"p|.*tarde|.*noche|chawpi punchaw qipa", re.IGNORECASE)
_MORNING = re.compile(r"a|.*mañana|.*madrugada|tutamanta", re.IGNORECASE)
_NOON = 12
_MIDNIGHT = 24
_FIRST_OFFICE_HOUR = 7


def _hour(hour: int, said: str) -> int:
    """Return the hour of 24 from the one written and what says which half of the day it is in."""
    if _AFTERNOON.match(said) and hour < _NOON:
        return hour + _NOON
    return 0 if hour == _NOON and _MORNING.match(said) else hour


def _moment(clock: str, said: str) -> time | None:
    hour, minute = (int(figure) for figure in [*re.split(r"[:h.]", clock), "0"][:2])
    if hour == _MIDNIGHT and not minute:
        return time(0)
    try:
        return time(_hour(hour, said), minute)
    except ValueError:
        return None


def _is_vague(clock: str, said: str) -> bool:
    """Tell whether nothing says if 3:30 is in the afternoon; then it is not said either."""
    return not said and clock[0] != "0" and 1 <= int(re.split(r"[:h.]", clock)[0]) < _FIRST_OFFICE_HOUR


def _split_part(moment: time, language: Language) -> tuple[str, str]:
    """Return the hour in words and the part of the day apart."""
    said = dates.say_time(moment, language)
    pattern = rf"(.*?) ({_PART_ES})$" if language == "es" else r"(.* (?:ura|minutuyuq)) (.*)$"
    found = re.match(pattern, said)
    assert found, said
    return found.group(1), found.group(2)


def _say(clock: str, said: str, language: Language) -> str | None:
    moment = _moment(clock, said)
    if moment is None:
        return None
    return _split_part(moment, language)[0] if _is_vague(clock, said) else dates.say_time(moment, language)


def _with_suffix(clock: str, said: str, suffix: str) -> str | None:
    """Say a time in Quechua with the part of the day before it, so that the suffix stands on the hour."""
    moment = _moment(clock, said)
    if moment is None:
        return None
    hour, part = _split_part(moment, "qu")
    return f"{hour}{suffix}" if _is_vague(clock, said) else f"{part} {hour}{suffix}"


def _time(match: re.Match[str], language: Language) -> list[Piece] | None:
    said = _say(match["clock"], match["part"] or match["half"] or "", language)
    return [Piece(said)] if said else None


def _time_with_suffix(match: re.Match[str], language: Language) -> list[Piece] | None:
    has_ura = (match["ura"] or "").endswith("ura")
    if language == "es" or not (has_ura or is_suffix(match["suffix"], "ura")):
        return None
    said = _with_suffix(match["clock"], "", match["suffix"])
    return [Piece(said)] if said else None


def _times(match: re.Match[str], language: Language) -> list[Piece] | None:
    first_half, last_half = match["half"] or "", match["half2"] or ""
    if language == "qu":
        first = _with_suffix(match["clock"], first_half, "manta")
        last = _with_suffix(match["clock2"], last_half, "kama")
        return [Piece(f"{first}, {last}")] if first and last else None
    first, last = _say(match["clock"], first_half, "es"), _say(match["clock2"], last_half, "es")
    if not first or not last:
        return None
    said_before = re.search(r"\b(?:de|desde)\s+(?:las?\s+)?$", match.string[: match.start()], re.IGNORECASE)
    return [Piece(f"{'' if said_before else 'de '}{first} a {last}")]


# --- days of the week ---------------------------------------------------------------------------------------

_SHORT_DAYS = {
    "l": 0,
    "lun": 0,
    "mar": 1,
    "mié": 2,
    "mie": 2,
    "jue": 3,
    "v": 4,
    "vie": 4,
    "s": 5,
    "sáb": 5,
    "sab": 5,
    "d": 6,
    "dom": 6,
}
_LONG_DAYS = {"lunes": 0, "martes": 1, "miércoles": 2, "jueves": 3, "viernes": 4, "sábado": 5, "domingo": 6}
_DAYS = {**_SHORT_DAYS, **_LONG_DAYS}
_NAME = r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:lun|mar|mi[ée]|jue|vie|s[áa]b|dom)\.?"
_DAY_RANGE = re.compile(rf"(?P<first>{_NAME}|L)\s?[–—-]\s?(?P<last>{_NAME}|[VSD])(?![^\W_])", re.IGNORECASE)


def _day_name(written: str, language: Language) -> str:
    monday = date(2024, 1, 1)
    return dates.weekday(monday.replace(day=1 + _DAYS[written.lower().rstrip(".")]), language)


def _day_range(match: re.Match[str], language: Language) -> list[Piece] | None:
    first, last = (_day_name(match[name], language) for name in ("first", "last"))
    return [Piece(f"{first} a {last}" if language == "es" else f"{first}manta {last}kama")]


RULES = (
    Rule(_YEAR_FIRST, _whole_date),
    Rule(_DAY_FIRST, _whole_date),
    Rule(_MONTH_LAST, _month),
    Rule(_MONTH_FIRST, _month),
    Rule(_NO_YEAR, _day_and_month),
    Rule(_TIMES, _times),
    Rule(_TIME_WITH_SUFFIX, _time_with_suffix),
    Rule(_TIME, _time),
    Rule(_DAY_RANGE, _day_range),
)
