"""A double of the address gTTS asks: the same path, form and wrapping of the answer, on this machine.

The form field `f.req` holds `[[["jQ1olc", "[text, language, slow, \"null\"]", null, "generic"]]]`; the answer is a
guard line, a length and a line of JSON in which the MP3 stands in base64.
"""

import base64
import json
import math
import threading
from array import array
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import lameenc

PATH = "/_/TranslateWebserverUi/data/batchexecute"
SECONDS_A_CHARACTER = 0.05


def mp3_of(seconds: float) -> bytes:
    """Return a tone as the service codes speech: 24 kHz, 64 kbit/s, one channel."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(24000)
    encoder.set_bit_rate(64)
    encoder.set_channels(1)
    encoder.set_quality(9)
    wave = array("h", (int(8000 * math.sin(at / 12)) for at in range(int(24000 * seconds))))
    return bytes(encoder.encode(wave.tobytes())) + bytes(encoder.flush())


def wrapped(content: str | None) -> bytes:
    inner = json.dumps([content], separators=(",", ":")) if content is not None else None
    line = json.dumps(
        [["wrb.fr", "jQ1olc", inner, None, None, None, "generic"], ["di", 41]], separators=(",", ":")
    )
    return f')]}}\'\n\n{len(line)}\n{line}\n25\n[["e",4,null,null,140]]\n'.encode()


class GoogleDouble:
    """Answers as `mode` says: speech, silence, drip, 429, 500, 403, empty, no-audio, no-base64, no-mp3, html."""

    def __init__(self) -> None:
        self.mode = "speech"
        self.asked: list[tuple[str, str, Any]] = []
        self.released = threading.Event()
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                double.answer(self)

            def log_message(self, *_arguments: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        assert request.path == PATH
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        (envelope,) = json.loads(parse_qs(body)["f.req"][0])
        (service, parameters, _nothing, _generic) = envelope[0]
        assert service == "jQ1olc"
        text, language, slow, _null = json.loads(parameters)
        self.asked.append((text, language, slow))
        if self.mode == "silence":
            self.released.wait(20)
        status = int(self.mode) if self.mode.isdecimal() else 200
        self._send(request, status, self._body(text))

    def _body(self, text: str) -> bytes:
        if self.mode == "html" or self.mode.isdecimal():
            return b"<html><title>Sorry...</title></html>"
        contents = {
            "empty": "",
            "no-audio": None,
            "no-base64": "?",
            "no-mp3": base64.b64encode(b"no speech at all " * 20).decode(),
        }
        speech = base64.b64encode(mp3_of(SECONDS_A_CHARACTER * len(text))).decode()
        return wrapped(contents.get(self.mode, speech))

    def _send(self, request: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        try:
            request.send_response(status)
            request.send_header("Content-Type", "application/json; charset=utf-8")
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            if self.mode == "drip":
                for place in range(len(body)):
                    request.wfile.write(body[place : place + 1])
                    if self.released.wait(0.05):
                        return
            request.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client has given up, as it should
