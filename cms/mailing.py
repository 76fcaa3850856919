"""Many mails one after another, through a server that may be gone."""

import smtplib
from collections.abc import Callable, Iterable
from typing import TypeVar

One = TypeVar("One")


class ServerGone(Exception):
    """The mail server cannot be reached: whoever goes on only waits again. What is left is found by the next run."""


def send_each(send: Callable[[One], int], waiting: Iterable[One]) -> int:
    """How many went out; ends at the first ServerGone, because the one worker waits seconds for each of them."""
    sent = 0
    for one in waiting:
        try:
            sent += send(one)
        except ServerGone:
            break
    return sent


def check_reachable(error: Exception) -> None:
    """Raises ServerGone where `error` says nothing of the one mail but that nobody is at the other end."""
    # Every answer of a server is an OSError too.
    answered = isinstance(error, smtplib.SMTPException)
    lost = isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError)
    if lost or (isinstance(error, OSError) and not answered):
        raise ServerGone(type(error).__name__) from error
