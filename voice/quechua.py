"""The sound of Quechua: what the Quechua voice is given, and what is left to the Spanish one.

The Quechua voice of eSpeak NG reads letters as they stand. Three things it does not know are done here: vowels
open beside q (written *sunqu*, said *sonqo*: RM 1218-85-ED writes three vowels and leaves this to the reader);
Spanish words and names have other letters; a Spanish word with Quechua suffixes has one stress, before the last
syllable, so that it is respelled and read as one Quechua word.
"""

import re
from collections.abc import Iterator

from lenguas.normalise import APOSTROPHES, fold, key
from lenguas.quechua import analyse, is_spanish_ending
from lenguas.spanish import is_known
from lenguas.suffixes import chain
from voice.pieces import Segment

# --- which words are Spanish --------------------------------------------------------------------------------

_SPANISH_LETTERS = re.compile(r"[bdfgvxzj]|c(?!h)|q(?=u[eé])|rr")
_OPEN_VOWEL = re.compile(r"[eoéó]")
_OPEN_BESIDE_Q = re.compile(r"q['h]?[eo]|[eo][rnlñys]{0,2}q")
_STRONG_SUFFIX = re.compile(
    r"(?:yki|niy|nchik|nchis|manta|paq|kama|kuna|wan|qa|chu|nku|spa|sqa|chka|yuq|pas|pim?|tam|taq|nin|pa|ta)$"
)
_LONGEST_SUFFIXES = 30
# Function words that stand between Spanish words of a name; their letters are Quechua's too.
_LINKS = frozenset("a al la las lo los mi para por sin su tu un una y".split())


def _looks_spanish(word: str) -> bool:
    lowered = word.lower()
    if _SPANISH_LETTERS.search(lowered):
        return True
    return bool(_OPEN_VOWEL.search(lowered)) and not _OPEN_BESIDE_Q.search(fold(lowered))


def is_suffix(letters: str, before: str) -> bool:
    """Tell whether `letters` are Quechua suffixes that can follow `before`; loans may take -ni- after a vowel."""
    if not 0 < len(letters) <= _LONGEST_SUFFIXES or not letters.islower():
        return False
    rest = key(letters)
    lasts = (key(before)[-1:] or "a", "a", "q")
    return bool(rest) and any(chain(rest, last, "noun") is not None for last in lasts)


def _has_suffixes(word: str) -> bool:
    """Tell whether a word in Spanish letters carries Quechua suffixes: oficinapi, but not oficina."""
    folded = fold(word)
    if is_known(folded):
        return False
    analysis = analyse(folded)
    if analysis is not None and analysis.loan:
        return bool(analysis.suffixes) and not is_spanish_ending(analysis)
    return bool(re.search(r"k|w|q(?!u[ei])", folded) or (len(folded) > 5 and _STRONG_SUFFIX.search(folded)))


def is_spanish_name(before: str) -> bool:
    """Tell whether `before` ends with a capitalised Spanish word without suffixes: Pensión, Formulario."""
    found = re.search(r"(?<![^\W_])([A-ZÁÉÍÓÚÑ][a-záéíóúüñ]+)\s+$", before)
    return found is not None and _looks_spanish(found.group(1)) and not _has_suffixes(found.group(1))


# --- sounds -------------------------------------------------------------------------------------------------

_RESPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<![c])h(?!ina)", ""),
        (r"í(?=[aeo])", "iy"),  # policía
        (r"qu(?=[eiéí])", "k"),
        (r"gu(?=[eiéí])", "g"),
        (r"gü", "gw"),
        (r"g(?=[eiéí])", "h"),
        (r"j", "h"),
        (r"cc(?=[eiéí])", "ks"),
        (r"c(?=[eiéí])|z", "s"),
        (r"c(?!h)", "k"),
        (r"kk", "k"),
        (r"x", "ks"),
        (r"v", "b"),
        (r"(?<=[^aeiouáéíóúyw])i(?=[aeouáéó])", "y"),  # dirección
        (r"(?<=[^aeiouáéíóúywq])u(?=[aeiáéí])", "w"),  # cuenta
        (r"ss", "s"),
    )
)
_PLAIN = str.maketrans("áéíóúü", "aeiouu")


def respelled(loan: str) -> str:
    """Return Spanish letters as the Quechua voice must see them: direcciónniykita, direksyonniykita."""
    word = loan.lower()
    for pattern, replacement in _RESPELLINGS:
        word = pattern.sub(replacement, word)
    return word.translate(_PLAIN)


_Q = r"q(?:['h])?"
_LOWERED = str.maketrans("iuIU", "eoEO")
_BESIDE_Q = re.compile(rf"(?<=q)['h]?[iu]|[iu](?=(?:ll|[rnls])?{_Q})", re.IGNORECASE)


def lowered(text: str) -> str:
    """Return Quechua with i and u opened beside q, also across r, n, l, ll and s: sunqu, sonqo."""
    return _BESIDE_Q.sub(lambda match: match.group().translate(_LOWERED), text)


_TO_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


def _native(word: str) -> str:
    """Return a Quechua word for the voice: ch' and sh are not known to it, and it reads capitals as words."""
    plain = word.translate(_TO_APOSTROPHE).lower()
    return lowered(re.sub(r"sh", "s", plain.replace("ch'", "ch")).rstrip("'"))


def with_suffixes(spoken: str, suffixes: str) -> str:
    """Return a Spanish reading with Quechua suffixes as one text for the Quechua voice: de ene iyki."""
    return respelled(spoken) + lowered(suffixes)  # the name of a letter stays what it is: DNIqa


# --- voices of a stretch of text ----------------------------------------------------------------------------

_FINAL_STRESS = re.compile(r"[^qhw]*[áíúéó]$")
_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*[{APOSTROPHES}]?")


def _voiced(word: str) -> Segment:
    if len(word) == 1 and word.isupper():
        return Segment(word, "es")
    if _looks_spanish(word):
        return Segment(lowered(respelled(word)), "qu") if _has_suffixes(word) else Segment(word, "es")
    if _FINAL_STRESS.fullmatch(word.lower()):  # arí: the Quechua voice knows no written stress
        return Segment(word, "es")
    return Segment(_native(word), "qu")


def _stretches(text: str) -> Iterator[Segment]:
    at = 0
    for match in _WORD.finditer(text):
        if match.start() > at:
            yield Segment(text[at : match.start()], "qu")
        yield _voiced(match.group())
        at = match.end()
    if at < len(text):
        yield Segment(text[at:], "qu")


def _is_link(segments: list[Segment], place: int) -> bool:
    """Tell whether the word at `place` stands between two Spanish words with spaces around it."""
    around = segments[max(0, place - 2) : place] + segments[place + 1 : place + 3]
    return (
        segments[place].text.lower() in _LINKS
        and len(around) == 4
        and around[0].language == around[3].language == "es"
        and not around[1].text.strip()
        and not around[2].text.strip()
    )


def voices(text: str) -> list[Segment]:
    """Return the stretches of a text of Quechua and Spanish words, each with the language that reads it."""
    segments = list(_stretches(text))
    return [
        Segment(segment.text, "es") if _is_link(segments, place) else segment
        for place, segment in enumerate(segments)
    ]
