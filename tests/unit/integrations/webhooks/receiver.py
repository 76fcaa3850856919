"""A double of a subscriber's system that speaks HTTP, and misbehaves as it is told to."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Manner = Literal["takes it", "500", "410", "redirects", "is slow", "drips", "hangs up", "talks nonsense"]


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`manner` may be changed while it runs; `received` is what came in whole."""

    url: str = ""
    manner: Manner = "takes it"
    received: list[Received] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.receiver.received.append(Received(self.path, headers, body))
        getattr(self, "_" + self.receiver.manner.replace(" ", "_"))()

    def _takes_it(self) -> None:
        self._answer(204)

    def _500(self) -> None:
        self._answer(500)

    def _410(self) -> None:
        self._answer(410)

    def _redirects(self) -> None:
        self._answer(302, {"Location": "/elsewhere"})

    def _is_slow(self) -> None:
        self.receiver.released.wait(20)
        self._answer(204)

    def _drips(self) -> None:
        """A byte of a header now and then: every single read is in time, the answer never ends."""
        for _byte in range(400):
            if self.receiver.released.is_set():
                return
            self.wfile.write(b"H" if _byte else b"HTTP/1.1 200 OK\r\nX-Long: ")
            time.sleep(0.05)

    def _hangs_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _talks_nonsense(self) -> None:
        self.wfile.write(b"buenas tardes\r\n\r\n")

    def _answer(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": "0", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Whoever gave up waiting has hung up."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """`tls`: over HTTPS, with the certificate of that context."""
    receiver = Receiver()
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    server = _Server(("127.0.0.1", 0), handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    scheme = "https" if tls else "http"
    receiver.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/avisos"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.released.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
