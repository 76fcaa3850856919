"""Amounts of money as they are said."""

import re
from decimal import Decimal

from lenguas import numbers
from voice.figures import NUMBER, value
from voice.pieces import Language, Piece, Rule

_MILLIONS = r"(?:\s?(?P<millions>mill[oó]n(?:es)?)(?:\s+de)?)?"
# The longer figure first: S/ 1 234.50 is one amount.
_SPACED = r"(?P<spaced>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d))"
_AMOUNT = re.compile(
    rf"(?P<sign>S/\.?|PEN|US\$|USD|\$|€)\s?(?:{_SPACED}|(?P<figure>{NUMBER})){_MILLIONS}"
    r"(?:\s+(?:nuevos\s+)?(?:soles|dólares)\b)?(?![\d]|[.,]\d)"
)
# Quechua only: in Spanish the dash itself is "a". Before a noun the second figure counts that: S/ 5 – 2 punchaw.
_FROM_TO = re.compile(
    rf"(?P<sign>S/\.?|PEN|US\$|USD|\$|€)\s?(?P<figure>{NUMBER})\s?[–—-]\s?(?P<last>{NUMBER})"
    r"(?:\s+(?:soles|dólares)\b|(?=\s+qullqi|\s*(?:$|[;:)]|[.,](?!\d))))"
)
_SOLES_AFTER = re.compile(rf"(?P<figure>{NUMBER})\s+(?:nuevos\s+)?soles\b")

# sign: (singular, plural, singular of the hundredth, its plural)
_OTHERS = {
    "US$": ("dólar", "dólares", "centavo", "centavos"),
    "USD": ("dólar", "dólares", "centavo", "centavos"),
    "$": ("dólar", "dólares", "centavo", "centavos"),
    "€": ("euro", "euros", "céntimo", "céntimos"),
}
_PLURALS = {
    "S/": "soles",
    "S/.": "soles",
    "PEN": "soles",
    "$": "dólares",
    "US$": "dólares",
    "USD": "dólares",
    "€": "euros",
}


def _figure(match: re.Match[str]) -> Decimal:
    spaced = match.groupdict().get("spaced")
    return value(re.sub(r"\s", "", spaced).replace(",", ".")) if spaced else value(match["figure"])


def _say_other(amount: Decimal, sign: str, language: Language) -> str:
    singular, plural, cent, cents = _OTHERS[sign]
    whole, hundredths = divmod(int(amount * 100), 100)
    said = numbers.say_count(whole, singular, plural, language)
    if not hundredths:
        return said
    link = " con " if language == "es" else ", "
    return said + link + numbers.say_count(hundredths, cent, cents, language)


def _say_millions(amount: Decimal, sign: str, language: Language) -> str:
    plural = _PLURALS[sign]
    return numbers.say_count(int(amount * 1_000_000), plural, plural, language)


def _amount(match: re.Match[str], language: Language) -> list[Piece] | None:
    amount, sign = _figure(match), match["sign"]
    try:
        if match["millions"]:
            return [Piece(_say_millions(amount, sign, language))]
        if sign in _OTHERS:
            return [Piece(_say_other(amount, sign, language))]
        return [Piece(numbers.say_money(amount, language))]
    except ValueError:
        return None  # beyond what can be said as a number: the figures are then read as figures


def _from_to(match: re.Match[str], language: Language) -> list[Piece] | None:
    first, last = value(match["figure"]), value(match["last"])
    whole = first == first.to_integral_value() and last == last.to_integral_value()
    if language == "es" or not whole or first >= last:
        return None
    try:
        said = f"{numbers.say(first, 'qu')}manta {numbers.say(last, 'qu')}kama"
    except ValueError:
        return None
    return [Piece(f"{said} {_PLURALS[match['sign']]}")]


def _soles_after(match: re.Match[str], language: Language) -> list[Piece] | None:
    try:
        return [Piece(numbers.say_money(value(match["figure"]), language))]
    except ValueError:
        return None


RULES = (Rule(_FROM_TO, _from_to), Rule(_AMOUNT, _amount), Rule(_SOLES_AFTER, _soles_after))
