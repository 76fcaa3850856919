"""The assistant is not sure what is asked."""

from __future__ import annotations

from assistant.actions.choose_option import by_place, matching
from assistant.actions.results import Result, offer_person, say, which_aspect
from assistant.actions.turn import Turn, TurnAction
from assistant.aspects import ASPECTS

MOST_ASPECTS = 3


class NotUnderstood(TurnAction):
    """Tries the choices offered, then offers the likeliest questions of a trámite plainly named, else says so."""

    def name(self) -> str:
        return "action_not_understood"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = (by_place(turn) or matching(turn)) if turn.options else None
        if chosen:
            return [chosen]
        resolution = await turn.resolve()
        likely = [name for name in turn.ranking if name in ASPECTS][:MOST_ASPECTS]
        if resolution.decision == "sure" and resolution.codigo and likely:
            return [which_aspect(resolution.codigo, likely)]
        return [say("not_understood"), *([offer_person("misunderstood")] if turn.misses else [])]
