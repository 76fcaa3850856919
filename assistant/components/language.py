"""Decides the language of each message; registered in config.yml."""

from __future__ import annotations

from typing import Any, TypedDict

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from lenguas.identify import identify

LOCALES = ("es", "qu")


class Decision(TypedDict):
    """`locale` to answer in, `reading` to analyse the words in, `score` > 0 the more Quechua the text is."""

    locale: str
    reading: str
    score: float


def decide(text: str, metadata: dict[str, Any] | None) -> Decision:
    """The locale of one message.

    A locale the citizen chose wins. Otherwise a text that is certain decides, and one that is not ("DNI",
    "pasaporte", a place name) stays in the locale of the conversation, so that a shared word never switches it.
    """
    context = metadata or {}
    found = identify(text)
    before = context.get("locale")
    current = before if before in LOCALES else found.code
    reading = found.code if found.certain else current
    locale = current if context.get("locale_chosen") else reading
    return {"locale": locale, "reading": reading, "score": round(float(found.score), 3)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageIdentifier(GraphComponent):
    """Writes `language` (a Decision) on each message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide the language of every message."""
        for message in messages:
            decision = decide(message.get(TEXT) or "", message.get("metadata"))
            message.set("language", decision, add_to_output=True)
        return messages
