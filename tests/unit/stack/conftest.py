"""A small system in place of the real one: the same life, without Django and Rasa."""

import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stack import configuration, processes
from stack.configuration import Configuration
from stack.lifecycle import Plan, Stack
from stack.programs import Program
from stack.steps import Step

# Answers /readyz as the web does; MAC_DOUBLE_DOWN names a part that never comes up.
WEB = """
import http.server, json, os, sys
PARTS = ("database", "search", "assistant", "actions", "worker")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        states = {part: {"state": "down" if part == os.environ.get("MAC_DOUBLE_DOWN") else "up"} for part in PARTS}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(states).encode())
http.server.HTTPServer(("127.0.0.1", int(os.environ["MAC_PORT"])), Handler).serve_forever()
"""
WAIT = "import time; time.sleep(600)"
FAIL = "import sys; sys.exit('the model is missing')"


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Doubles:
    """Makes stacks of small programs; `prepared` is where their only step notes each of its runs."""

    folder: Path

    @property
    def prepared(self) -> Path:
        return self.folder / "prepared.txt"

    def configuration(self, name: str = "data", port: int | None = None) -> Configuration:
        environ = {
            "MAC_PORT": str(port or free_port()),
            "MAC_DATA_DIR": str(self.folder / name),
            "MAC_DEMO": "0",
        }
        return configuration.read(environ)

    def stack(self, config: Configuration, *, worker: str = WAIT) -> Stack:
        programs = [
            Program("web", self._script("web", WEB)),
            Program("worker", self._script("worker", worker)),
        ]
        note = f"open({str(self.prepared)!r}, 'a').write('x')"
        step = Step("note", "Note", python(note), makes=(self.prepared,))
        return Stack(config, Plan(lanes=lambda _: [[step]], programs=lambda _: programs))

    def _script(self, name: str, code: str) -> tuple[str, ...]:
        path = self.folder / f"{name}-double.py"
        path.write_text(code, encoding="utf-8")
        return (sys.executable, str(path))


@pytest.fixture
def doubles(tmp_path: Path) -> Doubles:
    return Doubles(tmp_path)


@pytest.fixture
def started(doubles: Doubles) -> Iterator[Callable[[Configuration], Stack]]:
    """Starts stacks of doubles and ends whatever a failing test leaves of them."""
    seen: list[Configuration] = []

    def start(config: Configuration) -> Stack:
        seen.append(config)
        stack = doubles.stack(config)
        stack.up()
        return stack

    yield start
    for config in seen:
        processes.end(config.stack_id, grace_seconds=5)


@pytest.fixture
def config(doubles: Doubles) -> Configuration:
    return doubles.configuration()


@pytest.fixture
def inherited(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Sets a variable that the processes of a stack inherit."""
    return monkeypatch.setenv
