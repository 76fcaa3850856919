"""A first visit stays within its budget of bytes. How long it takes is measured apart: it hangs on the machine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.functional.first_visit import BUDGETS, Budget, line_to_a_packed_site, visit
from tests.functional.line import Line

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "first-visit.md"


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory, small_content: Path) -> Iterator[Line]:
    with line_to_a_packed_site(tmp_path_factory.mktemp("packed"), small_content) as line:
        yield line


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.name)
def test_a_first_visit_stays_within_its_budget(chromium: Browser, line: Line, budget: Budget) -> None:
    found = visit(chromium, line, budget.path, slow=False)
    assert found.shown <= budget.shown_kb * 1000
    assert found.all <= budget.all_kb * 1000
    assert found.blocking <= 4, "each style sheet is waited for before the first text"


def test_the_document_names_the_budgets_that_are_kept() -> None:
    told = re.findall(
        r"`(/\S*)` \| [\d.]+ \| (\d+) \| [\d.]+ \| (\d+) \|", DOCUMENT.read_text(encoding="utf-8")
    )
    assert told == [(one.path, str(one.shown_kb), str(one.all_kb)) for one in BUDGETS]
