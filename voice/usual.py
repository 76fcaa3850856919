"""Figures written in other ways than Peru's usual one, rewritten in that before anything is read.

`10 000 soles` becomes 10,000, `1.234,50` becomes 1,234.50. Where a space may as well part two numbers, it stays.
"""

import re

from lenguas import numbers
from lenguas.normalise import fold
from voice.figures import MONTHS
from voice.pieces import Language

# --- a space or a point between the thousands --------------------------------------------------------------------

_SPACED = r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3}){1,2}(?:[.,]\d{1,2})?"
# No figure stands before or behind it: in a row of numbers none is the thousands of the next.
_ALONE_BEFORE = r"(?<![^\W_])(?<!\d[\s.,/:;'’–—-])"
_ALONE_BEHIND = r"(?![\d²]|[\s.,/:'’–—-]\d)"
_THOUSANDS = re.compile(rf"{_ALONE_BEFORE}(?:{_SPACED}\s?[–—-]\s?)?{_SPACED}{_ALONE_BEHIND}")
_POINTED = re.compile(r"(?<!\d)(?<!\d[.,])[1-9]\d{0,2}(?:\.\d{3}){1,2},\d{1,2}(?!\d|[.,]\d)")
_SIGN_BEFORE = re.compile(r"(?:S/\.?|PEN|USD|\$|€)\s?$")

# Behind these a figure is the name of something, and the next figure is another one.
_NAMES = (
    r"(?:c[oó]d(?:igos?|\.)|tributos?|tel[eé]f\w*\.?|telf?\.|cel\.|celular(?:es)?|whatsapp|dni|ruc|cuentas?|expedientes?|exp\.|"
    r"anexos?|l[ií]neas?|central(?:es)?|n\.?\s?[º°]|n[uú]meros?|nros?\.|ley(?:es)?|decretos?|art[ií]culos?|arts?\.|incisos?|"
    r"numeral(?:es)?|resoluci[oó]n(?:es)?|formularios?|formatos?|modelos?|pensi[oó]n|becas?|pasos?|pisos?|salas?|aulas?|mesas?|"
    r"m[oó]dulos?|ventanillas?|oficinas?|lotes?|grupos?|zonas?|rutas?|sector(?:es)?|etapas?|opci[oó]n(?:es)?|p[aá]ginas?|"
    r"cap[ií]tulos?|t[ií]tulos?|partidas?|series?|km\.?|kil[oó]metros?|nivel(?:es)?|tipos?|clases?|categor[ií]as?|"
    r"a[ñn]os?|sedes?|[ií]tems?|requisitos?|[aá]rea|jr\.|av\.|jir[oó]n|avenida|al|el|la|marca|llama|waqyay)"
)
_NAMED = re.compile(rf"\b{_NAMES}\s*:?\s*$", re.IGNORECASE)
# The same with other figures in between: los anexos 01, 02 y 03.
_NAMED_IN_A_ROW = re.compile(rf"\b{_NAMES}\s*:?\s*(?:\d[\d ]*(?:,|\sy|\so|\sutaq)\s)*$", re.IGNORECASE)
# In mid-sentence a capital begins a name, which may have a number of its own: Beca 18, Pensión 65.
_PROPER = re.compile(r"\w[^.:!?]*\s[A-ZÁÉÍÓÚÑ][^\W\d_]*\s*$")
_TELEPHONES = re.compile(r"tel[eé]f|celular|whatsapp|\bllam[ae]r?\b|waqya", re.IGNORECASE)
_MOBILE = re.compile(r"9\d\d(?:\s\d{3}){2}")

