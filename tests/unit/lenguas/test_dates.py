"""Dates and times to read and to speak."""

from datetime import date, time
from decimal import Decimal

import pytest

from lenguas.dates import date_text, money, say_date, say_time, time_text, weekday

# date | Spanish text | Spanish words | Quechua text | Quechua words
DATES = """
2026-11-20|20 de noviembre de 2026|veinte de noviembre de dos mil veintiséis|20 punchaw noviembre killapi 2026 watapi|iskay chunka punchaw noviembre killapi iskay waranqa iskay chunka suqtayuq watapi
2026-01-01|1 de enero de 2026|primero de enero de dos mil veintiséis|1 punchaw enero killapi 2026 watapi|huk punchaw enero killapi iskay waranqa iskay chunka suqtayuq watapi
2025-02-28|28 de febrero de 2025|veintiocho de febrero de dos mil veinticinco|28 punchaw febrero killapi 2025 watapi|iskay chunka pusaqniyuq punchaw febrero killapi iskay waranqa iskay chunka pichqayuq watapi
2024-02-29|29 de febrero de 2024|veintinueve de febrero de dos mil veinticuatro|29 punchaw febrero killapi 2024 watapi|iskay chunka isqunniyuq punchaw febrero killapi iskay waranqa iskay chunka tawayuq watapi
2027-03-15|15 de marzo de 2027|quince de marzo de dos mil veintisiete|15 punchaw marzo killapi 2027 watapi|chunka pichqayuq punchaw marzo killapi iskay waranqa iskay chunka qanchisniyuq watapi
2023-04-07|7 de abril de 2023|siete de abril de dos mil veintitrés|7 punchaw abril killapi 2023 watapi|qanchis punchaw abril killapi iskay waranqa iskay chunka kimsayuq watapi
2022-05-31|31 de mayo de 2022|treinta y uno de mayo de dos mil veintidós|31 punchaw mayo killapi 2022 watapi|kimsa chunka hukniyuq punchaw mayo killapi iskay waranqa iskay chunka iskayniyuq watapi
2021-06-29|29 de junio de 2021|veintinueve de junio de dos mil veintiuno|29 punchaw junio killapi 2021 watapi|iskay chunka isqunniyuq punchaw junio killapi iskay waranqa iskay chunka hukniyuq watapi
1821-07-28|28 de julio de 1821|veintiocho de julio de mil ochocientos veintiuno|28 punchaw julio killapi 1821 watapi|iskay chunka pusaqniyuq punchaw julio killapi waranqa pusaq pachak iskay chunka hukniyuq watapi
2000-08-30|30 de agosto de 2000|treinta de agosto de dos mil|30 punchaw agosto killapi 2000 watapi|kimsa chunka punchaw agosto killapi iskay waranqa watapi
1999-09-10|10 de setiembre de 1999|diez de setiembre de mil novecientos noventa y nueve|10 punchaw setiembre killapi 1999 watapi|chunka punchaw setiembre killapi waranqa isqun pachak isqun chunka isqunniyuq watapi
2010-10-08|8 de octubre de 2010|ocho de octubre de dos mil diez|8 punchaw octubre killapi 2010 watapi|pusaq punchaw octubre killapi iskay waranqa chunka watapi
2030-12-25|25 de diciembre de 2030|veinticinco de diciembre de dos mil treinta|25 punchaw diciembre killapi 2030 watapi|iskay chunka pichqayuq punchaw diciembre killapi iskay waranqa kimsa chunka watapi
2001-12-11|11 de diciembre de 2001|once de diciembre de dos mil uno|11 punchaw diciembre killapi 2001 watapi|chunka hukniyuq punchaw diciembre killapi iskay waranqa hukniyuq watapi
"""

