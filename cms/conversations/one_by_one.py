"""A job of the worker over many conversations: what fails for one is told, and the others are done all the same."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from cms.conversations.faults import without_words

logger = logging.getLogger(__name__)
One = TypeVar("One")


def one_by_one(
    change: Callable[[One], int], rows: Iterable[One], *, job: str, at_most: int | None = None
) -> int:
    """The sum of what `change` returns; ends at `at_most`, of which what fails takes no place.

    Raises what says that the database is gone: each row would only wait for it in vain.
    """
    done = 0
    for row in rows:
        done += _try(change, row, job)
        if done == at_most:
            break
    return done


def _try(change: Callable[[One], int], row: One, job: str) -> int:
    try:
        return change(row)
    except Exception as error:  # the edge of the worker: it is logged and tried again in the next run
        if _is_database_gone(error):
            raise
        extra = {"event": "job_failed", "job": job, "subject": getattr(row, "__name__", str(row))}
        logger.error("A job failed for one row (%s).", job, exc_info=without_words(error), extra=extra)
        return 0


def _is_database_gone(error: Exception) -> bool:
    """PostgreSQL gives a code to all it refuses, a deadlock also; a connection that breaks has none."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlstate", None) is None
