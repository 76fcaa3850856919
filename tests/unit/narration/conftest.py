from collections.abc import Iterator

import pytest

from cms.narration import making


@pytest.fixture(scope="session", autouse=True)
def _quiet() -> Iterator[None]:
    """The speaking process ends with the tests."""
    yield
    making.own_voice().close()
