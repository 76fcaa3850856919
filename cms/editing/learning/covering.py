"""The text of a candidate: everything personal covered, also what tells who somebody is or where they live.

Conversations keep names, which the agent in charge needs; here nobody does. It covers rather too much.
"""

import hashlib
import re

from cms.conversations.personal import mask
from lenguas.normalise import clean, fold

COVER = "***"
_STOP = r"(?!(?:y|e|o|que|quiero|quisiera|necesito|para|por|con|de|del|la|el|mi|no|se|me|en|como|cual|cuanto|donde|hina|munani)\b)"
_NAME_WORD = rf"{_STOP}[^\W\d_]{{2,}}"
_TOLD = (
    r"me llamo|mi nombre(?: completo)? es|mis nombres son|mi apellido es|a nombre de|"
    r"señora|señorita|señor|sra?\.?|srta\.?|doña|don|sutiy(?:qa|mi|pas)?|sutin(?:qa|mi)?"
)
_AFTER_TELLING = re.compile(
    rf"\b({_TOLD})\s+{_NAME_WORD}(?:\s+(?:de\s+la\s+|de\s+|del\s+)?{_NAME_WORD}){{0,3}}", re.I
)
_KIN = (
    r"hij[oa]|espos[oa]|marido|mujer|mam[aá]|pap[aá]|madre|padre|herman[oa]|abuel[oa]|sobrin[oa]|prim[oa]|t[ií][oa]|"
    r"wawa(?:y|yqa)?|churi(?:y|yqa)?|ususi(?:y|yqa)?|warmi(?:y|yqa)?|qusa(?:y|yqa)?|soy"
)
_PROPER = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+"
_AFTER_KIN = re.compile(rf"\b((?i:{_KIN}))\s+{_PROPER}(?:\s+{_PROPER}){{0,3}}")
_ADDRESS = re.compile(
    r"\b(jr|jir[oó]n|av|avda|avenida|calle|psje|pasaje|mz|manzana|urb|urbanizaci[oó]n|aa\.?\s?hh)\b\.?\s+[^,;?!\n]{2,40}",
    re.I,
)
_NOT_WORDS = re.compile(r"[^\w']+|_")


def covered(text: str) -> str:
    """`text` on one line with everything personal covered."""
    found = mask(" ".join(clean(text).split())).text
    for telling in (_AFTER_TELLING, _AFTER_KIN, _ADDRESS):
        found = telling.sub(rf"\1 {COVER}", found)
    return found


def is_personal(text: str) -> bool:
    """Whether anything in it would be covered, or was."""
    return "*" in text or covered(text) != " ".join(clean(text).split())


def words_of(text: str) -> str:
    """What makes two texts the same one: their letters and figures."""
    return " ".join(_NOT_WORDS.sub(" ", fold(text)).split())


def digest_of(text: str) -> str:
    return hashlib.sha256(words_of(text).encode()).hexdigest()
