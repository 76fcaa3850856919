"""The citizen only names a trámite ("antecedentes penales") or says what they want to get."""

from __future__ import annotations

from assistant.actions.choose_option import aspect_pending, matching
from assistant.actions.content_api import Resolution
from assistant.actions.results import (
    Result,
    answer,
    answer_of_sede,
    not_found,
    which_aspect,
    which_sede,
    which_tramite,
)
from assistant.actions.turn import Turn, TurnAction

MOST_ASKED = ("requisitos", "costo", "donde", "plazo")


class NameTramite(TurnAction):
    """Says what the trámite is, or answers what was being asked when the choice was offered."""

    def name(self) -> str:
        return "action_name_tramite"

    async def results(self, turn: Turn) -> list[Result]:
        chosen = matching(turn)
        if chosen:
            return [chosen]
        return of_name(turn, await turn.resolve())


def of_name(turn: Turn, resolution: Resolution) -> list[Result]:
    """What to do with a name, by what it resolves to."""
    if resolution.decision == "sure" and resolution.codigo:
        return [answer(resolution.codigo, aspect_pending(turn, resolution.codigo) or "descripcion")]
    if resolution.decision == "which" and resolution.candidates:
        return [which_tramite(resolution.candidates, aspect_pending(turn))]
    if resolution.sede:
        return [answer_of_sede(resolution.sede, "donde")]
    if resolution.sedes:
        return [which_sede(resolution.sedes, "donde")]
    if resolution.decision == "context" and resolution.codigo:
        return [which_aspect(resolution.codigo, MOST_ASKED)]
    return [which_tramite((), None)] if turn.is_bare else not_found()