# time | Spanish text | Spanish words | Quechua text | Quechua words
TIMES = """
00:00|12:00 de la noche|doce de la noche|12:00 tuta|chunka iskayniyuq ura tuta
00:30|12:30 de la noche|doce y media de la noche|12:30 tuta|chunka iskayniyuq ura kimsa chunka minutuyuq tuta
01:00|1:00 de la madrugada|una de la madrugada|1:00 tuta|huk ura tuta
05:45|5:45 de la madrugada|cinco y cuarenta y cinco de la madrugada|5:45 tutamanta|pichqa ura tawa chunka pichqayuq minutuyuq tutamanta
08:00|8:00 de la mañana|ocho de la mañana|8:00 tutamanta|pusaq ura tutamanta
08:15|8:15 de la mañana|ocho y cuarto de la mañana|8:15 tutamanta|pusaq ura chunka pichqayuq minutuyuq tutamanta
08:30|8:30 de la mañana|ocho y media de la mañana|8:30 tutamanta|pusaq ura kimsa chunka minutuyuq tutamanta
09:05|9:05 de la mañana|nueve y cinco de la mañana|9:05 tutamanta|isqun ura pichqa minutuyuq tutamanta
11:59|11:59 de la mañana|once y cincuenta y nueve de la mañana|11:59 tutamanta|chunka hukniyuq ura pichqa chunka isqunniyuq minutuyuq tutamanta
12:00|12:00 del mediodía|doce del mediodía|12:00 chawpi punchaw|chunka iskayniyuq ura chawpi punchaw
13:00|1:00 de la tarde|una de la tarde|1:00 chawpi punchaw qipa|huk ura chawpi punchaw qipa
16:30|4:30 de la tarde|cuatro y media de la tarde|4:30 chawpi punchaw qipa|tawa ura kimsa chunka minutuyuq chawpi punchaw qipa
18:59|6:59 de la tarde|seis y cincuenta y nueve de la tarde|6:59 chawpi punchaw qipa|suqta ura pichqa chunka isqunniyuq minutuyuq chawpi punchaw qipa
19:00|7:00 de la noche|siete de la noche|7:00 tuta|qanchis ura tuta
20:21|8:21 de la noche|ocho y veintiuno de la noche|8:21 tuta|pusaq ura iskay chunka hukniyuq minutuyuq tuta
23:01|11:01 de la noche|once y uno de la noche|11:01 tuta|chunka hukniyuq ura huk minutuyuq tuta
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("day", "es_text", "es_words", "qu_text", "qu_words"), _rows(DATES))
def test_dates(day: str, es_text: str, es_words: str, qu_text: str, qu_words: str) -> None:
    moment = date.fromisoformat(day)
    assert date_text(moment, "es") == es_text
    assert say_date(moment, "es") == es_words
    assert date_text(moment, "qu") == qu_text
    assert say_date(moment, "qu") == qu_words


@pytest.mark.parametrize(("clock", "es_text", "es_words", "qu_text", "qu_words"), _rows(TIMES))
def test_times(clock: str, es_text: str, es_words: str, qu_text: str, qu_words: str) -> None:
    moment = time.fromisoformat(clock)
    assert time_text(moment, "es") == es_text
    assert say_time(moment, "es") == es_words
    assert time_text(moment, "qu") == qu_text
    assert say_time(moment, "qu") == qu_words


@pytest.mark.parametrize(
    ("day", "spanish", "quechua"),
    [
        ("2026-11-16", "lunes", "lunis"),
        ("2026-11-17", "martes", "martis"),
        ("2026-11-18", "miércoles", "mirkulis"),
        ("2026-11-19", "jueves", "huybis"),
        ("2026-11-20", "viernes", "wirnis"),
        ("2026-11-21", "sábado", "sawatu"),
        ("2026-11-22", "domingo", "dumingu"),
    ],
)
def test_weekdays(day: str, spanish: str, quechua: str) -> None:
    assert weekday(date.fromisoformat(day), "es") == spanish
    assert weekday(date.fromisoformat(day), "qu") == quechua


def test_money_is_here_too() -> None:
    assert money(Decimal("1234.5")) == "S/ 1,234.50"


def test_an_unknown_locale_is_refused() -> None:
    for say in (date_text, say_date, weekday):
        with pytest.raises(ValueError, match="unknown locale 'en'"):
            say(date(2026, 11, 20), "en")
    for tell in (time_text, say_time):
        with pytest.raises(ValueError, match="unknown locale 'en'"):
            tell(time(8, 30), "en")
