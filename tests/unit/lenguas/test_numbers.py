"""Numbers and amounts in words."""

from decimal import Decimal

import pytest

from lenguas.numbers import digits, money, ordinal, say, say_count, say_money

# number | Spanish | Quechua
TABLE = """
0|cero|chusaq
1|uno|huk
2|dos|iskay
3|tres|kimsa
4|cuatro|tawa
5|cinco|pichqa
6|seis|suqta
7|siete|qanchis
8|ocho|pusaq
9|nueve|isqun
10|diez|chunka
11|once|chunka hukniyuq
12|doce|chunka iskayniyuq
13|trece|chunka kimsayuq
14|catorce|chunka tawayuq
15|quince|chunka pichqayuq
16|dieciséis|chunka suqtayuq
17|diecisiete|chunka qanchisniyuq
18|dieciocho|chunka pusaqniyuq
19|diecinueve|chunka isqunniyuq
20|veinte|iskay chunka
21|veintiuno|iskay chunka hukniyuq
22|veintidós|iskay chunka iskayniyuq
26|veintiséis|iskay chunka suqtayuq
30|treinta|kimsa chunka
31|treinta y uno|kimsa chunka hukniyuq
45|cuarenta y cinco|tawa chunka pichqayuq
99|noventa y nueve|isqun chunka isqunniyuq
100|cien|pachak
101|ciento uno|pachak hukniyuq
115|ciento quince|pachak chunka pichqayuq
150|ciento cincuenta|pachak pichqa chunka
200|doscientos|iskay pachak
500|quinientos|pichqa pachak
700|setecientos|qanchis pachak
999|novecientos noventa y nueve|isqun pachak isqun chunka isqunniyuq
1000|mil|waranqa
1001|mil uno|waranqa hukniyuq
1821|mil ochocientos veintiuno|waranqa pusaq pachak iskay chunka hukniyuq
2024|dos mil veinticuatro|iskay waranqa iskay chunka tawayuq
2026|dos mil veintiséis|iskay waranqa iskay chunka suqtayuq
5350|cinco mil trescientos cincuenta|pichqa waranqa kimsa pachak pichqa chunka
10000|diez mil|chunka waranqa
21000|veintiún mil|iskay chunka hukniyuq waranqa
31001|treinta y un mil uno|kimsa chunka hukniyuq waranqa hukniyuq
100000|cien mil|pachak waranqa
101000|ciento un mil|pachak hukniyuq waranqa
1000000|un millón|huk hunu
1000001|un millón uno|huk hunu hukniyuq
2500000|dos millones quinientos mil|iskay hunu pichqa pachak waranqa
21000000|veintiún millones|iskay chunka hukniyuq hunu
100000000|cien millones|pachak hunu
12.5|doce punto cinco|chunka iskayniyuq punto pichqa
3.05|tres punto cero cinco|kimsa punto chusaq pichqa
0.75|cero punto setenta y cinco|chusaq punto qanchis chunka pichqayuq
4.00|cuatro|tawa
-7|menos siete|menos qanchis
"""
ROWS = [tuple(line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("number", "spanish", "quechua"), ROWS)
def test_say(number: str, spanish: str, quechua: str) -> None:
    value = Decimal(number)
    assert say(value, "es") == spanish
    assert say(value, "qu") == quechua


def test_the_largest_number() -> None:
    thousand = "novecientos noventa y nueve"
    assert say(999_999_999, "es") == f"{thousand} millones {thousand} mil {thousand}"
    thousand = "isqun pachak isqun chunka isqunniyuq"
    assert say(999_999_999, "qu") == f"{thousand} hunu {thousand} waranqa {thousand}"


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_no_two_numbers_sound_alike(locale: str) -> None:
    numbers = [*range(12_000), *range(99_000, 102_000), *range(999_900, 1_002_100)]
    assert len({say(number, locale) for number in numbers}) == len(set(numbers))


@pytest.mark.parametrize(
    "number", [1_000_000_000, -1_000_000_000, Decimal("NaN"), Decimal("Infinity"), Decimal("0.1234567")]
)
def test_what_cannot_be_said_is_refused(number: int | Decimal) -> None:
    with pytest.raises(ValueError, match=r"out of range|no number|decimals"):
        say(number, "es")


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown locale 'en'"):
        say(1, "en")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234.5", "S/ 1,234.50"),
        ("25", "S/ 25.00"),
        ("0", "S/ 0.00"),
        ("0.5", "S/ 0.50"),
        ("1000000", "S/ 1,000,000.00"),
        ("9.995", "S/ 10.00"),
        ("0.005", "S/ 0.01"),
        ("-12.3", "-S/ 12.30"),
        ("-0.001", "S/ 0.00"),
        ("1E+3", "S/ 1,000.00"),
    ],
)
def test_money(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


def test_money_refuses_what_is_no_amount() -> None:
    with pytest.raises(ValueError, match="no amount of money"):
        money(Decimal("NaN"))
    with pytest.raises(ValueError, match="no amount of money"):
        money(Decimal("Infinity"))


@pytest.mark.parametrize(
    ("amount", "spanish", "quechua"),
    [
        ("1", "un sol", "huk sol"),
        ("1.01", "un sol con un céntimo", "huk sol, huk céntimo"),
        ("21", "veintiún soles", "iskay chunka hukniyuq soles"),
        (
            "25.50",
            "veinticinco soles con cincuenta céntimos",
            "iskay chunka pichqayuq soles, pichqa chunka céntimos",
        ),
        ("0.50", "cincuenta céntimos", "pichqa chunka céntimos"),
        ("0", "cero soles", "chusaq soles"),
        ("41", "cuarenta y un soles", "tawa chunka hukniyuq soles"),
        ("101", "ciento un soles", "pachak hukniyuq soles"),
        ("200", "doscientos soles", "iskay pachak soles"),
        ("1000000", "un millón de soles", "huk hunu soles"),
        ("5350", "cinco mil trescientos cincuenta soles", "pichqa waranqa kimsa pachak pichqa chunka soles"),
        (
            "41.30",
            "cuarenta y un soles con treinta céntimos",
            "tawa chunka hukniyuq soles, kimsa chunka céntimos",
        ),
        ("-2", "menos dos soles", "menos iskay soles"),
    ],
)
def test_say_money(amount: str, spanish: str, quechua: str) -> None:
    assert say_money(Decimal(amount), "es") == spanish
    assert say_money(Decimal(amount), "qu") == quechua


@pytest.mark.parametrize(
    ("number", "feminine", "expected"),
    [
        (1, False, "un x"), (21, False, "veintiún xs"), (31, False, "treinta y un xs"), (1, True, "una x"),
        (21, True, "veintiuna xs"), (200, True, "doscientas xs"), (500, True, "quinientas xs"), (101, True, "ciento una xs"),
        (1_000_000, True, "un millón de xs"), (200_000_200, True, "doscientos millones doscientas xs"), (30, False, "treinta xs"),
    ],
)  # fmt: skip
def test_say_count_agrees_with_the_noun(number: int, feminine: bool, expected: str) -> None:
    assert say_count(number, "x", "xs", "es", feminine=feminine) == expected


@pytest.mark.parametrize(
    ("number", "spanish", "feminine", "quechua"),
    [
        (1, "primero", "primera", "huk ñiqi"),
        (2, "segundo", "segunda", "iskay ñiqi"),
        (3, "tercero", "tercera", "kimsa ñiqi"),
        (7, "séptimo", "séptima", "qanchis ñiqi"),
        (10, "décimo", "décima", "chunka ñiqi"),
        (11, "undécimo", "undécima", "chunka hukniyuq ñiqi"),
        (13, "décimo tercero", "décima tercera", "chunka kimsayuq ñiqi"),
        (20, "vigésimo", "vigésima", "iskay chunka ñiqi"),
        (21, "vigésimo primero", "vigésima primera", "iskay chunka hukniyuq ñiqi"),
        (99, "nonagésimo noveno", "nonagésima novena", "isqun chunka isqunniyuq ñiqi"),
    ],
)
def test_ordinal(number: int, spanish: str, feminine: str, quechua: str) -> None:
    assert ordinal(number, "es") == spanish
    assert ordinal(number, "es", feminine=True) == feminine
    assert ordinal(number, "qu") == quechua


@pytest.mark.parametrize("number", [0, 100, -1])
def test_ordinals_outside_their_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="use 1 to 99"):
        ordinal(number, "es")


def test_digits_are_said_one_by_one() -> None:
    assert digits("1800", "es") == "uno ocho cero cero"
    assert digits("18-00", "qu") == "huk pusaq chusaq chusaq"
