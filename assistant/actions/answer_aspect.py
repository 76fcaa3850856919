"""The citizen asks one thing of a trámite or of a sede."""

from __future__ import annotations

from assistant.actions.content_api import Resolution
from assistant.actions.results import (
    Result,
    answer,
    answer_of_sede,
    not_found,
    which_sede,
    which_tramite,
)  # fmt: skip
from assistant.actions.turn import Turn, TurnAction
from assistant.aspects import OF_A_SEDE
from assistant.words import folded_words

CENTRES = frozenset("mac centro centros express tambo".split())


class AnswerAspect(TurnAction):
    """Answers the aspect whose name the intent has."""

    def name(self) -> str:
        return "action_answer_aspect"

    async def results(self, turn: Turn) -> list[Result]:
        resolution = await turn.resolve(turn.intent)
        return of_sede(turn, turn.intent, resolution) or of_tramite(turn, turn.intent, resolution)


def of_tramite(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """Answer, ask which, or say that nothing was found; never another trámite than the one named."""
    if resolution.decision in {"sure", "context"} and resolution.codigo:
        return [answer(resolution.codigo, aspecto)]
    if resolution.decision == "which" and resolution.candidates:
        return [which_tramite(resolution.candidates, aspecto)]
    if turn.is_bare:
        return [which_tramite((), aspecto)]
    return not_found()


def of_sede(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """The answer about a place, or none when the question is not about one."""
    if aspecto not in OF_A_SEDE:
        return []
    if resolution.sede:
        return [answer_of_sede(resolution.sede, aspecto), *_also_of_tramite(aspecto, resolution)]
    if resolution.decision in {"sure", "which"}:
        return []
    if resolution.sedes:
        return [which_sede(resolution.sedes, aspecto)]
    if CENTRES.intersection(folded_words(turn.text)):
        return [which_sede((), aspecto)]
    if turn.sede and turn.is_bare:
        return [answer_of_sede(turn.sede, aspecto)]
    return []


def _also_of_tramite(aspecto: str, resolution: Resolution) -> list[Result]:
    """«¿Dónde saco el DNI, en el MAC Piura?» also wants to know where the DNI is given."""
    if aspecto == "donde" and resolution.decision == "sure" and resolution.codigo:
        return [answer(resolution.codigo, aspecto)]
    return []
