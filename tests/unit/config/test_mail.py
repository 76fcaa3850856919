"""Where mail goes, by one variable."""

import logging

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.config import env
from cms.config.log_filters import WithoutLinks


def test_without_a_server_mail_stays_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAC_MAIL_URL", " ")
    assert env.mail("MAC_MAIL_URL").backend.endswith("filebased.EmailBackend")


@pytest.mark.parametrize(
    ("url", "port", "ssl", "starttls"),
    [
        ("smtp://a%40b:s%2Fx@mail.example", 587, False, True),
        ("smtps://a%40b:s%2Fx@mail.example", 465, True, False),
        ("smtp://a%40b:s%2Fx@127.0.0.1:25", 25, False, False),
        ("smtp://a%40b:s%2Fx@mail.example:2525?tls=0", 2525, False, False),
    ],
)
def test_a_server_is_named_by_one_address(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, ssl: bool, starttls: bool
) -> None:
    monkeypatch.setenv("MAC_MAIL_URL", url)
    mail = env.mail("MAC_MAIL_URL")
    assert (mail.port, mail.ssl, mail.starttls) == (port, ssl, starttls)
    assert (mail.user, mail.password) == ("a@b", "s/x")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("MAC_MAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="MAC_MAIL_URL"):
        env.mail("MAC_MAIL_URL")


def test_a_link_that_opens_something_is_cut_out_of_log_lines() -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "%s: %s", ("Error", "/confirmar/abc:d/enviar/"), None
    )
    WithoutLinks().filter(record)
    assert record.getMessage() == "Error: /confirmar/…/enviar/"
