"""Numbers as they are said: counts, codes digit by digit, telephones, ordinals, percentages, ranges, sizes."""

import re
from decimal import Decimal

from lenguas import numbers
from voice.pieces import Language, Piece, Rule
from voice.quechua import is_spanish_name, is_suffix

# Behind a lone nought a comma is the decimal mark: 0,125.
NUMBER = r"(?!0,)\d{1,3}(?:[,'’]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"
_END = r"(?![^\W_]|[.,]\d)"

_THOUSANDS = re.compile(r"(?!0,)\d{1,3}(?:[,'’]\d{3})+(?:\.\d+)?")
_DOTTED_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def value(written: str) -> Decimal:
    """Return the value of a figure as Peru writes it: 1,234.50; also 1'234,567, 1.500 and 12,5."""
    if _THOUSANDS.fullmatch(written):
        return Decimal(re.sub(r"[,'’]", "", written))
    if _DOTTED_THOUSANDS.fullmatch(written):
        return Decimal(written.replace(".", ""))
    return Decimal(written.replace(",", "."))


# Nouns that follow a number in what the institution writes: feminine ones, and endings that make one.
_FEMININE = re.compile(
    r"(?:\w+(?:as?|ción|ciones|sión|siones|dad|dades|tud|tudes)|veces|vez|fotos?|motos?|manos?|sedes?|imágenes|imagen|partes?|clases?|"
    r"tardes?|noches?|claves?|firmas?|uit)",
    re.IGNORECASE,
)
_MASCULINE = re.compile(r"(?:días?|programas?|sistemas?|problemas?|mapas?|idiomas?|trámites?)", re.IGNORECASE)
# After these a number stands alone: uno de cada diez, 21 y 22.
_NO_NOUN = frozenset(
    "a al ante con de del desde e el en entre es era fue hasta la las lo los más menos ni o para pero por puede que "
    "se si sin son su sus u un una y ya".split()
)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")


def _es_count(number: int, after: str) -> str:
    """Say a number in agreement with the noun after it: un día, veintiuna horas, doscientas personas."""
    following = _NEXT_WORD.match(after)
    noun = following.group(1) if following else ""
    if not noun or noun.lower() in _NO_NOUN:
        return numbers.say(number, "es")
    feminine = bool(_FEMININE.fullmatch(noun)) and not _MASCULINE.fullmatch(noun)
    return numbers.say_count(number, "", "", "es", feminine=feminine).strip()


_GROUPS = {7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (3, 3, 4), 11: (2, 3, 3, 3)}


def digit_by_digit(written: str, language: Language) -> str:
    """Say digits one by one, in the groups they are written in; long ones unbroken are put in groups.

    `00522` is cero cero cinco dos dos; `987654321`, three groups of three with a pause between.
    """
    groups = re.findall(r"\d+", written)
    if len(groups) == 1 and len(groups[0]) > 6:
        groups = _in_groups(groups[0])
    return ", ".join(numbers.digits(group, language) for group in groups)


def _in_groups(run: str) -> list[str]:
    sizes = list(_GROUPS.get(len(run), ())) or [3] * -(-len(run) // 3)
    groups, at = [], 0
    for size in sizes:
        groups.append(run[at : at + size])
        at += size
    return groups


def spoken(written: str, language: Language, after: str = "") -> str:
    """Say a figure: a count in agreement with `after`, a decimal, or digits where it is no count at all."""
    if re.fullmatch(r"0\d+", written) or len(re.sub(r"\D", "", written.partition(".")[0])) > 9:
        return digit_by_digit(written, language)
    if written.isdecimal() and len(written) > 6:
        return digit_by_digit(written, language)
    number = value(written)
    if language == "es" and number == number.to_integral_value():
        return _es_count(int(number), after)
    try:
        return numbers.say(number, language)
    except ValueError:
        return digit_by_digit(written, language)


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + 40]


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 60) : match.start()]


