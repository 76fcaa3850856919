"""The citizen says that another trámite was meant: "no, la renovación"."""

from __future__ import annotations

from assistant.actions.answer_aspect import not_found
from assistant.actions.choose_option import matching
from assistant.actions.content_api import Resolution
from assistant.actions.results import Result, answer, which_tramite
from assistant.actions.turn import Turn, TurnAction


class Correct(TurnAction):
    """Answers what was asked, of the trámite now named; never of the one corrected."""

    def name(self) -> str:
        return "action_correct"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = matching(turn)
        if chosen:
            return [chosen]
        return of_correction(turn, await turn.resolve(turn.aspecto))


def of_correction(turn: Turn, resolution: Resolution) -> list[Result]:
    """What to do with a correction, by what it resolves to."""
    if resolution.decision == "sure" and resolution.codigo and resolution.codigo != turn.codigo:
        return [answer(resolution.codigo, turn.aspecto or "descripcion")]
    others = tuple(codigo for codigo in resolution.candidates if codigo != turn.codigo)
    if others:
        return [which_tramite(others, turn.aspecto)]
    return [which_tramite((), turn.aspecto)] if turn.is_bare else not_found()
