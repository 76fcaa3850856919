"""Knowing that the server is asked to stop, so that open streams end at once and not when they are cut off."""

import signal
import threading
from types import FrameType

_asked = threading.Event()
_watching = threading.Event()


def is_stopping() -> bool:
    return _asked.is_set()


def watch_for_stop() -> None:
    """Notes SIGTERM and passes it on to the server's own handler. Does nothing where there is no such handler."""
    if _watching.is_set() or threading.current_thread() is not threading.main_thread():
        return
    servers_own = signal.getsignal(signal.SIGTERM)
    if not callable(servers_own):
        return

    def note(number: int, frame: FrameType | None) -> None:
        _asked.set()
        servers_own(number, frame)

    signal.signal(signal.SIGTERM, note)
    _watching.set()
