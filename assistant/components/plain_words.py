"""Corrects the classifier where the words leave no doubt; registered in config.yml between it and the fallback.

Danger and the wish for a person are never lost to an uncertain classifier. A question about one's own file is likelier
one where its words say how far a file is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.aspects import ASPECTS
from assistant.signs.abroad import is_of_another_state, is_only_numbers
from assistant.signs.crime import asks_for_a_crime
from assistant.signs.danger import danger, tells_of_a_death
from assistant.signs.dialogue import plain_intent
from assistant.signs.letters import cannot_read
from assistant.signs.nonsense import is_nonsense
from assistant.signs.own_file import asks_own_state, asks_state
from assistant.signs.person import wants_person
from assistant.signs.tricks import is_trick

SURE = 0.95
LIKELY = 0.45  # below what requests a person at once: see URGENT and DANGER_ENOUGH
NOTHING = 0.1  # what is left of every confidence where no word is one: the fallback's case
BEHIND = 0.5  # the most another intent keeps of the first one's confidence
CLEARLY = 0.6  # a question as plain as this is answered, whatever is told around it
OWN_ODDS = 10.0  # where its words say that it is one's own
STATE_ODDS = 3.0  # how much likelier the own file is when its state is asked for in plain words
RANKING = "intent_ranking"
OWN_FILE = "caso_propio"

Ranked = dict[str, float]


def corrected(text: str, ranked: Ranked, *, choosing: bool, talking: bool = False) -> Ranked:
    """The confidences of all intents after the plain words of `text`.

    `choosing`: options were offered; `talking`: something was answered or offered before.
    """
    level = danger(text)
    if level:
        return _put_first("peligro", SURE if level == "plain" else LIKELY, ranked)
    if tells_of_a_death(text):
        ranked = {**ranked, "peligro": ranked.get("peligro", 0.0) * NOTHING}
    if wants_person(text):
        return _put_first("persona", SURE, ranked)
    asked = max((ranked.get(aspecto, 0.0) for aspecto in ASPECTS), default=0.0) >= CLEARLY
    if cannot_read(text) and not asked:
        return _put_first("persona", LIKELY, ranked)
    if _is_refused(text) or (is_only_numbers(text) and not choosing):
        return _put_first("fuera_de_alcance", SURE, ranked)
    said = plain_intent(text, choosing=choosing, talking=talking)
    if said:
        return _put_first(said, SURE, ranked)
    if is_nonsense(text):
        return {name: confidence * NOTHING for name, confidence in ranked.items()}
    return _own_file(text, ranked)


def _is_refused(text: str) -> bool:
    """Whether `text` asks plainly for what is not given here, whatever trámite it names."""
    return is_trick(text) or is_of_another_state(text) or asks_for_a_crime(text)


def _own_file(text: str, ranked: Ranked) -> Ranked:
    """Weigh the intent of the own file more when its state is asked for."""
    if not asks_state(text) and not asks_own_state(text):
        return ranked
    odds = OWN_ODDS if asks_own_state(text) else STATE_ODDS
    total = sum(ranked.values()) + ranked.get(OWN_FILE, 0.0) * (odds - 1.0)
    return {
        name: confidence * (odds if name == OWN_FILE else 1.0) / total for name, confidence in ranked.items()
    }


def _put_first(intent: str, least: float, ranked: Ranked) -> Ranked:
    """`ranked` with `intent` first at `least` or more, the others far behind it."""
    first = max(least, ranked.get(intent, 0.0))
    highest = max((confidence for name, confidence in ranked.items() if name != intent), default=0.0)
    share = min(1.0, BEHIND * first / highest) if highest else 0.0
    return {name: confidence * share for name, confidence in ranked.items()} | {intent: first}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PlainWords(GraphComponent):
    """Writes `intent` and `intent_ranking` anew."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlainWords:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Correct every message."""
        for message in messages:
            ranked = {entry["name"]: entry["confidence"] for entry in message.get(RANKING) or ()}
            context = message.get("metadata") or {}
            options = context.get("options")
            talking = any(context.get(name) for name in ("codigo", "sede", "options", "offered"))
            found = corrected(message.get(TEXT) or "", ranked, choosing=bool(options), talking=talking)
            self._write(message, found.items())
        return messages

    def _write(self, message: Message, confidences: Iterable[tuple[str, float]]) -> None:
        ranking = [
            {"name": name, "confidence": confidence}
            for name, confidence in sorted(confidences, key=lambda entry: -entry[1])
        ]
        if ranking:
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(RANKING, ranking, add_to_output=True)
