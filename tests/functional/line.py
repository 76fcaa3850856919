"""A line that can be cut: all a browser sends goes through it to the server, until somebody cuts it."""

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Line:
    """Stands at an address of its own before the server at `url`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = (str(parts.hostname), int(parts.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        # How much the browser received, with all that is around the pages.
        self.received = 0
        self._counting = threading.Lock()
        # How long each piece of what comes from the server takes.
        self.seconds_per_piece = 0.0
        self._whole = True
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Whatever is under way breaks off, and nothing new gets through."""
        self._whole = False
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._whole = True

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _address = self._listener.accept()
            except OSError:
                return
            if not self._whole:
                browser.close()
                continue
            server = socket.create_connection(self._server)
            for source, target, counts in ((browser, server, False), (server, browser, True)):
                self._open.add(source)
                threading.Thread(target=self._carry, args=(source, target, counts), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(16384):
                target.sendall(data)
                if counts:
                    time.sleep(self.seconds_per_piece)
                    with self._counting:
                        self.received += len(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.discard(source)
        source.close()
