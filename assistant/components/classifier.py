"""Rasa's logistic regression on weighted n-grams; registered in config.yml."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WeightedLogisticRegression(LogisticRegressionClassifier):
    """Weighs every n-gram by how few examples have it (tf-idf) before Rasa's classifier sees it.

    Letters n-grams that are in every other example ("est", "para") otherwise count as much as those that tell
    two questions apart. Training, storing and prediction are Rasa's own.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**LogisticRegressionClassifier.get_default_config(), "C": 20.0}

    def __init__(
        self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource
    ) -> None:
        super().__init__(config, name, model_storage, resource)
        self.clf = make_pipeline(
            TfidfTransformer(),
            LogisticRegression(
                C=self.config["C"],
                class_weight="balanced",  # as Rasa's: rare questions count as much as frequent ones
                max_iter=self.config["max_iter"],
                tol=self.config["tol"],
                random_state=self.config["random_state"],
            ),
        )
