"""Spelling made neutral: cleaning, folding and the Quechua search key."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\u00b4`\uff07"
_TO_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

# Invisible characters that carry no meaning in either language: soft hyphen, combining grapheme joiner,
# zero-width, directional marks and isolates, byte order mark, variation selectors, tag characters.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
_UNWANTED = re.compile(f"[{_INVISIBLE}{_CONTROL}]")
_BEYOND_LATIN = re.compile("[^\x00-\u02ff]")  # no mark stands before
MOST_MARKS = 30
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_ACCENTS = re.compile("(?<![nN])\u0303|[\u0300-\u0302\u0304-\u036f]+")


def clean(text: str) -> str:
    """Return `text` in NFC without control, zero-width, bidirectional and tag characters.

    Line ends of any kind become a newline; tabs and newlines stay. Of marks on one letter the first 30 stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _stream_safe(_UNWANTED.sub("", _LINE_ENDS.sub("\n", text))))


def _stream_safe(text: str) -> str:
    """No more marks in a row than any script needs (Unicode UAX 15, stream-safe text).

    Sorting them, as every normal form does, takes a time that grows with the square of the row: minutes for a megabyte.
    """
    if len(text) <= MOST_MARKS or not _BEYOND_LATIN.search(text):
        return text
    kept: list[str] = []
    row = 0
    for letter in text:
        row = row + 1 if unicodedata.combining(letter) else 0
        if row <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def fold(text: str) -> str:
    """Return `text` in lower case without accents (ñ stays), invisible characters and odd apostrophes.

    Every apostrophe-like mark becomes the plain one, so `p’unchaw` and `p´unchaw` fold alike.
    """
    if text.isascii():
        return clean(text).lower().replace("`", "'")
    lowered = clean(text.translate(_TO_APOSTROPHE)).lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))
    return unicodedata.normalize("NFC", bare)


# The key: one spelling for the many in use (three or five vowels, Cusco ejectives and aspirates, colonial
# and Spanish-like spelling, loans). The order of the rules matters.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![bcdfgklpqrstvxz])hu(?=[aei])|gu(?=[aei])", "w"),  # huasi, huiñay
        (r"qu(?=[ei])", "k"),
        (r"cc(?=[aou])", "q"),  # ccori
        (r"c(?=[ei])|z", "s"),
        (r"c(?!h)", "k"),
        (r"x", "ks"),
        (r"v", "b"),
        (r"(ch|[kpqt])h", r"\1"),  # aspirates
        (r"sh", "s"),
        (r"([rtskq])\1+", r"\1"),
        (r"j(?=[^aeiou]|$)", "q"),  # wajcha, llajta
        (r"j", "h"),
        (r"(?<=[aeiou])k(?=[b-df-hj-np-tv-zñ])", "q"),  # wakcha, akta
        (r"ll(?=[b-df-hj-kmnp-tv-zñ])", "l"),  # qillqa
        (r"(?<=[ao])u(?=[^aeiou]|$)", "w"),
        (r"(?<=[aou])i(?=[^aeiou]|$)", "y"),
        (r"e", "i"),
        (r"o", "u"),
        (r"ai", "ay"),
        (r"i(?=[au])", "iy"),  # licencia
        (r"u(?=[ai])", "uw"),
        (r"m(?=[b-df-hj-np-tv-zñ])", "n"),  # llamka, hampi
        (r"([rtskq])\1+", r"\1"),  # those the rules above have made
    )
)
_NOT_LETTERS = re.compile(r"[^a-z0-9ñ]")


@lru_cache(maxsize=32768)
def _key(folded: str) -> str:
    word = _NOT_LETTERS.sub("", folded)
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word


def key(word: str) -> str:
    """Return the orthography-neutral search key of one Quechua word or loan; it is never shown.

    `p'unchaw`, `P’UNCHAW` and `phunchaw` have the key `punchaw`; `licencia` and `lisinsiya`, `lisinsiya`.
    """
    folded = fold(word)
    return _key(folded) if len(folded) <= 64 else _key.__wrapped__(folded)
