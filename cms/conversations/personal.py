"""Personal data in what people write: found by shape and by the words around it, and covered with asterisks.

What stays are amounts, norms, the RUC of entities, expedientes, codes of payment: they look alike, and the word before
tells. In doubt a number of eight digits is a DNI. See docs/adr/0010-personal-data-apart.md.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lenguas.normalise import fold

COVER = "*"
MAIL_COVER = "***@***"
WORDS_LOOKED_BACK = 6
WORDS_LOOKED_AHEAD = 2


class Kind(StrEnum):
    IDENTITY = "dni"
    FOREIGNER = "ce"
    PHONE = "telefono"
    MAIL = "correo"
    CARD = "tarjeta"
    RUC = "ruc"
    ACCESS = "clave"
    ACCOUNT = "cuenta"


@dataclass(frozen=True, slots=True)
class Masked:
    """The text that stays, and what was covered in it."""

    text: str
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    kind: Kind


# What the word before a number says it is. Beginnings of words, folded: Quechua adds its suffixes to them.
_IDENTITY = ("dni", "documento", "identi", "libreta", "cedula", "reniec")
_FOREIGNER = ("extranjer", "pasaporte", "ptp", "cpp")
_PHONE = (
    "telef", "tlf", "telf", "fono", "celu", "whats", "wasap", "watsap", "guasap", "llam", "contact", "qaya", "movil",
    "waqya", "marca",
)  # fmt: skip
_CARD = ("tarjeta", "visa", "mastercard", "amex", "debito", "credito")
# These name numbers that are nobody's own, or that one needs to be helped.
_KEPT = (
    "expedient", "codig", "tasa", "recib", "ruc", "ley", "decret", "resoluc", "operac", "orden", "ticket", "tramit",
    "suministr", "partid", "titul", "solicit", "cita", "reserv", "ficha", "caso", "mont", "sol", "pag", "placa", "seri",
    "cui", "liquidac", "papelet", "acta", "anex", "bolet", "factur", "hoja", "registr", "vouch", "constanc", "norma",
    "directiv", "ordenanz", "articul", "cargo", "cuest", "cost", "precio", "chani", "deb", "total", "multa", "sentenc",
    "folio", "catastr", "medidor", "lote", "rd", "rm", "rj", "ds", "du", "dl", "tupa", "carta", "oficio", "memo",
    "informe", "mesa", "qullqi",
)  # fmt: skip
_WHOLE = {
    "ce": _FOREIGNER,
    "tel": _PHONE,
    "cel": _PHONE,
    "cell": _PHONE,
    "exp": _KEPT,
    "cod": _KEPT,
    "s/": _KEPT,
}
_CLASSES = (
    ("identity", _IDENTITY),
    ("foreigner", _FOREIGNER),
    ("phone", _PHONE),
    ("card", _CARD),
    ("kept", _KEPT),
)

_WORD = re.compile(r"s/|[^\W\d_]+(?:\.[^\W\d_]+)*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[;?!\n]|\.(?=\s+[A-ZÁÉÍÓÚÑ])")
# Quechua writes its suffixes onto the number.
_BEFORE, _AFTER = r"(?<![^\Wºª])(?<![.,/*-])", r"(?![\dA-Z_]|[.,/-]\d)"
_GAP = r"[ .\-]"

# Before the @ stand 64 characters at most (RFC 5321): a row of thousands is not read again from each of them.
_MAIL = re.compile(r"[\w.+\-]{1,64}\s?@\s?[\w\-]+(?:\.[\w\-]+)+")
_SPOKEN_MAIL = re.compile(
    r"[\w.+\-]{1,64}(?: punto [\w\-]{1,64})? arroba [\w\-]+(?:(?: punto |\.)[a-z]{2,})+", re.IGNORECASE
)
_PUBLIC_HOSTS = (".gob.pe", ".mil.pe", ".edu.pe")
_CARD_NUMBER = re.compile(
    rf"{_BEFORE}(?:\d{{4}}[ \-]?\d{{4}}[ \-]?\d{{4}}[ \-]?\d{{1,7}}|3\d{{3}}[ \-]?\d{{6}}[ \-]?\d{{5}}){_AFTER}"
)
_CARD_CODE = re.compile(r"(?<=\b)(?:cvv|cvc|cv2)\W{0,4}(?:es\W{0,2})?(\d{3,4})\b", re.IGNORECASE)
_OWN_RUC = re.compile(rf"{_BEFORE}1[057]\d{{9}}{_AFTER}")
_MOBILE = re.compile(
    rf"(?<![^\Wºª])(?<![.,/*])(?:\(?\+?51\)?[ \-]?)?(?:9\d{{8}}|9\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{3}}|9\d{_GAP}\d{{3}}{_GAP}\d{{4}}"
    rf"|9\d{{3}}{_GAP}\d{{5}}|9\d{{4}}{_GAP}\d{{4}}|9\d{{2}}{_GAP}\d{{6}}|9\d{{2}}(?:{_GAP}\d{{2}}){{3}}){_AFTER}"
)
_LANDLINE = re.compile(
    rf"(?<![^\Wºª])(?<![.,/*])(?:\(0?\d{{1,2}}\)[ \-]?|0\d{{1,2}}[ \-])\d{{3}}[ \-]?\d{{3,4}}{_AFTER}"
    rf"|{_BEFORE}\d{{3}}[ \-]?\d{{3,4}}{_AFTER}"
)
_FOREIGN_PHONE = re.compile(rf"(?<!\w)\+(?:\d[ \-]?){{7,14}}\d{_AFTER}")
_DNI = re.compile(
    rf"{_BEFORE}(?:\d{{8}}|\d{{2}}[. ]\d{{3}}[. ]\d{{3}}|\d{{4}}[ \-.]\d{{4}}|(?:\d{{2}}[ \-]){{3}}\d{{2}})"
    rf"(?:\s?-\s?[\dA-K])?{_AFTER}"
)
# With its letter of control written onto it.
_DNI_LETTER = re.compile(rf"{_BEFORE}\d{{8}}[A-Ka-k](?![^\W_])")
# A bank's groups: its own accounts and those between banks.
_ACCOUNT = re.compile(rf"{_BEFORE}(?:\d{{3}}-\d{{7,8}}-\d-\d{{2}}|\d{{3}}-\d{{3}}-\d{{12}}-\d{{2}}){_AFTER}")
_SECRET = re.compile(
    r"\b(?:clave|contraseña|contrasena|password|pin)(?: (?:sol|dinámica|dinamica|web|secreta|del?(?: la| mi)? \w+))?"
    r"(?: es|\s?[:=])\s?[«\"']?([^\s«»\"']+)",
    re.IGNORECASE,
)
_NEARLY_DNI = re.compile(rf"{_BEFORE}(?:\d{{7}}|\d{{9}}|\d{{2}}'\d{{3}}'\d{{3}}|\d(?: \d){{7}}){_AFTER}")
_CE = re.compile(rf"{_BEFORE}00\d{{7}}{_AFTER}")
_CODE_OF_PERSON = re.compile(rf"{_BEFORE}(?:[A-Za-z]{{1,3}}-?)?\d{{6,12}}{_AFTER}")
_DIGIT_WORDS = (
    "cero|uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|"
    "chusaq|ch'usaq|huk|iskay|kimsa|kinsa|tawa|pichqa|pisqa|suqta|soqta|qanchis|pusaq|isqun|isqon"
)
# Digits in words and in figures, mixed: `nueve ocho siete 654 321`.
_HALF_SPELLED = re.compile(
    rf"(?<![\w.,/-])(?:{_DIGIT_WORDS}|\d{{1,4}})(?:[ ,\-]+(?:{_DIGIT_WORDS}|\d{{1,4}})(?![\w/]|[.,]\d)){{2,}}",
    re.IGNORECASE,
)
_FEWEST_WORDS, _DIGITS_OF_PERSON = 2, (7, 8, 9)
_SPELLED = re.compile(rf"\b(?:{_DIGIT_WORDS})(?:[ ,\-]+(?:{_DIGIT_WORDS})\b){{6,}}", re.IGNORECASE)


def mask(text: str) -> Masked:
    """A citizen's text with all personal data covered."""
    return _covered(text, _without_overlaps(_all_spans(text)))


