"""Corrects the classifier where the words leave no doubt; registered in config.yml between it and the fallback.

Danger and the wish for a person are never lost to an uncertain classifier. A question about one's own file is one
only when something in it may be a file under way: a story in the first person is not enough.
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

from assistant.signs.abroad import is_of_another_state, is_only_numbers
from assistant.signs.danger import danger
from assistant.signs.own_file import asks_state, has_own_file
from assistant.signs.person import wants_person

SURE = 0.95
LIKELY = 0.45  # below what requests a person at once: see URGENT and DANGER_ENOUGH
BEHIND = 0.5  # the most another intent keeps of the first one's confidence
STATE_ODDS = 3.0  # how much likelier the own file is when its state is asked for in plain words
RANKING = "intent_ranking"
OWN_FILE = "caso_propio"

Ranked = dict[str, float]


def corrected(text: str, ranked: Ranked, *, choosing: bool) -> Ranked:
    """The confidences of all intents after the plain words of `text`; `choosing`: options were offered."""
    level = danger(text)
    if level:
        return _put_first("peligro", SURE if level == "plain" else LIKELY, ranked)
    if wants_person(text):
        return _put_first("persona", SURE, ranked)
    if is_of_another_state(text) or (is_only_numbers(text) and not choosing):
        return _put_first("fuera_de_alcance", SURE, ranked)
    return _own_file(text, ranked)


def _own_file(text: str, ranked: Ranked) -> Ranked:
    """Weigh the intent of the own file: nothing without a sign of one, more when its state is asked for."""
    before = ranked.get(OWN_FILE, 0.0)
    odds = STATE_ODDS if asks_state(text) else float(has_own_file(text))
    total = sum(ranked.values()) + before * (odds - 1.0)
    if total <= 0.0:
        return ranked
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
            options = (message.get("metadata") or {}).get("options")
            found = corrected(message.get(TEXT) or "", ranked, choosing=bool(options))
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
