"""Connections to the public network only: nobody makes us ask a machine of our own network for something.

Names are resolved here and the connection goes to the very address that was looked at, so that a name which
changes its address between the two gains nothing.
"""

import ipaddress
import socket
import time
from collections.abc import Iterable

import httpcore
from django.conf import settings
from httpcore import SOCKET_OPTION, NetworkBackend, NetworkStream, SyncBackend

from cms.integrations.webhooks.errors import ForbiddenAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Their addresses hold others, which may be of any network: translation (NAT64) and tunnels (6to4, Teredo).
CARRIERS = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
INSIDE = "La dirección es de la red interna, o no es pública: solo se avisa a direcciones públicas."


def is_public(address: Address) -> bool:
    """Loopback counts where the setting WEBHOOKS_ALLOW_LOOPBACK allows it: for tests, on the same machine."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in net for net in CARRIERS):
            return False
    if address.is_loopback:
        return bool(settings.WEBHOOKS_ALLOW_LOOPBACK)
    return address.is_global and not address.is_multicast and not address.is_reserved


def public_addresses(host: str, port: int) -> list[str]:
    """Where `host` is; raises ForbiddenAddress when any of it is not public, OSError when it is nowhere."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(ipaddress.ip_address(one.partition("%")[0])) for one in found):
        raise ForbiddenAddress(INSIDE)
    return list(dict.fromkeys(found))


class OutsideBackend(NetworkBackend):
    """Opens connections to public addresses, each step of which ends at `deadline` (of time.monotonic)."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._sockets = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        try:
            addresses = public_addresses(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        last: Exception = httpcore.ConnectError(f"no address of {host}")
        for address in addresses:
            try:
                left = _left(self._deadline, httpcore.ConnectTimeout)
                stream = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
            except httpcore.ConnectError as error:
                last = error
            else:
                return _TimedStream(stream, self._deadline)
        raise last


class _TimedStream(NetworkStream):
    """httpcore limits each step of an exchange; this limits the whole, however slowly the other side drips."""

    def __init__(self, stream: NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: object, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        left = _left(self._deadline, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)  # type: ignore[arg-type]

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float, too_late: type[Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise too_late("the time of the whole exchange is over")
    return left
