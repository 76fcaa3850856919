"""How many requests a second one page takes, sent as it is kept and made anew each time, in the same run.

A question in the address lets the same page be made anew: only pages without one are kept. The client is a bare
socket, so that what is measured is the server and not the library that asks it.
"""

import socket
import time
from urllib.parse import urlsplit

from tests.bench.asking import PATTERN, WrongReplyError
from tests.bench.sheet import Taken

PAGE = f"/es/tramites/{PATTERN}/"
ANEW = f"{PAGE}?medicion=1"
_SECONDS = 1.5
_TURNS = 3
_TIMEOUT_SECONDS = 20


def kept_over_made_anew(base_url: str) -> Taken:
    """The median of some turns, each first the one and then the other: what else the machine does meets both."""
    turns = []
    with _Connection(base_url) as connection:
        connection.ask(PAGE)
        for _turn in range(_TURNS):
            kept, anew = (_per_second(connection, path) for path in (PAGE, ANEW))
            turns.append((kept / anew, kept, anew))
    ratio, kept, anew = sorted(turns)[len(turns) // 2]
    return Taken(ratio, f"{kept:.0f} against {anew:.0f} requests a second of one browser, compressed")


def _per_second(connection: "_Connection", path: str) -> float:
    count, began = 0, time.perf_counter()
    while (spent := time.perf_counter() - began) < _SECONDS:
        connection.ask(path)
        count += 1
    return count / spent


class _Connection:
    """One connection that is kept, as a browser has it."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._host = parts.netloc
        self._socket = socket.create_connection(
            (parts.hostname or "", parts.port or 80), timeout=_TIMEOUT_SECONDS
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "_Connection":
        return self

    def __exit__(self, *error: object) -> None:
        self._socket.close()

    def ask(self, path: str) -> None:
        """Reads the whole answer; raises WrongReplyError for anything but a 200."""
        request = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept-Encoding: gzip\r\n\r\n"
        self._socket.sendall(request.encode())
        head, rest = self._until_the_body()
        if not head.startswith(b"HTTP/1.1 200"):
            raise WrongReplyError(f"{path} answered {head[:20]!r}")
        lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        if not lengths:
            raise WrongReplyError(f"{path} does not say how long it is")
        wanted = int(lengths[0].partition(b":")[2]) - len(rest)
        while wanted > 0:
            wanted -= len(self._more())

    def _until_the_body(self) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _blank, rest = received.partition(b"\r\n\r\n")
        return head, rest

    def _more(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise WrongReplyError("the server closed the connection")
        return received