def mask_of_agent(text: str, known: Collection[str] = ()) -> Masked:
    """What an agent wrote: identity documents and cards, and whatever of `known` is the citizen's own.

    Other phone numbers and addresses are the entities', and an answer without them would be no answer.
    """
    found = [span for span in _all_spans(text) if span.kind in (Kind.IDENTITY, Kind.FOREIGNER, Kind.CARD)]
    return _covered(text, _without_overlaps([*found, *_repeats(text, known)]))


def personal_values(text: str) -> list[str]:
    """What is covered in `text`, each as digits only (a mail address as it is): to find it again elsewhere."""
    return [_bare(text[span.start : span.end]) for span in _without_overlaps(_all_spans(text))]


def _bare(value: str) -> str:
    return value.casefold() if "@" in value else re.sub(r"\D", "", value)


def _repeats(text: str, known: Collection[str]) -> Iterator[_Span]:
    wanted = {_bare(value)[-9:] if "@" not in value else value.casefold() for value in known} - {""}
    for found in re.finditer(r"[\w.+\-]+@[\w.\-]+\w|\+?\d[\d .\-]{5,}\d", text):
        value = _bare(found.group())
        if (value if "@" in value else value[-9:]) in wanted:
            yield _Span(found.start(), found.end(), Kind.MAIL if "@" in value else Kind.PHONE)


