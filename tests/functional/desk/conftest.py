"""What the tests of the desk begin with."""

import pytest
from playwright.sync_api import Page

from tests.functional.conftest import Windows
from tests.functional.desk.steps import ask_for_person, take
from tests.functional.test_story import DNI, SignIn


@pytest.fixture
def held(windows: Windows, sign_in: SignIn) -> Page:
    """A desk with one conversation in hand."""
    desk = sign_in("carlos")
    ask_for_person(windows.open(f"/es/chat/?codigo={DNI}"))
    take(desk)
    return desk
