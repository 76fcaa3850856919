"""Numbers and amounts in words, in Spanish as spoken in Peru and in Southern Quechua.

Quechua joins the last unit to its tens with -yuq, -niyuq after a consonant (chunka qanchisniyuq is 17), as in
Peru's unified Quechua; million is `hunu`.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

LARGEST = 999_999_999
_MOST_DECIMALS = 6
_CENT = Decimal("0.01")

_ES_SMALL = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_ES_TENS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_ES_HUNDREDS = (
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
)
_QU_UNITS = ("chusaq", "huk", "iskay", "kimsa", "tawa", "pichqa", "suqta", "qanchis", "pusaq", "isqun")


def _es_below_hundred(number: int) -> str:
    if number < len(_ES_SMALL):
        return _ES_SMALL[number]
    tens, unit = divmod(number, 10)
    return f"{_ES_TENS[tens]} y {_ES_SMALL[unit]}" if unit else _ES_TENS[tens]


def _es_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _es_below_hundred(rest)
    if not rest:
        return "cien" if hundreds == 1 else _ES_HUNDREDS[hundreds]
    return f"{_ES_HUNDREDS[hundreds]} {_es_below_hundred(rest)}"


def _before_noun(words: str) -> str:
    """Shorten a final `uno` as Spanish does before a masculine noun: veintiún mil, treinta y un soles."""
    if words.endswith("veintiuno"):
        return words.removesuffix("veintiuno") + "veintiún"
    return words.removesuffix("o") if words == "uno" or words.endswith(" uno") else words


def _feminine(words: str) -> str:
    """Agree with a feminine noun: una hora, doscientas oficinas, veintiuna."""
    millions, marker, rest = words.rpartition("mill")  # these are masculine themselves: doscientos millones
    agreed = rest.replace("cientos", "cientas").replace("quinientos", "quinientas")
    agreed = agreed.removesuffix("o") + "a" if agreed.endswith("uno") else agreed
    return millions + marker + agreed


def _es_cardinal(number: int) -> str:
    millions, below_million = divmod(number, 1_000_000)
    thousands, rest = divmod(below_million, 1000)
    parts = []
    if millions:
        parts.append("un millón" if millions == 1 else f"{_before_noun(_es_cardinal(millions))} millones")
    if thousands:
        parts.append("mil" if thousands == 1 else f"{_before_noun(_es_below_thousand(thousands))} mil")
    if rest or not parts:
        parts.append(_es_below_thousand(rest))
    return " ".join(parts)


def having(word: str) -> str:
    """Return a Quechua word with -yuq (having), which is -niyuq after a consonant."""
    return f"{word}yuq" if word[-1] in "aiu" else f"{word}niyuq"


def _qu_below_hundred(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    words = [] if not tens else ["chunka"] if tens == 1 else [_QU_UNITS[tens], "chunka"]
    if unit:
        words.append(_QU_UNITS[unit] if not tens else having(_QU_UNITS[unit]))
    return words


def _qu_below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [] if not hundreds else ["pachak"] if hundreds == 1 else [_QU_UNITS[hundreds], "pachak"]
    below = _qu_below_hundred(rest)
    if hundreds and 0 < rest < 10:
        below = [having(below[0])]
    return words + below


def _qu_cardinal(number: int) -> str:
    if not number:
        return _QU_UNITS[0]
    millions, below_million = divmod(number, 1_000_000)
    thousands, rest = divmod(below_million, 1000)
    words = [*_qu_below_thousand(millions), "hunu"] if millions else []
    if thousands:
        words += ["waranqa"] if thousands == 1 else [*_qu_below_thousand(thousands), "waranqa"]
    below = _qu_below_thousand(rest)
    if words and 0 < rest < 10:
        below = [having(below[0])]
    return " ".join(words + below)


def _check_locale(locale: str) -> None:
    if locale not in ("es", "qu"):
        raise ValueError(f"unknown locale {locale!r}: use 'es' or 'qu'")


def _cardinal(number: int, locale: str) -> str:
    _check_locale(locale)
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is out of range: say it digit by digit or keep within ±{LARGEST}")
    return _es_cardinal(number) if locale == "es" else _qu_cardinal(number)


def digits(text: str, locale: str) -> str:
    """Return the digits of `text` one by one in words, as a phone number is said; other characters go."""
    return " ".join(_cardinal(int(digit), locale) for digit in text if digit in "0123456789")


def _decimals(fraction: str, locale: str) -> str:
    """Say decimals: leading zeros one by one, the rest as a number (3.05 is tres punto cero cinco)."""
    significant = fraction.lstrip("0")
    zeros = digits("0" * (len(fraction) - len(significant)), locale)
    return " ".join(filter(None, (zeros, _cardinal(int(significant), locale))))


def say(number: int | Decimal, locale: str) -> str:
    """Return a number in words (`es` or `qu`), zeros after the last decimal left out.

    Raises ValueError beyond ±999,999,999, for more than six decimals, NaN and unknown locales.
    """
    value = Decimal(number)
    if not value.is_finite():
        raise ValueError(f"{number} is no number that can be said: pass a finite one")
    whole, _, fraction = f"{abs(value):f}".partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > _MOST_DECIMALS:
        raise ValueError(f"{number} has more than {_MOST_DECIMALS} decimals: round it first")
    words = _cardinal(int(whole), locale)
    if fraction:
        words = f"{words} punto {_decimals(fraction, locale)}"
    return f"menos {words}" if value < 0 else words


_ES_ORDINAL_UNITS = [
    "",
    "primero",
    "segundo",
    "tercero",
    "cuarto",
    "quinto",
    "sexto",
    "séptimo",
    "octavo",
    "noveno",
]
_ES_ORDINAL_TENS = (
    "",
    "décimo",
    "vigésimo",
    "trigésimo",
    "cuadragésimo",
    "quincuagésimo",
    "sexagésimo",
    "septuagésimo",
    "octogésimo",
    "nonagésimo",
)
_ES_ORDINAL_WHOLE = {11: "undécimo", 12: "duodécimo"}


def ordinal(number: int, locale: str, *, feminine: bool = False) -> str:
    """Return an ordinal from 1 to 99 in words: `segundo`, `segunda`, `iskay ñiqi`.

    Raises ValueError outside that range.
    """
    _check_locale(locale)
    if not 1 <= number <= 99:
        raise ValueError(f"no ordinal for {number}: use 1 to 99")
    if locale == "qu":
        return f"{_qu_cardinal(number)} ñiqi"
    tens, unit = divmod(number, 10)
    plain = _ES_ORDINAL_WHOLE.get(number) or f"{_ES_ORDINAL_TENS[tens]} {_ES_ORDINAL_UNITS[unit]}".strip()
    return " ".join(word[:-1] + "a" for word in plain.split()) if feminine else plain


def say_count(number: int, singular: str, plural: str, locale: str, *, feminine: bool = False) -> str:
    """Return a number with what is counted: `un día`, `veintiún días`, `una hora`, `iskay punchaw`."""
    words = say(number, locale)
    if locale == "es":
        words = _feminine(words) if feminine else _before_noun(words)
        if words.endswith(("millón", "millones")):
            words += " de"
    return f"{words} {singular if abs(number) == 1 else plural}"


def _rounded(amount: Decimal) -> Decimal:
    try:
        rounded = Decimal(amount).quantize(_CENT, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        rounded = Decimal("NaN")
    if rounded.is_nan():
        raise ValueError(f"{amount} is no amount of money: pass a finite one of at most 25 figures")
    return rounded


def say_money(amount: Decimal, locale: str) -> str:
    """Return an amount of soles in words: `veinticinco soles con cincuenta céntimos`.

    The currency keeps its official names in Quechua. Raises ValueError as `say` does.
    """
    rounded = _rounded(amount)
    soles, cents = divmod(int(abs(rounded) * 100), 100)
    sign = "menos " if rounded < 0 else ""
    spoken = say_count(soles, "sol", "soles", locale)
    if not cents:
        return sign + spoken
    spoken_cents = say_count(cents, "céntimo", "céntimos", locale)
    if not soles:
        return sign + spoken_cents
    return f"{sign}{spoken} con {spoken_cents}" if locale == "es" else f"{sign}{spoken}, {spoken_cents}"


def money(amount: Decimal) -> str:
    """Return an amount as Peru writes it, always with céntimos: `S/ 1,234.50`.

    Half a céntimo is rounded up. Raises ValueError for NaN and infinities.
    """
    rounded = _rounded(amount)
    return f"{'-' if rounded < 0 else ''}S/ {abs(rounded):,.2f}"
