"""One sentence from left to right: each figure, name and sign by its rule, the rest as words."""

import re

from voice import abbreviations, acronyms, addresses, figures, moments, money, signs
from voice.pieces import Language, Piece, Rule, Segment, joined
from voice.quechua import is_suffix, voices, with_suffixes

_FROM_FIGURE: tuple[Rule, ...] = (
    *addresses.RULES,
    *moments.RULES,
    *(rule for rule in money.RULES),
    *figures.RULES,
    *acronyms.RULES,
)
_FROM_LETTER: tuple[Rule, ...] = (
    *addresses.RULES,
    *money.RULES,
    *abbreviations.RULES,
    *moments.RULES,
    *acronyms.RULES,
)
_FROM_SIGN: tuple[Rule, ...] = (*money.RULES, *figures.RULES, *abbreviations.RULES, *signs.RULES)

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*")
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_SUFFIX = re.compile(r"-?(?P<letters>[a-zñ]{1,30})(?![^\W_])")


def _rules_at(character: str) -> tuple[Rule, ...]:
    if character.isdigit():
        return _FROM_FIGURE
    return _FROM_LETTER if character.isalpha() else _FROM_SIGN


def _by_rule(text: str, at: int, language: Language) -> tuple[list[Piece], int] | None:
    for rule in _rules_at(text[at]):
        match = rule.pattern.match(text, at)
        pieces = rule.read(match, language) if match and match.end() > at else None
        if match and pieces is not None:
            return pieces, match.end()
    return None


def _plain(text: str, at: int, language: Language) -> tuple[list[Piece], int]:
    digits = _DIGITS.match(text, at)
    if digits:
        return [Piece(f"{figures.spoken(digits.group(), language)} ")], digits.end()
    match = _WORD.match(text, at) or _SPACE.match(text, at)
    end = match.end() if match else at + 1
    return [Piece(text[at:end])], end


def _with_suffix(pieces: list[Piece], suffix: str) -> list[Piece]:
    """Put Quechua suffixes behind what a rule has said: pichqayuqman, solesta, Págalo punto pepi."""
    *before, last = pieces
    spoken = last.text.rstrip()
    if last.language != "es":
        host = (
            spoken.removesuffix("pi") if spoken.endswith(" watapi") else spoken
        )  # the date's own case gives way
        return [*before, Piece(host + suffix)]
    head, _gap, tail = spoken.rpartition(" ")
    return [*before, Piece(f"{head} ", "es"), Piece(with_suffixes(tail, suffix), "qu")]


def _ruled(text: str, at: int, language: Language) -> tuple[list[Piece], int]:
    found = _by_rule(text, at, language)
    if found is None:
        return _plain(text, at, language)
    pieces, end = found
    suffix = (
        _SUFFIX.match(text, end)
        if language == "qu" and (text[end - 1].isalnum() or text[end - 1] in "%º")
        else None
    )
    if suffix and pieces and is_suffix(suffix["letters"], pieces[-1].text):
        return _with_suffix(pieces, suffix["letters"]), suffix.end()
    return pieces, end


def _pieces(text: str, language: Language) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        read, at = _ruled(text, at, language)
        pieces += read
    return pieces


def _gathered(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours whose words are still to be looked at, so that each word is seen whole."""
    gathered: list[Piece] = []
    for piece in pieces:
        if gathered and piece.language is None and gathered[-1].language is None:
            gathered[-1] = Piece(gathered[-1].text + piece.text)
        else:
            gathered.append(piece)
    return gathered


def read(text: str, language: Language) -> tuple[Segment, ...]:
    """Return one sentence in words only, in segments by the language that reads them; () when it has none."""
    pieces = _pieces(text, language)
    if language == "es":
        return joined([Segment(piece.text, "es") for piece in pieces])
    segments: list[Segment] = []
    for piece in _gathered(pieces):
        segments += voices(piece.text) if piece.language is None else [Segment(piece.text, piece.language)]
    return joined(segments)
