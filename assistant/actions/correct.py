"""The citizen says that another trámite was meant: "no, la renovación"."""

from __future__ import annotations

from assistant.actions.another_tramite import another
from assistant.actions.choose_option import matching
from assistant.actions.results import Result
from assistant.actions.turn import Turn, TurnAction


class Correct(TurnAction):
    """Answers what was asked, of the trámite now named."""

    def name(self) -> str:
        return "action_correct"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = matching(turn)
        return [chosen] if chosen else await another(turn)
