"""A fee is published on the running system: two seconds later no place tells the old one, in either language."""

import pytest

from tests.bench import everywhere
from tests.evaluation.figures import percentile
from tests.unit.stack.real_system import System

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(900)]

CHANGES = 20
WITHIN_SECONDS = 2.0


def test_a_new_fee_is_told_everywhere_within_two_seconds_and_the_old_one_nowhere(embedded: System) -> None:
    seconds = everywhere.measure(embedded.configuration, CHANGES)
    assert all(len(found) == CHANGES for found in seconds.values())
    last = [max(times) for times in zip(*seconds.values(), strict=True)]
    by_place = {place: round(percentile(found, 95), 2) for place, found in seconds.items()}
    assert percentile(last, 95) <= WITHIN_SECONDS, by_place
