"""Which question is asked, by linear support vectors on weighted n-grams; registered in config.yml."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import softmax
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SupportVectors(LogisticRegressionClassifier):
    """Rasa's classifier with another model inside: its examples, its storage, its ranking of intents.

    Letters and stems are weighed apart (tf-idf, each of length 1): otherwise the many runs of letters drown the few
    stems. Each intent has a linear machine against all others, and their distances become shares of confidence.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `sharpness`: how soon a small difference of distance decides; see docs/understanding.md
        return {**LogisticRegressionClassifier.get_default_config(), "C": 0.5, "sharpness": 5.0}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents of all examples."""
        examples = [one for one in training_data.intent_examples if one.get(INTENT) and one.get(TEXT)]
        self.clf = self._untrained(_letters_of(examples[0]))
        self.clf.fit(self._create_X(examples), [one.get(INTENT) for one in examples])
        self.persist()
        return self._resource

    def _create_X(self, messages: list[Message]) -> csr_matrix:
        """One row a message, joined once for all: Rasa joins the features of each message by itself."""
        rows = [_sentence_features(message) for message in messages]
        if not all(rows):  # a message of no word at all
            return super()._create_X(messages)
        return hstack([vstack(column) for column in zip(*rows, strict=True)], format="csr")

    def _untrained(self, letters: int) -> Pipeline:
        """A model of messages whose first `letters` features are runs of letters."""
        weighed = ColumnTransformer(
            [
                ("letters", TfidfTransformer(sublinear_tf=True), slice(0, letters)),
                ("stems", TfidfTransformer(), slice(letters, None)),
            ]
        )
        return make_pipeline(weighed, LinearSVC(C=self.config["C"], random_state=self.config["random_state"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of every message."""
        distances = self.clf.decision_function(self._create_X(messages).tocsr())
        shared = softmax(self.config["sharpness"] * distances, axis=1)
        for message, shares in zip(messages, shared, strict=True):
            ranked = [
                {"name": str(self.clf.classes_[place]), "confidence": float(shares[place])}
                for place in np.argsort(-shares)
            ]
            message.set("intent", ranked[0], add_to_output=True)
            message.set("intent_ranking", ranked, add_to_output=True)
        return messages


def _letters_of(example: Message) -> int:
    """How many features the first featurizer of config.yml gives."""
    return int(_sentence_features(example)[0].shape[-1])


def _sentence_features(message: Message) -> list[csr_matrix]:
    """What each featurizer says of the whole message, in the order of config.yml."""
    return [
        features.features
        for features in message.features
        if features.attribute == TEXT and features.type == FEATURE_TYPE_SENTENCE
    ]
