"""The citizen only names a trámite ("antecedentes penales") or says what they want to get."""

from __future__ import annotations

from assistant.actions.asking import ask_which, ask_which_of_all, aspect_pending
from assistant.actions.choose_option import matching
from assistant.actions.content_api import Resolution
from assistant.actions.doubt import also_asked
from assistant.actions.results import (
    Result,
    answer,
    answer_of_sede,
    not_found,
    which_aspect,
    which_sede,
)
from assistant.actions.subject import subject
from assistant.actions.turn import Turn, TurnAction
from assistant.signs.dialogue import goes_on, is_vague, names_nothing

MOST_ASKED = ("requisitos", "costo", "donde", "plazo")


class NameTramite(TurnAction):
    """Says what the trámite is, or answers what was being asked when the choice was offered."""

    def name(self) -> str:
        return "action_name_tramite"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = matching(turn)
        if chosen:
            return [chosen]
        return of_name(turn, await subject(turn))


def of_name(turn: Turn, resolution: Resolution) -> list[Result]:
    """What to do with a name, by what it resolves to."""
    if resolution.decision == "sure" and resolution.codigo:
        pending = aspect_meant(turn, resolution.codigo)
        aspects = (pending,) if pending else ("descripcion", *also_asked(turn, "descripcion"))
        return [answer(resolution.codigo, aspecto) for aspecto in aspects]
    if resolution.decision == "which" and resolution.candidates:
        return ask_which(turn, resolution.candidates, aspect_meant(turn))
    if resolution.sede:
        return [answer_of_sede(resolution.sede, "donde")]
    if resolution.sedes:
        return [which_sede(resolution.sedes, "donde")]
    if resolution.decision == "context" and resolution.codigo:
        return [which_aspect(resolution.codigo, MOST_ASKED)]
    is_nameless = turn.is_bare or is_vague(turn.text) or names_nothing(turn.text)
    return ask_which_of_all(turn, None) if is_nameless else not_found()


def aspect_meant(turn: Turn, codigo: str | None = None) -> str | None:
    """What was asked when the choices were offered, or of the trámite before: "¿y la de defunción?"."""
    return aspect_pending(turn, codigo) or (turn.aspecto if goes_on(turn.text) else None)
