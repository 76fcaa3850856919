"""Southern Quechua as a spaCy language: `spacy.blank("qu")` once this module is imported.

spaCy finds it by itself too, through the entry point `spacy_languages` of this package. There are no vectors
and no trained pipeline: what it gives is the tokenizer, stop words and the attribute `like_num`.
"""

import re
from collections.abc import Callable

from spacy.attrs import LIKE_NUM
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.lang.punctuation import TOKENIZER_INFIXES
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS
from spacy.language import BaseDefaults, Language
from spacy.symbols import ORTH
from spacy.util import registry, update_exc

from lenguas.normalise import key
from lenguas.quechua import STOP_WORDS

_NUMBER = re.compile(
    r"(?:chusaq|huk|huq|iskay|kinsa|tawa|pichqa|pisqa|suqta|qanchis|pusaq|isqun|chunka|pachak|pachaq|waranqa|hunu)"
    r"(?:niyuq|yuq)?"
)
_DIGITS = re.compile(r"[+-]?\d+(?:[.,:/]\d+)*")


def like_num(text: str) -> bool:
    """Tell whether a token is a number, in figures or in words in any spelling (chunka, suqtayuq, pisqa)."""
    return bool(_DIGITS.fullmatch(text) or _NUMBER.fullmatch(key(text)))


def _infixes() -> list[str]:
    """Return spaCy's infix rules without the one that cuts a word at its hyphens (DNI-niyki)."""
    hyphen_rule = rf"(?<=[{ALPHA}])(?:{HYPHENS})(?=[{ALPHA}])"
    kept = [rule for rule in TOKENIZER_INFIXES if rule != hyphen_rule]
    if len(kept) == len(TOKENIZER_INFIXES):
        raise RuntimeError("spaCy's infix rule for hyphens has changed: adapt lenguas.spacy_quechua to it")
    return kept


class QuechuaDefaults(BaseDefaults):
    """spaCy's language-independent rules, with soles and without the cut at hyphens."""

    tokenizer_exceptions = update_exc(BASE_EXCEPTIONS, {sign: [{ORTH: sign}] for sign in ("S/", "S/.")})
    infixes = _infixes()
    stop_words = set(STOP_WORDS)
    lex_attr_getters: dict[int, Callable[[str], object]] = {LIKE_NUM: like_num}


@registry.languages("qu")
class Quechua(Language):  # type: ignore[no-untyped-call]  # spaCy types its hook for subclasses in part
    """The language class behind `spacy.blank("qu")`."""

    lang = "qu"
    Defaults = QuechuaDefaults
