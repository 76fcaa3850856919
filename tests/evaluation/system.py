"""The system that is measured: the one that runs here, or one started for it and stopped at the end."""

import contextlib
import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from stack import configuration, ports, readiness
from stack.configuration import ROOT, Configuration
from stack.failures import StackError
from stack.lifecycle import Stack
from stack.supervision import Supervisor

_FIRST_PORT = 8400


class NotMeasurableError(StackError):
    """There is a system, but not one that can be measured; the message says what to do."""


@contextlib.contextmanager
def running_or_own(folder: str) -> Iterator[str]:
    """The address of this MAC_PORT's and MAC_DATA_DIR's system or, when none runs, of one in build/`folder`.

    Raises StackError when neither is to be had.
    """
    present = configuration.read(os.environ)
    if Supervisor(present).is_running():
        parts = readiness.parts_of(f"{present.web_url}/readyz")
        down = [part for part in readiness.PARTS if not parts.get(part)]
        if down:
            raise NotMeasurableError(
                f"The system at {present.web_url} runs without: {', '.join(down)}. "
                "Start it anew with make down and make up."
            )
        yield present.web_url
        return
    with ended_by_signals():
        own = own_configuration(folder, os.environ)
        stack = Stack(own)
        try:
            stack.up()
            yield own.web_url
        finally:
            stack.down()


def own_configuration(folder: str, environ: Mapping[str, str]) -> Configuration:
    """A stack of the embedded profile in build/`folder`, on ports that are free."""
    port = next(port for port in range(_FIRST_PORT, ports.HIGHEST) if ports.is_free(port))
    dropped = {"MAC_RASA_URL", "MAC_ACTIONS_URL", "MAC_BIND", "DATABASE_URL", "REDIS_URL"}
    kept = {name: value for name, value in environ.items() if name not in dropped}
    data_dir: Path = ROOT / "build" / folder
    return configuration.read(
        kept
        | {"MAC_PORT": str(port), "MAC_DATA_DIR": str(data_dir), "MAC_PROFILE": "embedded", "MAC_DEMO": "0"}
    )


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Turns SIGTERM and SIGHUP into KeyboardInterrupt, so that what was started is stopped."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
