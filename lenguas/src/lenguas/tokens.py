"""Words, numbers and amounts of a citizen's text."""

import re

from lenguas.normalise import APOSTROPHES, clean, key
from lenguas.suffixes import chain

# Possessive and bounded, so that time grows with the length of the text and nothing else.
_APOSTROPHE = f"[{APOSTROPHES}]"
_LETTERS = r"[^\W\d_][^\W_]*+"
_TOKEN = re.compile(
    rf"""
    (?P<amount> S/\.?\s?\d++(?:[.,]\d++)*+ )
  | (?P<number> \d++(?:[.,:]\d++)*+(?![^\W_]) )
  | (?P<word> {_LETTERS}(?:{_APOSTROPHE}{_LETTERS})*+(?:-{_LETTERS}(?:{_APOSTROPHE}{_LETTERS})*+)*+{_APOSTROPHE}?+ )
  | (?P<mixed> \d[^\W_]*+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_SUFFIXES = 30


def _is_suffixed(before: str, after: str) -> bool:
    """Tell whether `after` is a chain of Quechua suffixes put behind a hyphen, as in DNI-niyki."""
    if not before or len(after) > _LONGEST_SUFFIXES or after.isupper():
        return False
    if len(after) == 1 and not before.isupper():  # "domicilio-y" is Spanish, "DNI-y" is not
        return False
    last = key(before)[-1:]
    suffixes = key(after)
    return bool(suffixes) and any(chain(suffixes, letter, "noun") is not None for letter in (last, "a", "q"))


def _split(word: str) -> list[str]:
    """Cut a hyphenated word at its hyphens, but not before Quechua suffixes."""
    parts: list[list[str]] = []
    for piece in word.split("-"):
        if parts and _is_suffixed(parts[-1][-1], piece):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return ["-".join(part) for part in parts]


def tokens(text: str) -> list[str]:
    """Return the words, numbers and amounts of `text` in order, as written; punctuation and symbols go.

    An apostrophe inside a word stays (`p'unchaw`), so does a hyphen before Quechua suffixes (`DNI-niyki`);
    `S/ 25.00`, `8:30` and `1,234.50` are one token each.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(clean(text)):
        word = match.group()
        if match.lastgroup != "word":
            found.append(word)
        elif "-" in word:
            found.extend(_split(word.rstrip(APOSTROPHES)))
        else:
            found.append(word.rstrip(APOSTROPHES))
    return found
