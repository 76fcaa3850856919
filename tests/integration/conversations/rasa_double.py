"""A stand-in for the assistant: the same address, secret, body rules and answers, over real HTTP.

The body is read by the assistant's own reader, so what this accepts is what the assistant accepts.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.channels.body import BodyError, Incoming, read

PATH = "/webhooks/mac/webhook"
Answer = Callable[[Incoming], list[dict[str, Any]]]


def say(key: str) -> dict[str, Any]:
    return {"type": "say", "key": key}


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up waiting is what some tests are about."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class RasaDouble:
    """Answers with `results`; `manner` is how: ok, slow, garbage, drip, failing or empty."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.manner = "ok"
        self.slow_seconds = 0.0
        self.locale: str | None = None
        self.results: Answer = lambda incoming: [say("greeting")]
        self.heard: list[Incoming] = []
        self.calls = 0
        self._server = Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Headers and body leave in two packets: without this each answer would wait 40 ms for an acknowledgement.
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                double.calls += 1
                status, answer = double._answer(self)
                if double.manner == "drip":
                    return self._drip()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def _drip(self) -> None:
                self.send_response(200)
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                for _drop in range(100):
                    try:
                        self.wfile.write(b" ")
                        self.wfile.flush()
                    except OSError:
                        return
                    time.sleep(0.1)

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler

    def _answer(self, request: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        if request.path != PATH:
            return 404, b"{}"
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return 401, b'{"message": "Send Authorization."}'
        try:
            incoming = read(body)
        except BodyError as error:
            return error.status, json.dumps({"message": str(error)}).encode()
        self.heard.append(incoming)
        if self.manner == "slow":
            time.sleep(self.slow_seconds)
        if self.manner == "failing":
            return 500, b'{"message": "The turn failed; answer without the assistant."}'
        if self.manner == "garbage":
            return 200, b"<html>\xff not ours"
        return 200, self._decisions(incoming)

    def _decisions(self, incoming: Incoming) -> bytes:
        results = [] if self.manner == "empty" else self.results(incoming)
        locale = self.locale or incoming.metadata["locale"] or "es"
        return json.dumps({"locale": locale, "locale_score": 0.0, "results": results}).encode()
