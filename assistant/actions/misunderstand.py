"""The assistant is not sure what is asked."""

from __future__ import annotations

from assistant.actions.answer_aspect import of_sede, of_tramite
from assistant.actions.choose_option import by_place, matching
from assistant.actions.content_api import Resolution
from assistant.actions.results import Result, offer_person, say, which_aspect
from assistant.actions.turn import Turn, TurnAction
from assistant.aspects import ASPECTS

MOST_ASPECTS = 3
# Of the 35 intents an even guess is 0.03: an aspect at 0.2 that nothing else comes near is right more often than not.
LIKELY_ENOUGH = 0.2
CLOSE = 0.8  # share of the first intent's confidence that makes the next one as likely
WORTH_ASKING = 0.1
NAMING = frozenset({"nombrar_tramite", "caso_propio"})  # what a story about a trámite looks like


class NotUnderstood(TurnAction):
    """Tries the choices offered, then the likeliest question of what is named, else says so."""

    def name(self) -> str:
        return "action_not_understood"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = (by_place(turn) or matching(turn)) if turn.options else None
        if chosen:
            return [chosen]
        aspecto = likely(turn)
        resolution = await turn.resolve(aspecto)
        found = of_likely(turn, aspecto, resolution) if aspecto else []
        return found or doubtful(turn, resolution)


def likely(turn: Turn) -> str | None:
    """The aspect that is probably asked: the first intent, or the first behind one that only names."""
    intents = [(name, confidence) for name, confidence in turn.ranked if name != "nlu_fallback"]
    aspects = [(name, confidence) for name, confidence in intents if name in ASPECTS]
    if not aspects or aspects[0][1] < LIKELY_ENOUGH:
        return None
    name, confidence = aspects[0]
    others = [score for other, score in intents if other not in NAMING and other not in ASPECTS]
    return name if confidence >= max(others, default=0.0) / CLOSE else None


def of_likely(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """The answer where the trámite or the sede is known, or which of several; nothing otherwise."""
    about_sede = of_sede(turn, aspecto, resolution)
    if about_sede:
        return about_sede
    return of_tramite(turn, aspecto, resolution) if resolution.decision != "none" else []


def doubtful(turn: Turn, resolution: Resolution) -> list[Result]:
    """The likeliest questions of a trámite plainly named, or that nothing was understood."""
    aspects = [name for name, confidence in turn.ranked if name in ASPECTS and confidence >= WORTH_ASKING]
    if resolution.decision == "sure" and resolution.codigo and aspects:
        return [which_aspect(resolution.codigo, aspects[:MOST_ASPECTS])]
    return [say("not_understood"), *([offer_person("misunderstood")] if turn.misses else [])]