# --- telephones and codes -----------------------------------------------------------------------------------

_TELEPHONE = re.compile(
    r"""
    (?: \+\d{1,3}[\s-]?\(?\d{1,3}\)?(?:[\s-]?\d{2,4}){2,4}    # +51 1 315 4000
      | \(0?\d{1,2}\)\s?\d{3}[\s-]?\d{3,4}                    # (01) 315-4000
      | 0\d{1,2}[\s-]\d{3}[\s-]?\d{3,4}                       # 01 315-4000, 084 234567
      | 0[\s-]?80[01][\s-]?\d[\s-]?\d{2}[\s-]?\d{2}           # 0800-10828
      | 9\d{2}[\s-]\d{3}[\s-]\d{3}                            # 987 654 321
      | \d{3}[\s-]\d{4}                                       # 315-4000
    )(?!\d|[-/.,]\d)
    """,
    re.VERBOSE,
)
_CODE_BEFORE = re.compile(
    r"(?:c[oó]d(?:igo|\.)\w*|c[oó]digo\s+de\s+\w+|tributo)\s*(?:n\.?\s?[º°]|número|es|el|:)*\s*$",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(r"(?:\s*(?:,|\by\b|\butaq\b)\s*\d+){0,6}\s+c[oó]digo", re.IGNORECASE)
# The second and every further one of a row: códigos 3571, 3572 y 3573.
_CODES_BEFORE = re.compile(
    r"\bc[oó]digos\s*:?\s+\d+(?:\s*(?:,|\by\b|\bo\b)\s*\d+){0,6}\s*(?:,|\by\b|\bo\b)\s*$", re.IGNORECASE
)
_YEARS = re.compile(r"(?:19|20)\d\d[\s-](?:19|20)\d\d")


def _ends_or_has_suffix(match: re.Match[str], language: Language) -> bool:
    """Tell whether no letters follow, or a Quechua suffix: 987 654 321man."""
    letters = re.match(r"[^\W\d_]*", _after(match))
    rest = letters.group() if letters else ""
    return not rest or (language == "qu" and is_suffix(rest, "a"))


def _telephone(match: re.Match[str], language: Language) -> list[Piece] | None:
    if _YEARS.fullmatch(match.group()) or not _ends_or_has_suffix(match, language):
        return None
    plus = ("más " if language == "es" else "") if match.group().startswith("+") else ""
    return [Piece(plus + digit_by_digit(match.group(), language))]


def _noun_after(match: re.Match[str]) -> str:
    following = _NEXT_WORD.match(_after(match))
    noun = following.group(1) if following else ""
    return "" if noun.lower() in _NO_NOUN else noun


def _code(match: re.Match[str], language: Language) -> list[Piece] | None:
    written = match.group()
    coded = (
        _CODE_BEFORE.search(_before(match))
        or _CODE_AFTER.match(_after(match))
        or (_CODES_BEFORE.search(_before(match)) and not _noun_after(match))
    )
    if written.startswith("0") or (coded and len(written) > 2) or len(written) > 6:
        return [Piece(digit_by_digit(written, language))]
    return None


# --- ordinals, percentages, fractions, sizes ----------------------------------------------------------------

_ORDINAL = re.compile(
    r"(\d{1,3})\.?\s?([ºª°]|er(?=\b)|ros?\b|dos?\b|tos?\b|v[oa]\b|m[oa]\b|n[oa]\b|ras?\b|das?\b|tas?\b)"
)


def _ordinal(match: re.Match[str], language: Language) -> list[Piece] | None:
    number, mark = int(match.group(1)), match.group(2)
    is_sign = mark in "ºª°"
    if language == "qu" and not is_sign:
        return None
    if not 1 <= number <= 99:
        return [Piece(spoken(match.group(1), language))]
    if not is_sign and match.group(1) + mark != match.group().replace(".", ""):
        return None
    said = numbers.ordinal(number, language, feminine=mark == "ª" or mark.rstrip("s").endswith("a"))
    following = _NEXT_WORD.match(_after(match)) if mark in "º°" else None
    shortened = mark == "er" or (following and following.group(1).lower() not in _NO_NOUN)
    return [Piece(said[:-1] if shortened and said.endswith("ero") else said)]


_PERCENT = re.compile(rf"({NUMBER})\s?%")


def _percent(match: re.Match[str], language: Language) -> list[Piece] | None:
    if language == "es":
        return [Piece(f"{spoken(match.group(1), 'es')} por ciento")]
    return [Piece(f"pachakmanta {spoken(match.group(1), 'qu')}")]


_FRACTION = re.compile(rf"(\d{{1,3}})\s?/\s?(\d{{1,3}}){_END}(?!/)")
_NAMED_FRACTIONS = {
    "1/2": "medio",
    "1/3": "un tercio",
    "2/3": "dos tercios",
    "1/4": "un cuarto",
    "3/4": "tres cuartos",
}


def _fraction(match: re.Match[str], language: Language) -> list[Piece] | None:
    first, second = match.groups()
    if language == "es" and (named := _NAMED_FRACTIONS.get(f"{first}/{second}")):
        feminine = named == "medio" and _FEMININE.fullmatch(_noun_after(match))
        return [Piece("media" if feminine else named)]
    return [Piece(f"{spoken(first, language)}, {spoken(second, language)}")]


# unit as written: (singular, plural, feminine); said in Spanish inside Quechua too, as they are in use
_UNITS = {
    "kg": ("kilo", "kilos", False),
    "g": ("gramo", "gramos", False),
    "km": ("kilómetro", "kilómetros", False),
    "m": ("metro", "metros", False),
    "m2": ("metro cuadrado", "metros cuadrados", False),
    "m²": ("metro cuadrado", "metros cuadrados", False),
    "cm": ("centímetro", "centímetros", False),
    "mm": ("milímetro", "milímetros", False),
    "ha": ("hectárea", "hectáreas", True),
    "min": ("minuto", "minutos", False),
    "h": ("hora", "horas", True),
    "hrs": ("hora", "horas", True),
    "hr": ("hora", "horas", True),
    "kB": ("kilobyte", "kilobytes", False),
    "KB": ("kilobyte", "kilobytes", False),
    "MB": ("megabyte", "megabytes", False),
    "GB": ("gigabyte", "gigabytes", False),
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SIZE = re.compile(rf"({NUMBER})\s?({_UNIT})(?![^\W_²])\.?(?!\S*@)")
# What a range is of, read with it: 5-10%, 10-15 min. 8-12 m. is until noon.
_OF = rf"\s?(?:(?P<percent>%)|(?!m\.)(?P<unit>{_UNIT})(?![^\W_²])\.?(?!\S*@))"
_BY = re.compile(r"(\d+(?:[.,]\d+)?)\s?[x×]\s?(?=\d)")


def _size(match: re.Match[str], language: Language) -> list[Piece] | None:
    singular, plural, feminine = _UNITS[match.group(2)]
    number = value(match.group(1))
    if number != number.to_integral_value():
        return [Piece(f"{spoken(match.group(1), language)} {plural}")]
    return [Piece(numbers.say_count(int(number), singular, plural, language, feminine=feminine))]


def _by(match: re.Match[str], language: Language) -> list[Piece] | None:
    return [Piece(f"{spoken(match.group(1), language)} por ")]


# --- norms, ranges, plain numbers ---------------------------------------------------------------------------

_NORM = re.compile(r"(\d{1,6})-((?:19|20)\d\d)(?![^\W_]|[-/]\d)(?P<more>[-/](?=[A-ZÑ]))?")
_NORM_BEFORE = re.compile(r"(?:n\.?\s?[º°]|número|ley|decreto|resolución|expediente)\s*$", re.IGNORECASE)
_SECTION = re.compile(rf"\d{{1,3}}(?:\.\d{{1,3}}){{2,}}{_END}")
_RANGE = re.compile(rf"(\d{{1,4}})\s?[–—-]\s?(\d{{1,4}})(?:{_OF}|(?:-(?=\s))?{_END}(?!-))")
_OF_A_NORM = re.compile(
    r"\b(?:(?:arts?|incs?|num|núm|nro|págs?|cap|lte?|mz|av|jr|n)\.\s?[º°]?|n[º°]|ley|artículo|numeral|anexo)\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?:{NUMBER})(?![.,]\d)")


def _norm(match: re.Match[str], language: Language) -> list[Piece] | None:
    """Say the number of a norm with pauses, as it is read out: 016-2009-MTC."""
    number, year, more = match.groups()
    if not more and number[0] != "0" and not _NORM_BEFORE.search(_before(match)):
        return None  # a telephone, or a range of years
    return [Piece(f"{spoken(number, language)}, {spoken(year, language)}{', ' if more else ''}")]


def _section(match: re.Match[str], language: Language) -> list[Piece] | None:
    return [Piece(" punto ".join(spoken(part, language) for part in match.group().split(".")))]


def _range(match: re.Match[str], language: Language) -> list[Piece] | None:
    first, last = int(match.group(1)), int(match.group(2))
    if match.group().startswith("0") or first >= last:
        return None
    _singular, unit, feminine = _UNITS[match["unit"]] if match["unit"] else ("", "", False)
    if language == "qu":
        percent = "pachakmanta " if match["percent"] else ""
        said = f"{percent}{numbers.say(first, 'qu')}manta {numbers.say(last, 'qu')}kama"
        return [Piece(f"{said} {unit}".rstrip())]
    said_before = re.search(r"\b(?:de|del|entre|desde)\s+$", _before(match), re.IGNORECASE)
    link = "y" if said_before and "entre" in said_before.group().lower() else "a"
    if match["unit"]:
        bounds = [numbers.say_count(number, "", unit, "es", feminine=feminine) for number in (first, last)]
        bounds[0] = bounds[0].removesuffix(unit).rstrip()
    else:
        bounds = [_es_count(number, "" if match["percent"] else _after(match)) for number in (first, last)]
    percent = " por ciento" if match["percent"] else ""
    return [Piece(f"{'' if said_before else 'de '}{bounds[0]} {link} {bounds[1]}{percent}")]


def _number(match: re.Match[str], language: Language) -> list[Piece] | None:
    written = match.group()
    if not _ends_or_has_suffix(match, language):
        return None  # letters and figures in one: 10s
    if language == "qu" and (is_spanish_name(_before(match)) or _OF_A_NORM.search(_before(match))):
        return [Piece(spoken(written, "es"), "es")]  # Pensión 65, Formulario 1010: part of a Spanish name
    if (
        language == "es"
        and written == "1"
        and re.match(rf"\s+de\s+(?:{MONTHS})\b", _after(match), re.IGNORECASE)
    ):
        return [Piece("primero")]
    return [Piece(spoken(written, language, _after(match)))]


MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"

_QUECHUA_RANGE = re.compile(rf"(\d{{1,4}})\s+a\s+(\d{{1,4}})(?:{_OF}|{_END})")


def _quechua_range(match: re.Match[str], language: Language) -> list[Piece] | None:
    return _range(match, language) if language == "qu" else None


RULES = (
    Rule(_PERCENT, _percent),
    Rule(_NORM, _norm),
    Rule(_TELEPHONE, _telephone),
    Rule(_SECTION, _section),
    Rule(_BY, _by),
    Rule(_SIZE, _size),
    Rule(_ORDINAL, _ordinal),
    Rule(_FRACTION, _fraction),
    Rule(_RANGE, _range),
    Rule(_QUECHUA_RANGE, _quechua_range),
    Rule(re.compile(r"\d+(?![^\W_]|[.,:/-]?\d)"), _code),
    Rule(_NUMBER, _number),
)
