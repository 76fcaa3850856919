"""No subscriber's address makes us knock at a machine of our own network."""

import socket
import time
from typing import Any

import pytest

from cms.integrations.webhooks import addresses, client
from cms.integrations.webhooks.errors import DeliveryError, ForbiddenAddress
from tests.unit.integrations.webhooks.receiver import Receiver

INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.7", "172.16.4.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.7", "64:ff9b::a00:7", "2002:a00:7::", "2001:0:a00:7::",
]  # fmt: skip


def named(*found: str) -> Any:
    """A name server that answers with these."""

    def resolve(host: str, port: int, **kwargs: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    return resolve


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_of_the_public_network_is_never_asked(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", named(address))
    with pytest.raises(ForbiddenAddress):
        addresses.public_addresses("inocente.example", 443)


@pytest.mark.parametrize("address", ["8.8.8.8", "200.48.225.130", "2606:4700:4700::1111"])
def test_what_is_public_is_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", named(address))
    assert addresses.public_addresses("ministerio.example", 443) == [address]


def test_a_name_with_one_public_and_one_inner_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", named("8.8.8.8", "10.0.0.7"))
    with pytest.raises(ForbiddenAddress):
        addresses.public_addresses("doble.example", 443)


def test_a_name_that_changes_its_address_after_it_was_looked_at_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Public at the first look, inside at the second: there is only one look, and the connection goes to it."""
    looks = [named("8.8.8.8"), named("127.0.0.1")]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **kwargs: looks.pop(0)(*args[:2]) if looks else []
    )
    reached: list[str] = []

    class Sockets:
        def connect_tcp(self, host: str, *args: object) -> object:
            reached.append(host)
            raise addresses.httpcore.ConnectError("not in a test")

    backend = addresses.OutsideBackend(time.monotonic() + 5)
    backend._sockets = Sockets()  # type: ignore[assignment]
    with pytest.raises(addresses.httpcore.ConnectError):
        backend.connect_tcp("cambia.example", 443)
    assert (reached, len(looks)) == (["8.8.8.8"], 1)


def test_loopback_is_refused_unless_a_setting_allows_it(receiver: Receiver, settings: Any) -> None:
    assert client.post(receiver.url, b"{}", {}) == 204
    settings.WEBHOOKS_ALLOW_LOOPBACK = False
    with pytest.raises(ForbiddenAddress):
        client.post(receiver.url, b"{}", {})
    assert len(receiver.received) == 1


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.manner = "redirects"
    with pytest.raises(DeliveryError, match="Manda a otra dirección") as failed:
        client.post(receiver.url, b"{}", {})
    assert failed.value.status == 302
    assert [one.path for one in receiver.received] == ["/avisos"]


@pytest.mark.parametrize("manner", ["is slow", "drips"])
def test_an_answer_that_never_ends_is_given_up_in_time(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, manner: Any
) -> None:
    monkeypatch.setattr(client, "WHOLE_SECONDS", 0.6)
    receiver.manner = manner
    started = time.monotonic()
    with pytest.raises(DeliveryError, match="No respondió"):
        client.post(receiver.url, b"{}", {})
    assert 0.5 < time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        ("500", "Respondió 500"),
        ("hangs up", "No se pudo conectar, o la conexión se cortó"),
        ("talks nonsense", "No se pudo conectar, o la conexión se cortó"),
    ],
)
def test_what_went_wrong_is_told(receiver: Receiver, manner: Any, said: str) -> None:
    receiver.manner = manner
    with pytest.raises(DeliveryError, match=said):
        client.post(receiver.url, b"{}", {})


def test_nobody_there_is_told(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(DeliveryError, match="No se pudo conectar"):
        client.post(f"http://127.0.0.1:{port}/", b"{}", {})


def test_a_name_that_does_not_exist_is_a_failed_try(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    def nowhere(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(DeliveryError, match="No se pudo conectar"):
        client.post("https://no-existe.example/", b"{}", {})
