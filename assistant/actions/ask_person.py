"""The citizen wants, or needs, a person."""

from __future__ import annotations

from assistant.actions.results import Result, handoff, offer_person, say
from assistant.actions.turn import Turn, TurnAction
from assistant.lexicon import readings
from assistant.words import folded_words

SURE_ENOUGH = 0.6
DANGER_ENOUGH = 0.5
PERSON_WORDS = frozenset(
    "persona humano humana asesor asesora agente operador operadora funcionario alguien runa runawan runapas".split()
)


class AskPerson(TurnAction):
    """Requests a person when the wish is plain, offers one when it may be a misunderstanding."""

    def name(self) -> str:
        return "action_ask_person"

    async def results(self, turn: Turn) -> list[Result]:
        plain = turn.confidence >= SURE_ENOUGH or _names_a_person(turn.text)
        return [handoff("asked") if plain else offer_person("asked")]


class Upset(TurnAction):
    """Offers a person at the first sign of anger, requests one when it follows misunderstandings."""

    def name(self) -> str:
        return "action_upset"

    async def results(self, turn: Turn) -> list[Result]:
        return [handoff("upset") if turn.misses else offer_person("upset")]


class Danger(TurnAction):
    """Somebody may be in danger: who helps at once is said first, and a person requested when it is plain."""

    def name(self) -> str:
        return "action_danger"

    async def results(self, turn: Turn) -> list[Result]:
        plain = turn.confidence >= DANGER_ENOUGH
        return [say("danger"), handoff("danger") if plain else offer_person("danger")]


class OwnCase(TurnAction):
    """A question about the citizen's own file, which the assistant cannot see."""

    def name(self) -> str:
        return "action_own_case"

    async def results(self, turn: Turn) -> list[Result]:
        return [say("own_case"), offer_person("own_case")]


def _names_a_person(text: str) -> bool:
    return any(PERSON_WORDS & (readings(word) | {word}) for word in folded_words(text))
