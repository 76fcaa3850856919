"""What is said around the questions: greetings, thanks, yes and no, what the assistant is."""

from __future__ import annotations

from assistant.actions.choose_option import chosen
from assistant.actions.misunderstand import not_understood
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
OUT_OF_SCOPE = 0.6  # below, a trámite that is named may well be meant
LONGEST_YES = 4  # words
OFFERED_BEFORE = 2  # from the second misunderstanding on, the message before offered a person


class Converse(TurnAction):
    """Answers with the fixed sentence of the intent."""

    def name(self) -> str:
        return "action_converse"

    async def results(self, turn: Turn) -> list[Result]:
        chooses = bool(turn.options) and turn.intent in {"despedida", "fuera_de_alcance", "ayuda"}
        if chooses or (turn.intent == "fuera_de_alcance" and turn.confidence < OUT_OF_SCOPE):
            found = await not_understood(turn)
            if any(result["type"] == "answer" for result in found):
                return found
        return [say(KEYS[turn.intent])]


class Affirm(TurnAction):
    """A yes: to the only choice, to the person offered, or to nothing in particular."""

    def name(self) -> str:
        return "action_affirm"

    async def results(self, turn: Turn) -> list[Result]:
        if len(turn.text.split()) > LONGEST_YES:
            return await not_understood(turn)
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
