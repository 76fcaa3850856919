"""Which question is asked: letters and stems weighed apart, and distances made shares."""

import numpy as np
import pytest
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from assistant.components.classifier import SupportVectors

LETTERS = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
STEMS = ((1, 0), (0, 1))


def message(letters: tuple[int, ...], stems: tuple[int, ...], intent: str = "") -> Message:
    data = {TEXT: "dicho", **({"intent": intent} if intent else {})}
    found = Message(data=data)
    for origin, counts in (("letters", letters), ("stems", stems)):
        row = csr_matrix(np.array([counts], dtype=np.float32))
        found.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, origin))
    return found


@pytest.fixture
def trained(tmp_path) -> SupportVectors:
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    storage: ModelStorage = LocalModelStorage.create(tmp_path)
    found = SupportVectors(
        SupportVectors.get_default_config(), "support vectors", storage, Resource("support vectors")
    )
    found.train(
        TrainingData(
            [message(LETTERS[n % 2], STEMS[n % 2], ("costo", "plazo")[n % 2]) for n in range(8)]
            + [message(LETTERS[2], (1, 1), "donde") for _ in range(4)]
        )
    )
    return found


def test_the_intents_are_ranked_with_shares_of_one_whole(trained: SupportVectors) -> None:
    asked = message(LETTERS[1], STEMS[1])
    trained.process([asked])
    ranking = asked.get("intent_ranking")
    assert asked.get("intent") == ranking[0]
    assert ranking[0]["name"] == "plazo"
    assert sum(one["confidence"] for one in ranking) == pytest.approx(1.0)
    assert [one["confidence"] for one in ranking] == sorted(
        (one["confidence"] for one in ranking), reverse=True
    )


def test_letters_and_stems_are_each_of_length_one(trained: SupportVectors) -> None:
    """Many runs of letters never drown the few stems."""
    much = trained.clf[0].transform(trained._create_X([message((40, 9, 3), (1, 0))]).tocsr())
    row = much.toarray()[0] if hasattr(much, "toarray") else np.asarray(much)[0]
    assert np.linalg.norm(row[:3]) == pytest.approx(1.0)
    assert np.linalg.norm(row[3:]) == pytest.approx(1.0)


def test_what_has_no_feature_is_answered_without_certainty(trained: SupportVectors) -> None:
    nothing = message((0, 0, 0), (0, 0))
    trained.process([nothing])
    assert nothing.get("intent")["confidence"] < 0.5


def test_the_features_are_those_rasa_would_join(trained: SupportVectors) -> None:
    messages = [message((4, 0, 3), (1, 0)), message((0, 9, 1), (0, 2))]
    ours, theirs = trained._create_X(messages), super(SupportVectors, trained)._create_X(messages)
    assert (ours.toarray() == theirs.toarray()).all()


@pytest.mark.parametrize(
    ("letters", "stems"), [((3, 0, 1), (1, 0)), ((0, 2, 5), (2, 1)), ((1, 1, 1), (0, 0)), ((0, 0, 0), (0, 0))]
)
def test_one_row_is_worked_out_as_the_pipeline_would(
    trained: SupportVectors, letters: tuple[int, ...], stems: tuple[int, ...]
) -> None:
    asked = message(letters, stems)
    expected = trained.clf.decision_function(trained._create_X([asked]).tocsr())[0]
    assert trained._distances(asked) == pytest.approx(expected, abs=1e-6)
    assert np.ptp(expected) > 0
