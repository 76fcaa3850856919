from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cms.narration import making


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Recordings of this test only."""
    settings.DATA_DIR = tmp_path


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> Iterator[None]:
    yield
    making.own_voice().close()