def _all_spans(text: str) -> list[_Span]:
    found = [*_mails(text), *_secrets(text), *_spelled(text)]
    if any(character.isdigit() for character in text):
        for finder in (_accounts, _cards, _rucs, _phones, _identities, _foreigners):
            found.extend(finder(text))
    return found


def _without_overlaps(spans: list[_Span]) -> list[_Span]:
    """In the order of the text; of two that overlap the one found first."""
    chosen: list[_Span] = []
    for span in spans:
        if all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def _covered(text: str, spans: list[_Span]) -> Masked:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], _cover(text[span.start : span.end], span.kind)]
        at = span.end
    return Masked("".join([*parts, text[at:]]), tuple(span.kind for span in spans))


def _cover(value: str, kind: Kind) -> str:
    """As long and grouped as it was, so that the sentence still reads; of a mail address not even that."""
    return MAIL_COVER if kind is Kind.MAIL else re.sub(r"\w", COVER, value)


def _mails(text: str) -> Iterator[_Span]:
    for found in _MAIL.finditer(text):
        if not found.group().casefold().endswith(_PUBLIC_HOSTS):
            yield _Span(found.start(), found.end(), Kind.MAIL)
    for found in _SPOKEN_MAIL.finditer(text):
        yield _Span(found.start(), found.end(), Kind.MAIL)


def _spelled(text: str) -> Iterator[_Span]:
    """Seven digits or more, each in words."""
    for found in _SPELLED.finditer(text):
        yield _Span(found.start(), found.end(), Kind.IDENTITY)
    for found in _HALF_SPELLED.finditer(text):
        parts = re.split(r"[ ,\-]+", found.group())
        figures = [part for part in parts if part[0].isdigit()]
        digits = sum(map(len, figures)) + len(parts) - len(figures)
        if figures and len(parts) - len(figures) >= _FEWEST_WORDS and digits in _DIGITS_OF_PERSON:
            yield _Span(found.start(), found.end(), Kind.PHONE)


def _secrets(text: str) -> Iterator[_Span]:
    """What follows `mi clave es`: with a figure or a sign in it, or alone in a sentence that says it is one's own."""
    for found in _SECRET.finditer(text):
        value = found.group(1).rstrip(".,;!?)")
        own = re.search(r"\bmi\s+$", text[max(found.start() - 4, 0) : found.start()], re.IGNORECASE)
        rest = text[found.start(1) + len(value) :].lstrip(".,;!?)»\"' ")
        if re.search(r"\d|[#$%&*@_]", value) or (own and not rest and len(value) > 3):
            yield _Span(found.start(1), found.start(1) + len(value), Kind.ACCESS)


def _accounts(text: str) -> Iterator[_Span]:
    for found in _ACCOUNT.finditer(text):
        yield _Span(found.start(), found.end(), Kind.ACCOUNT)


