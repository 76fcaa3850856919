"""The citizen asks one thing of a trámite or of a sede."""

from __future__ import annotations

from assistant.actions.asking import ask_which, ask_which_of_all, aspect_pending
from assistant.actions.choose_option import by_order
from assistant.actions.content_api import Resolution
from assistant.actions.doubt import also_asked
from assistant.actions.results import Result, answer, not_found, say
from assistant.actions.sede import of_sede
from assistant.actions.subject import subject
from assistant.actions.turn import Turn, TurnAction
from assistant.signs import places
from assistant.signs.dialogue import names_nothing


class AnswerAspect(TurnAction):
    """Answers the aspect whose name the intent has."""

    def name(self) -> str:
        return "action_answer_aspect"

    async def results(self, turn: Turn) -> list[Result]:
        if turn.intent == "contacto" and has_nothing_to_be_about(turn):
            return [say("phone")]
        picked = by_order(turn)
        if picked:
            return [answer(picked, turn.intent)]
        resolution = await subject(turn, turn.intent)
        pending = aspect_pending(turn, resolution.codigo)
        if turn.intent == "descripcion" and turn.is_only_name and pending:
            return of_tramite(turn, pending, resolution)
        about_sede = await of_sede(turn, turn.intent, resolution)
        if about_sede:
            return about_sede + also_of_tramite(turn, turn.intent, resolution)
        return of_tramite(turn, turn.intent, resolution)


def has_nothing_to_be_about(turn: Turn) -> bool:
    """No trámite is named, and nothing was talked of: "dame el teléfono", "el teléfono de RENIEC"."""
    before = turn.codigo or turn.sede or turn.options or turn.unanswered
    return turn.is_bare and not before and not places.names_network(turn.text)


def of_tramite(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """Answer, ask which, or say that nothing was found; never another trámite than the one named."""
    if resolution.decision in {"sure", "context"} and resolution.codigo:
        return [answer(resolution.codigo, one) for one in (aspecto, *also_asked(turn, aspecto))]
    if resolution.decision == "which" and resolution.candidates:
        return ask_which(turn, resolution.candidates, aspecto)
    is_nameless = turn.is_bare or names_nothing(turn.text)
    return ask_which_of_all(turn, aspecto) if is_nameless else not_found()


def also_of_tramite(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """«¿Dónde saco el DNI, en el MAC Piura?» also wants to know where the DNI is given."""
    about_both = aspecto == "donde" and turn.names_something and resolution.decision == "sure"
    return [answer(resolution.codigo, aspecto)] if about_both and resolution.codigo else []
