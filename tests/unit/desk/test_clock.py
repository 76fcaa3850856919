import pytest

from cms.desk.queries import clock


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h 00 min"), (11100, "3 h 05 min")],
)
def test_a_wait_is_told_in_the_unit_that_matters(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown
