"""A site of its own for those who publish: what they change, the readers of the other tests must not meet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.conftest import Site, running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, small_content: Path) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("newsroom"), small_content) as site:
        yield site
