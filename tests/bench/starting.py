"""How long the system takes to start, read from what the operator sees, and how long the peers take."""

import contextlib
import io
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from stack.configuration import ROOT, Configuration
from stack.lifecycle import Stack
from tests.bench.sheet import Taken

_TRAINED = re.compile(r"Assistant: done in ([\d.]+) s")
_DONE = re.compile(r"^  ([^:\n]+): done in", re.MULTILINE)
_STARTING = "Starting web, "
_LONGEST_START_SECONDS = 120
_LOOK_SECONDS = 0.05
_PASSES = 9


class NotSeenError(Exception):
    """What was to be timed did not happen."""


@dataclass
class Start:
    """One start: all of it, the training inside it, and Rasa from its process to its first answer, in seconds.

    `done` are the steps of the preparation that were not left out: a second start should have next to none.
    """

    seconds: float
    done: tuple[str, ...] = ()
    training: float | None = None
    rasa: float | None = None


class _Shown(io.TextIOBase):
    """Passes on what is printed, and calls when a line begins with `mark`."""

    def __init__(self, beyond: io.TextIOBase, mark: str, call: Callable[[], None]) -> None:
        self._beyond = beyond
        self._mark = mark
        self._call = call
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        if text.startswith(self._mark):
            self._call()
        return self._beyond.write(f"    {text}")

    def flush(self) -> None:
        self._beyond.flush()


def start(configuration: Configuration) -> Start:
    """Prepares and starts the stack; raises StackError."""
    rasa = _Answering(f"{configuration.rasa_url}/webhooks/mac/")
    shown = _Shown(sys.stdout, _STARTING, rasa.begin)  # type: ignore[arg-type]  # a TextIO is one in all we use
    started = time.monotonic()
    with contextlib.redirect_stdout(shown):
        Stack(configuration).up()
    seconds = time.monotonic() - started
    trained = _TRAINED.search(shown.text)
    done = tuple(_DONE.findall(shown.text))
    return Start(seconds, done, float(trained[1]) if trained else None, rasa.seconds())


@dataclass
class _Answering:
    """Waits in a thread of its own until an address answers."""

    url: str
    _found: list[float] = field(default_factory=list)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def seconds(self) -> float | None:
        if self._thread:
            self._thread.join(timeout=5)
        return self._found[0] if self._found else None

    def _watch(self) -> None:
        with contextlib.suppress(NotSeenError):
            self._found.append(seconds_to_answer(self.url))


def seconds_to_answer(url: str) -> float:
    """From now until the address answers at all; raises NotSeenError when it does not."""
    started = time.monotonic()
    while time.monotonic() - started < _LONGEST_START_SECONDS:
        try:
            httpx.get(url, timeout=2, trust_env=False)
        except httpx.HTTPError:
            time.sleep(_LOOK_SECONDS)
        else:
            return time.monotonic() - started
    raise NotSeenError(f"{url} did not answer in {_LONGEST_START_SECONDS} s")


def seen(seconds: float | None, detail: str) -> Taken:
    """Raises NotSeenError when it was not."""
    if seconds is None:
        raise NotSeenError("the start did not show it")
    return Taken(seconds, detail)


def interpreter() -> Taken:
    """The median time of an interpreter that does nothing."""
    times = []
    for _ in range(_PASSES):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        times.append(time.perf_counter() - started)
    return Taken(sorted(times)[_PASSES // 2], f"median of {_PASSES}")


@dataclass(frozen=True)
class BareServer:
    """The peer while it runs; `seconds` from its process to its first answer."""

    url: str
    pid: int
    seconds: float


@contextlib.contextmanager
def bare_server(port: int, body: Path) -> Iterator[BareServer]:
    """A Django server that returns the bytes of `body`; ended with the block."""
    command = [sys.executable, "-m", "uvicorn", "tests.bench.bare:application", "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(
        [*command, "--log-level", "warning", "--no-access-log"],
        cwd=ROOT,
        env=environment | {"BENCH_BODY": str(body)},
    )
    try:
        url = f"http://127.0.0.1:{port}"
        yield BareServer(url, process.pid, seconds_to_answer(url))
    finally:
        process.terminate()
        process.wait(10)
