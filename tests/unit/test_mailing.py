"""A mail server that is gone costs one wait in a run; one that refuses a mail costs the others nothing."""

import smtplib

import pytest

from cms.mailing import ServerGone, check_reachable, send_each


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("timed out"),
        ConnectionRefusedError("nobody there"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPConnectError(421, b"too busy"),
    ],
)
def test_a_server_that_is_gone_ends_the_run(error: Exception) -> None:
    tried: list[int] = []

    def send(number: int) -> bool:
        tried.append(number)
        if number == 2:
            check_reachable(error)
        return True

    assert send_each(send, [1, 2, 3]) == 1
    assert tried == [1, 2]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"ana@example.org": (550, b"no such user")}),
        smtplib.SMTPDataError(552, b"too big"),
        ValueError("no address"),
    ],
)
def test_what_is_wrong_with_one_mail_ends_nothing(error: Exception) -> None:
    try:
        check_reachable(error)
    except ServerGone:
        pytest.fail("others' mails would not go out")
