"""The citizen only says for whom it is: "¿y para mi hijo?"."""

from __future__ import annotations

from assistant.actions.asking import ask_which, ask_which_of_all, aspect_pending
from assistant.actions.results import Result, answer
from assistant.actions.subject import subject, variants
from assistant.actions.turn import Turn, TurnAction
from assistant.signs.dialogue import goes_on


class ForWhom(TurnAction):
    """Answers what was asked before, of the variant for this person."""

    def name(self) -> str:
        return "action_for_whom"

    async def results(self, turn: Turn) -> list[Result]:
        offered = tuple(dict.fromkeys(option.codigo for option in turn.options if option.codigo))
        if offered:
            return await _of_choices(turn, offered)
        if not turn.codigo:
            found = await subject(turn)
            return (
                ask_which(turn, found.candidates, None) if found.candidates else ask_which_of_all(turn, None)
            )
        codigos = await variants(turn, turn.codigo) if turn.whom in {"minor", "adult"} else ()
        if not codigos:
            # none of its own: who may do it says whether it is for this person at all
            same = turn.whom == "other" and goes_on(turn.text) and turn.aspecto
            return [answer(turn.codigo, turn.aspecto if same and turn.aspecto else "quien")]
        if len(codigos) == 1:
            return [answer(codigos[0], turn.aspecto or "descripcion")]
        return ask_which(turn, codigos, turn.aspecto)


async def _of_choices(turn: Turn, offered: tuple[str, ...]) -> list[Result]:
    if turn.whom not in {"minor", "adult"}:
        meant = await subject(turn)
        if meant.decision == "sure" and meant.codigo:
            return [answer(meant.codigo, aspect_pending(turn, meant.codigo) or "descripcion")]
    found = [codigo for option in offered for codigo in await variants(turn, option)]
    codigos = tuple(dict.fromkeys(found)) or offered
    aspecto = aspect_pending(turn)
    return (
        [answer(codigos[0], aspecto or "descripcion")]
        if len(codigos) == 1
        else ask_which(turn, codigos, aspecto)
    )