_NOUN = (
    r"(?!(?:ante|antes|con|de|del|delante|desde|entre|era|fue|gratis|hasta|las|los|más|menos|para|pero|por|que|sin|son|sus|una|"
    r"utaq)\b)[^\W\d_]{3,}"
)
# What is counted may be named with the last of them only: 1 200, 1 500 y 2 000 soles.
_MORE = rf"(?:(?:,|\s+(?:a|y|o|utaq))\s+{_SPACED}){{0,3}}"
_COUNTED = re.compile(rf"{_MORE}(?:\s+{_NOUN}|\s?(?:%|(?:kg|km|ha|m2|m²)(?![^\W_])))", re.IGNORECASE)
_MONEY = re.compile(rf"{_MORE}\s+(?:nuevos\s+)?(?:soles|dólares|euros)", re.IGNORECASE)
# A group that begins with nought is no number, and nobody takes the trouble of a narrow space for a list.
_SURE = re.compile(r"[\u00a0\u202f]\d| 0\d\d")
_WINDOW = 60


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _WINDOW) : match.start()]


def _after(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + _WINDOW]


def _is_one_number(match: re.Match[str]) -> bool:
    """Tell whether the groups are thousands: nothing else is written with 000, or counts soles or people so."""
    written, before, after = match.group(), _before(match), _after(match)
    if _MOBILE.fullmatch(written) or _NAMED.search(before) or _SIGN_BEFORE.search(before):
        return False
    if _MONEY.match(after):
        return bool(_SURE.search(written)) or not _PROPER.search(before)
    if _TELEPHONES.search(before) or _NAMED_IN_A_ROW.search(before):
        return False
    return bool(_SURE.search(written) or (_COUNTED.match(after) and not _PROPER.search(before)))


def _with_commas(written: str) -> str:
    """`1 234,50` and `1.234,50` are 1,234.50: what parts the last one or two figures is the decimal mark."""
    return re.sub(r",(?=\d{1,2}(?!\d))", ".", re.sub(r"[ \u00a0\u202f.](?=\d{3})", "\0", written)).replace(
        "\0", ","
    )


def _thousands(match: re.Match[str]) -> str:
    return _with_commas(match.group()) if _is_one_number(match) else match.group()


# --- counts as forms write them: 05 (cinco) días -------------------------------------------------------------------

_IN_WORDS_TOO = re.compile(
    rf"{_ALONE_BEFORE}(?P<figure>\d{{1,3}})\s?\((?P<words>[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){{0,4}})\)(?=\s)"
)
_DAY_OF_MONTH = re.compile(
    rf"{_ALONE_BEFORE}0(?=[1-9](?:\s+(?:y|o|al?)\s+\d{{1,2}})?\s+de\s+(?:{MONTHS})\b)", re.IGNORECASE
)
_NOUGHT = re.compile(rf"{_ALONE_BEFORE}0(?=[1-9](?:\s+(?:a|o|y)\s+\d{{1,2}})?\s+{_NOUN})", re.IGNORECASE)

_NAME_BEHIND = re.compile(r"\d\s+[A-ZÁÉÍÓÚÑ][a-záéíóúñ]")


def _said_once(match: re.Match[str], language: Language) -> str:
    """Leave out the words in brackets where they are the figure itself."""
    number = int(match["figure"])
    said = {numbers.say(number, language), numbers.say_count(number, "", "", language).strip()}
    said.add(numbers.say_count(number, "", "", language, feminine=True).strip())
    same = fold(match["words"]) in {fold(words) for words in said}
    return str(number) if same and not _NAMED_IN_A_ROW.search(_before(match)) else match.group()


def _without_nought(match: re.Match[str]) -> str:
    """Nobody counts with a nought; the number of a zone or of a window keeps its own."""
    before = _before(match)
    named = _NAMED_IN_A_ROW.search(before) or _PROPER.search(before) or _NAME_BEHIND.match(_after(match))
    return match.group() if named else ""


def usual(sentence: str, language: Language) -> str:
    """Return a sentence with its figures as Peru writes them."""
    if not any(character.isdigit() for character in sentence):
        return sentence
    once = _IN_WORDS_TOO.sub(lambda match: _said_once(match, language), sentence)
    counted = _NOUGHT.sub(_without_nought, _DAY_OF_MONTH.sub("", once))
    pointed = _POINTED.sub(lambda match: _with_commas(match.group()), counted)
    return _THOUSANDS.sub(_thousands, pointed)
