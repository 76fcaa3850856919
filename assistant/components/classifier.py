"""Which question is asked, by linear support vectors on weighted n-grams; registered in config.yml."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
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

Row: TypeAlias = NDArray[np.float64]


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
        distances = np.array([self._distances(message) for message in messages])
        shared = softmax(self.config["sharpness"] * distances, axis=1)
        for message, shares in zip(messages, shared, strict=True):
            ranked = [
                {"name": str(self.clf.classes_[place]), "confidence": float(shares[place])}
                for place in np.argsort(-shares)
            ]
            message.set("intent", ranked[0], add_to_output=True)
            message.set("intent_ranking", ranked, add_to_output=True)
        return messages

    def _distances(self, message: Message) -> Row:
        """Of each intent: what the pipeline's `decision_function` says, without its checks of a matrix for one row.

        These took five times as long as the sum itself (tests/assistant/test_classifier.py holds both to the same).
        """
        rows = _sentence_features(message)
        if not rows:  # of no word at all
            row: Row = self.clf.decision_function(self._create_X([message]).tocsr())[0]
            return row
        weighed, machine = self.clf.steps[0][1], self.clf.steps[1][1]
        found: Row = machine.intercept_.copy()
        begin = 0
        for (_name, tfidf, _columns), some in zip(weighed.transformers_, _as_learnt(rows), strict=True):
            places, values = _weighed(tfidf, some)
            found += machine.coef_.take(begin + places, axis=1) @ values
            begin += len(tfidf.idf_)
        return found


def _as_learnt(rows: list[csr_matrix]) -> tuple[csr_matrix, csr_matrix]:
    """The letters, and all the others joined."""
    letters, *others = rows
    return letters.tocsr(), (others[0] if len(others) == 1 else hstack(others)).tocsr()


def _weighed(tfidf: TfidfTransformer, row: csr_matrix) -> tuple[NDArray[np.int32], Row]:
    """Places and values of one row as `tfidf` gives them: counts, or their logarithm and one, by idf, of length 1."""
    counts = 1.0 + np.log(row.data) if tfidf.sublinear_tf else row.data
    values: Row = counts * tfidf.idf_[row.indices]
    length = np.sqrt(values @ values)
    return row.indices, values / length if length else values


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
