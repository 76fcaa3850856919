"""The citizen asks for what an editor has published for the days that are: a closure, a disaster, a bono."""

from __future__ import annotations

from assistant.actions.content_api import client
from assistant.actions.misunderstand import not_understood
from assistant.actions.results import Result, say
from assistant.actions.turn import Turn, TurnAction
from assistant.signs.places import place


class TellNotices(TurnAction):
    """Tells the notices in force on the place said or the ficha in context; otherwise what else may be meant."""

    def name(self) -> str:
        return "action_tell_notices"

    async def results(self, turn: Turn) -> list[Result]:
        said = place(turn.text)
        region = said.region if said else None
        about = (
            {"region": region} if region else {"sede": turn.sede} if turn.sede else {"codigo": turn.codigo}
        )
        if await client().notices(turn.locale, about.get("codigo"), about.get("sede"), about.get("region")):
            return [{"type": "notices", **{name: value for name, value in about.items() if value}}]
        found = await not_understood(turn)
        return found if found[0]["type"] != "say" else [say("no_notices")]