def _cards(text: str) -> Iterator[_Span]:
    for found in _CARD_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        said = _said_before(text, found.start())
        if said == "card" or (said != "kept" and 13 <= len(digits) <= 19 and _luhn(digits)):
            yield _Span(found.start(), found.end(), Kind.CARD)
    for found in _CARD_CODE.finditer(text):
        yield _Span(found.start(1), found.end(1), Kind.CARD)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _rucs(text: str) -> Iterator[_Span]:
    """The RUC of a person holds the DNI; an entity's begins with 20 and is public."""
    for found in _OWN_RUC.finditer(text):
        if _word_before(text, found.start()) not in ("expediente", "codigo", "operacion", "pago"):
            yield _Span(found.start(), found.end(), Kind.RUC)


def _phones(text: str) -> Iterator[_Span]:
    for found in _MOBILE.finditer(text):
        if not _is_kept(text, found) and _said_before(text, found.start()) not in ("identity", "foreigner"):
            yield _Span(found.start(), found.end(), Kind.PHONE)
    for found in _FOREIGN_PHONE.finditer(text):
        yield _Span(found.start(), found.end(), Kind.PHONE)
    for found in _LANDLINE.finditer(text):
        said = _said_before(text, found.start())
        if said == "phone" or (
            found.group().startswith(("(", "0")) and len(found.group()) > 8 and said != "kept"
        ):
            yield _Span(found.start(), found.end(), Kind.PHONE)


def _identities(text: str) -> Iterator[_Span]:
    for found in _DNI.finditer(text):
        if not _is_kept(text, found) and not _is_years(found.group()):
            yield _Span(found.start(), found.end(), Kind.IDENTITY)
    for found in _DNI_LETTER.finditer(text):
        if not _is_kept(text, found):
            yield _Span(found.start(), found.end(), Kind.IDENTITY)
    for found in _NEARLY_DNI.finditer(text):
        if _said_before(text, found.start()) == "identity" and not _says_money(text, found.end()):
            yield _Span(found.start(), found.end(), Kind.IDENTITY)


def _is_years(value: str) -> bool:
    """`2023-2024` is a span of years."""
    first, _, second = value.replace(" ", "-").replace(".", "-").partition("-")
    return len(first) == 4 and len(second) == 4 and {first[:2], second[:2]} <= {"19", "20"}


def _foreigners(text: str) -> Iterator[_Span]:
    for found in _CE.finditer(text):
        if not _is_kept(text, found):
            yield _Span(found.start(), found.end(), Kind.FOREIGNER)
    for found in _CODE_OF_PERSON.finditer(text):
        if _said_before(text, found.start()) == "foreigner" and not _says_money(text, found.end()):
            yield _Span(found.start(), found.end(), Kind.FOREIGNER)


def _is_kept(text: str, found: re.Match[str]) -> bool:
    return _said_before(text, found.start()) == "kept" or _says_money(text, found.end())


def _says_money(text: str, end: int) -> bool:
    after = _WORD.findall(text[end : end + 25])[:WORDS_LOOKED_AHEAD]
    return any(fold(word).startswith(("sol", "nuevos", "dolar", "s/")) for word in after)


def _said_before(text: str, start: int) -> str:
    """What the nearest telling word before `start`, in the same sentence, says of the number; "" for nothing."""
    for word in _words_before(text, start):
        for name, beginnings in _CLASSES:
            if _WHOLE.get(word) is beginnings or _begins(word, beginnings):
                return name
    return ""


def _begins(word: str, beginnings: tuple[str, ...]) -> bool:
    return any(word == each if len(each) <= 3 and each not in ("dni", "ley", "sol", "ruc", "pag") else
               word.startswith(each) for each in beginnings)  # fmt: skip


def _word_before(text: str, start: int) -> str:
    return next(iter(_words_before(text, start)), "")


def _words_before(text: str, start: int) -> list[str]:
    before = _SENTENCE_END.split(text[max(start - 80, 0) : start])[-1]
    words = [fold(word).replace(".", "") for word in _WORD.findall(before)]
    return [word for word in reversed(words[-WORDS_LOOKED_BACK:]) if word]
