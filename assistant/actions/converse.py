"""What is said around the questions: greetings, thanks, yes and no, what the assistant is."""

from __future__ import annotations

from assistant.actions.choose_option import chosen
from assistant.actions.results import Result, handoff, say
from assistant.actions.turn import Turn, TurnAction

KEYS = {
    "saludo": "greeting",
    "agradecimiento": "thanks",
    "despedida": "goodbye",
    "ayuda": "help",
    "eres_persona": "are_you_a_person",
    "fuera_de_alcance": "out_of_scope",
    "privacidad": "privacy",
}
OFFERED_BEFORE = 2  # from the second misunderstanding on, the message before offered a person


class Converse(TurnAction):
    """Answers with the fixed sentence of the intent."""

    def name(self) -> str:
        return "action_converse"

    async def results(self, turn: Turn) -> list[Result]:
        return [say(KEYS[turn.intent])]


class Affirm(TurnAction):
    """A yes: to the only choice, to the person offered, or to nothing in particular."""

    def name(self) -> str:
        return "action_affirm"

    async def results(self, turn: Turn) -> list[Result]:
        only = chosen(turn.options[0], turn) if len(turn.options) == 1 else None
        if only:
            return [only]
        offered = turn.misses >= OFFERED_BEFORE and not turn.options
        return [handoff("asked") if offered else say("affirm")]


class Deny(TurnAction):
    """A no: what else there is to ask."""

    def name(self) -> str:
        return "action_deny"

    async def results(self, turn: Turn) -> list[Result]:
        return [say("which_first" if turn.options else "help")]


class Repeat(TurnAction):
    """The last answer again, if there was one."""

    def name(self) -> str:
        return "action_repeat"

    async def results(self, turn: Turn) -> list[Result]:
        return [{"type": "repeat"}] if turn.codigo or turn.sede else [say("repeat_none")]
