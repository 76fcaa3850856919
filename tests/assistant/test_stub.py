import subprocess
import sys

import pytest

from assistant import tensorflow_stub
from tests.assistant.conftest import ROOT


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_what_rasa_does_with_tensorflow_at_import_works():
    import tensorflow as tf
    from tensorflow.keras.utils import Sequence

    class Data(Sequence):
        pass

    class Layer(tf.keras.layers.Layer):
        def call(self, x: tf.Tensor | None) -> tf.Tensor:
            return x

    assert Data() is not None
    assert Layer().call(3) == 3
    assert tf.is_tensor([1]) is False
    assert not isinstance(3, tf.Tensor)


def test_using_what_is_absent_says_what_to_do():
    import tensorflow as tf

    with pytest.raises(tensorflow_stub.AbsentLibraryError, match="MAC_REAL_TENSORFLOW=1"):
        tf.constant([1, 2])


def test_an_absent_exception_can_stand_in_an_except_clause():
    from botocore.exceptions import BotoCoreError

    try:
        reached = int("not a number")
    except BotoCoreError:
        reached = 1
    except ValueError:
        reached = 2
    assert reached == 2


def test_installing_twice_changes_nothing():
    before = list(sys.meta_path)
    tensorflow_stub.install()
    assert sys.meta_path == before


def test_installing_after_rasa_is_refused():
    code = (
        "import sys, types; sys.modules['rasa.core'] = types.ModuleType('rasa.core')\n"
        "from assistant import tensorflow_stub; tensorflow_stub.install()"
    )
    assert "before importing rasa" in run(code).stderr


def test_one_setting_brings_the_real_tensorflow_back():
    code = (
        "from assistant import tensorflow_stub; tensorflow_stub.install()\n"
        "try:\n  import tensorflow\n  print(type(tensorflow).__name__)\n"
        "except ModuleNotFoundError:\n  print('not installed')"
    )
    assert run(code).stdout.strip() == "AbsentModule"
    assert run(code, MAC_REAL_TENSORFLOW="1").stdout.strip() != "AbsentModule"


def test_a_client_that_is_installed_is_never_replaced():
    code = (
        "import sys, types\n"
        "from assistant import tensorflow_stub; tensorflow_stub.install()\n"
        "import google.protobuf\n"
        "print(type(google.protobuf).__name__)"
    )
    assert run(code).stdout.strip() == "module"


DIET = """
recipe: default.v1
assistant_id: x
language: es
pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: DIETClassifier, epochs: 1}]
policies: [{name: RulePolicy}]
"""
TWO_INTENTS = """
version: "3.1"
nlu: [{intent: a, examples: "- uno\\n- dos\\n"}, {intent: b, examples: "- tres\\n- cuatro\\n"}]
"""


@pytest.mark.slow
def test_a_neural_component_is_refused_instead_of_half_working(tmp_path):
    for name, text in {
        "config": DIET,
        "nlu": TWO_INTENTS,
        "domain": 'version: "3.1"\nintents: [a, b]',
    }.items():
        (tmp_path / f"{name}.yml").write_text(text)
    code = (
        "from assistant import launch; launch.prepare_rasa()\n"
        "import rasa.model_training\n"
        f"rasa.model_training.train('{tmp_path}/domain.yml', '{tmp_path}/config.yml', ['{tmp_path}/nlu.yml'], '{tmp_path}')"
    )
    done = run(code, RASA_CACHE_DIRECTORY=str(tmp_path), HOME=str(tmp_path))
    assert done.returncode != 0
    assert "AbsentLibraryError" in done.stderr
    assert "MAC_REAL_TENSORFLOW" in done.stderr
    assert not list(tmp_path.glob("*.tar.gz"))
