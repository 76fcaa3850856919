"""What fails for one conversation is told without its words; a database that is gone ends the job."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import InterfaceError, OperationalError

from cms.conversations.one_by_one import one_by_one


def failing_for_two(error: Exception) -> Callable[[int], int]:
    def change(number: int) -> int:
        if number == 2:
            raise error
        return 1

    return change


def caused(cause: Exception) -> OperationalError:
    error = OperationalError("said by the database")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error", [ValueError("soy Ana, 45678912"), caused(psycopg.errors.DeadlockDetected("a circle"))]
)
def test_the_others_are_done(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    assert one_by_one(failing_for_two(error), [1, 2, 3], job="a_job") == 2
    assert [record.getMessage() for record in caplog.records] == ["A job failed for one row (a_job)."]
    assert "45678912" not in caplog.text


def test_what_fails_takes_no_place_of_the_others() -> None:
    assert one_by_one(failing_for_two(ValueError()), [2, 1, 3], job="a_job", at_most=1) == 1


@pytest.mark.parametrize(
    "error", [caused(psycopg.OperationalError("no connection")), InterfaceError("closed")]
)
def test_nothing_is_waited_for_in_vain_where_the_database_is_gone(error: Exception) -> None:
    tried: list[int] = []

    def change(number: int) -> int:
        tried.append(number)
        raise error

    with pytest.raises(type(error)):
        one_by_one(change, [1, 2], job="a_job")
    assert tried == [1]
