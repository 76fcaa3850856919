"""Logging what broke without what citizens wrote."""

from types import TracebackType

Told = tuple[type[RuntimeError], RuntimeError, TracebackType | None]


def without_words(error: BaseException) -> Told:
    """`exc_info` for a log: where it broke and what kind it was. Its message may repeat a citizen's words."""
    return RuntimeError, RuntimeError(type(error).__name__), error.__traceback__
