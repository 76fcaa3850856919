"""The citizen wants all there is to know, or the last answer more simply."""

from __future__ import annotations

from assistant.actions.asking import ask_which, ask_which_of_all
from assistant.actions.misunderstand import not_understood
from assistant.actions.results import Result, answer, not_found, say, which_aspect
from assistant.actions.subject import subject
from assistant.actions.turn import Turn, TurnAction

FIRST = ("descripcion", "requisitos", "costo", "plazo")
THEN = ("donde", "pasos", "cita", "contacto")


class TellAll(TurnAction):
    """Tells what most people need, each in its own message, and offers the rest."""

    def name(self) -> str:
        return "action_tell_all"

    async def results(self, turn: Turn) -> list[Result]:
        found = await subject(turn)
        if found.decision in {"sure", "context"} and found.codigo:
            told = [answer(found.codigo, aspecto) for aspecto in FIRST]
            return [*told, which_aspect(found.codigo, THEN)]
        if found.candidates:
            return ask_which(turn, found.candidates, "descripcion")
        return ask_which_of_all(turn, "descripcion") if turn.is_bare else not_found()


class Simpler(TurnAction):
    """Says the last answer once more: its words are the ficha's, and a person can explain them."""

    def name(self) -> str:
        return "action_simpler"

    async def results(self, turn: Turn) -> list[Result]:
        if turn.codigo or turn.sede:
            return [say("simpler"), {"type": "repeat"}]
        return await not_understood(turn)
