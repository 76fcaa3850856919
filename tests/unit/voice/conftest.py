"""A speaking process for all, and a double of the service Google's voice comes from."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from voice.engines.espeak import EspeakEngine
from voice.pieces import Language
from voice.speakable import prepare

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def espeak() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def spoken() -> Callable[[str, Language], str]:
    """A text as prepared, in one line: ` / ` between sentences, in Quechua braces around Spanish."""

    def prepared(text: str, language: Language) -> str:
        return " / ".join(
            " ".join(
                f"{{{segment.text}}}" if language == "qu" and segment.language == "es" else segment.text
                for segment in sentence.segments
            )
            for sentence in prepare(text, language)
        )

    return prepared


@pytest.fixture(scope="session")
def doubles() -> ModuleType:
    spec = importlib.util.spec_from_file_location("google_double", HERE / "google_double.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["google_double"] = module
    spec.loader.exec_module(module)
    return module
