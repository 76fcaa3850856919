"""The citizen wants, or needs, a person."""

from __future__ import annotations

from assistant.actions.misunderstand import not_understood
from assistant.actions.results import Result, handoff, offer_person, say, say_of
from assistant.actions.subject import subject
from assistant.actions.turn import Turn, TurnAction
from assistant.lexicon import readings
from assistant.signs.letters import cannot_read
from assistant.signs.own_file import asks_own_state, asks_state
from assistant.signs.person import speaks_of_another, wants_person
from assistant.words import folded_words

SURE_ENOUGH = 0.6
DANGER_ENOUGH = 0.5
OWN_ENOUGH = (
    0.7  # below, and without a word that is only said of a file under way, it may be no more than a story
)
PERSON_WORDS = frozenset(
    "persona humano humana asesor asesora agente operador operadora funcionario alguien runa runawan runapas".split()
)


class AskPerson(TurnAction):
    """Requests a person when the wish is plain, offers one when it may be a misunderstanding."""

    def name(self) -> str:
        return "action_ask_person"

    async def results(self, turn: Turn) -> list[Result]:
        if cannot_read(turn.text):
            return [say("read_aloud"), handoff("asked") if wants_person(turn.text) else offer_person("asked")]
        if speaks_of_another(turn.text):
            found = await not_understood(turn)
            return found if any(result["type"] == "answer" for result in found) else [offer_person("asked")]
        plain = turn.confidence >= SURE_ENOUGH or _names_a_person(turn.text)
        return [handoff("asked") if plain else offer_person("asked")]


class Upset(TurnAction):
    """Offers a person at the first sign of anger, requests one when it follows misunderstandings."""

    def name(self) -> str:
        return "action_upset"

    async def results(self, turn: Turn) -> list[Result]:
        return [say("upset"), handoff("upset") if turn.misses else offer_person("upset")]


class Danger(TurnAction):
    """Somebody may be in danger: who helps at once is said first, and a person requested when it is plain."""

    def name(self) -> str:
        return "action_danger"

    async def results(self, turn: Turn) -> list[Result]:
        plain = turn.confidence >= DANGER_ENOUGH
        return [say("danger"), handoff("danger") if plain else offer_person("danger")]


class OwnCase(TurnAction):
    """A question about the citizen's own file, which the assistant cannot see.

    What happened to somebody sounds like it ("they stole my card") and is of the trámite, where one is plain.
    """

    def name(self) -> str:
        return "action_own_case"

    async def results(self, turn: Turn) -> list[Result]:
        if turn.confidence < OWN_ENOUGH and not (asks_own_state(turn.text) or asks_state(turn.text)):
            told = await not_understood(turn)
            if any(result["type"] in {"answer", "choices"} for result in told):
                return told
        found = await subject(turn)
        known = found.codigo if found.decision in {"sure", "context"} else None
        return [say_of("own_case", known), offer_person("own_case")]


def _names_a_person(text: str) -> bool:
    return any(PERSON_WORDS & (readings(word) | {word}) for word in folded_words(text))
