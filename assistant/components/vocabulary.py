"""Tells the words of questions from all others; registered in config.yml.

"Requisitos para la licencia de ovnis" names something although no published name is in it. A bare "requisitos"
names nothing. The difference is in the words no question uses, and which words those are is learnt from the
training examples, names left out.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant import lexicon
from assistant.components.language import decide
from assistant.components.tokens import annotated, lemma, named, words_of
from assistant.words import COURTESY, FUNCTION_WORDS, is_word

# What these intents talk about is named, not asked.
NAMING = frozenset({"nombrar_tramite", "fuera_de_alcance", "caso_propio", "corregir", "elegir"})
SHORTEST = 3  # letters; shorter words name nothing by themselves
_FILE = "words.json"


def lemmas(message: Message, *, at_run_time: bool) -> tuple[list[str], list[str]]:
    """The roots of a message's words: outside names, and inside them."""
    text = message.get(TEXT) or ""
    words = words_of(text)
    masks = named(words) if at_run_time else annotated(words, message.get(ENTITIES) or [])
    inside = {place for mask in masks for place in range(mask.first, mask.end)}
    reading = (message.get("language") or decide(text, None))["reading"]
    roots = [lemma(word.text, reading) if _counts(word.text) else "" for word in words]
    outside = [root for place, root in enumerate(roots) if root and place not in inside]
    return outside, [root for place, root in enumerate(roots) if root and place in inside]


def _counts(word: str) -> bool:
    return len(word) >= SHORTEST and word not in FUNCTION_WORDS | COURTESY and is_word(word)


def _is_told(example: Message) -> bool:
    """Whether it is a whole story (see assistant/examples.py): its words would make anything a question, or a name."""
    return bool((example.get("metadata") or {}).get("intent", {}).get("told"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class QuestionVocabulary(GraphComponent):
    """Writes `unknown_words`: the roots that are neither part of a question nor inside a published name."""

    def __init__(self, storage: ModelStorage, resource: Resource, known: frozenset[str]) -> None:
        self._storage = storage
        self._resource = resource
        self._known = known

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionVocabulary:
        return cls(model_storage, resource, frozenset())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionVocabulary:
        with model_storage.read_from(resource) as folder:
            known = frozenset(json.loads((folder / _FILE).read_text(encoding="utf-8")))
        lexicon.current.protect(known)
        return cls(model_storage, resource, known)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of questions from all examples but those that name things."""
        asked: set[str] = set()
        names: set[str] = set()
        for example in training_data.intent_examples:
            if _is_told(example):
                continue
            outside, inside = lemmas(example, at_run_time=False)
            names.update(inside)
            if example.get(INTENT) not in NAMING:
                asked.update(outside)
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(sorted(asked - names)), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write the unknown words of every message."""
        for message in messages:
            outside, _inside = lemmas(message, at_run_time=True)
            unknown = [root for root in outside if root not in self._known]
            message.set("unknown_words", unknown, add_to_output=True)
        return messages
