"""Plain text made speakable: sentence by sentence, in words only, each stretch in its language."""

import re
from dataclasses import dataclass

from lenguas import numbers
from lenguas.identify import identify
from lenguas.normalise import clean
from voice.pieces import LANGUAGES, Language, Segment
from voice.reading import read
from voice.sentences import sentences
from voice.usual import usual

_LIST_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]\s+")
_LIST_LETTER = re.compile(r"(?P<letter>[a-z])\)\s+")


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands in the original text, in code points, and what is spoken for it."""

    start: int
    end: int
    segments: tuple[Segment, ...]


def _language_of(sentence: str, language: Language) -> Language:
    """Return Spanish for a Spanish sentence inside a Quechua text: its figures are Spanish too."""
    if language == "es":
        return "es"
    found = identify(sentence)
    return "es" if found.code == "es" and found.certain and not found.mixed else "qu"


def _list_marks(sentence: str, language: Language) -> str:
    """Say the number of a list's item as a word with a pause after it."""
    numbered = _LIST_NUMBER.match(sentence)
    if numbered:
        return f"{numbers.say(int(numbered['number']), language)}: {sentence[numbered.end() :]}"
    lettered = _LIST_LETTER.match(sentence)
    return f"{lettered['letter']}: {sentence[lettered.end() :]}" if lettered else sentence


def prepare(text: str, language: Language) -> list[Sentence]:
    """Return the sentences of a plain text made speakable; those without a word are left out.

    In Spanish each has one segment; in Quechua, one per change of voice. A sentence that is plainly Spanish
    inside a Quechua text is read in Spanish. Raises ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no speech in {language!r}: use one of {', '.join(LANGUAGES)}")
    prepared = []
    for start, end in sentences(text):
        written = clean(text[start:end])
        its_language = _language_of(written, language)
        sentence = usual(written, its_language)
        segments = read(_list_marks(sentence, its_language), its_language)
        if segments:
            prepared.append(Sentence(start, end, segments))
    return prepared
