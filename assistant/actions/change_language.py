"""The citizen wants to go on in the other language."""

from __future__ import annotations

import re

from assistant.actions.results import Result, say
from assistant.actions.turn import Turn, TurnAction
from lenguas.normalise import fold

_QUECHUA = re.compile(
    r"\b(?:qu?[ei]ch?[uw]?a|quichua|kichwa|qh?[ei]ch?wa|qh?[ei]shwa|kechua|quechwa|runa ?simi)"
)
_SPANISH = re.compile(
    r"\b(?:castellano|kastillanu|kastellano|castilla|espanol|español|ispanul|ispañul|mistisimi)"
)
_NOT_SPOKEN = re.compile(
    r"\bno\s+(?:\w+\s+)?(?:entiendo|hablo|comprendo|quiero|se|puedo|leo|manejo)\b|\bmana\w*\b.*(?:ni|ny|y)?chu\b"
)


class ChangeLanguage(TurnAction):
    """Says which language the conversation goes on in."""

    def name(self) -> str:
        return "action_change_language"

    async def results(self, turn: Turn) -> list[Result]:
        return [{"type": "locale", "locale": wanted(turn.text, turn.locale)}, say("locale_switched")]


def wanted(text: str, locale: str) -> str:
    """The language asked for: the one named, the other when it is named as not understood or none is named."""
    folded = fold(text)
    quechua, spanish = _QUECHUA.search(folded), _SPANISH.search(folded)
    if quechua and spanish:
        return _of_two(folded, quechua.start(), spanish.start())
    if not quechua and not spanish:
        return "es" if locale == "qu" else "qu"
    named = "qu" if quechua else "es"
    return _other(named) if _NOT_SPOKEN.search(folded) else named


def _of_two(folded: str, quechua: int, spanish: int) -> str:
    """Both are named ("no entiendo quechua, en castellano"): the one that does not follow the refusal."""
    refusal = _NOT_SPOKEN.search(folded)
    first, second = ("qu", "es") if quechua < spanish else ("es", "qu")
    if refusal and refusal.start() > min(quechua, spanish):
        return first
    return second


def _other(locale: str) -> str:
    return "es" if locale == "qu" else "qu"
