"""Fixtures of the assistant's tests; they run in assistant/.venv, without Django."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.pop("MAC_REAL_TENSORFLOW", None)

from assistant import launch  # noqa: E402

launch.prepare_rasa()

from tests.assistant.acting import act, actions, hear  # noqa: E402, F401 - fixtures
from tests.assistant.content_double import ContentDouble  # noqa: E402

TOKEN = "a-secret-of-the-tests-only"
DATA_DIR = ROOT / "build" / "assistant-tests"  # kept between runs: training is skipped when nothing changed


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes more than five seconds")
    config.addinivalue_line("markers", "stack: starts real processes")


def free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first = probe.getsockname()[1]
        if first + count < 65000 and all(_is_free(first + step) for step in range(count)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@dataclass
class Processes:
    """The real server and action server of one stack."""

    port: int
    environment: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    logs: dict[str, Path] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}/webhooks/mac"

    def start(self, name: str, address: str) -> float:
        """Start one process and wait until `address` answers 200; the seconds it took."""
        self.logs[name] = DATA_DIR / f"{name}-{self.port}.log"
        started = time.monotonic()
        with self.logs[name].open("wb") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "assistant.launch", name],
                cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        while not answers(address):
            assert self.running[name].poll() is None, self.logs[name].read_text()
            assert time.monotonic() - started < 60, self.logs[name].read_text()
            time.sleep(0.05)
        return time.monotonic() - started

    def start_server(self) -> float:
        return self.start("server", f"{self.url}/")

    def start_actions(self) -> float:
        return self.start("actions", f"http://127.0.0.1:{self.port + 2}/health")

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()

    def log(self) -> str:
        return "".join(path.read_text() for path in self.logs.values())


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def environment(port: int, web_url: str, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAC_", "RASA_"))}
    return {
        **kept,
        "MAC_PORT": str(port),
        "MAC_DATA_DIR": str(DATA_DIR),
        "MAC_WEB_URL": web_url,
        "MAC_ASSISTANT_TOKEN": TOKEN,
        **more,
    }


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present data, trained by the real command unless it is up to date; held to nothing before it."""
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "assistant.launch", "train-anyway"],
        cwd=ROOT, env=environment(8000, "http://127.0.0.1:9"), check=True,
    )  # fmt: skip
    return DATA_DIR / "models" / "assistant.tar.gz"


@pytest.fixture(scope="session")
def make_stack(model: Path) -> Iterator[Callable[..., Processes]]:
    made: list[Processes] = []

    def make(web_url: str, **more: str) -> Processes:
        port = free_ports(3)
        made.append(Processes(port, environment(port, web_url, **more)))
        return made[-1]

    yield make
    for processes in made:
        for name in list(processes.running):
            processes.stop(name)


@pytest.fixture(scope="session")
def content() -> Iterator[ContentDouble]:
    double = ContentDouble()
    double.start()
    yield double
    double.stop()


@pytest.fixture(scope="session")
def stack(make_stack: Callable[..., Processes], content: ContentDouble) -> Processes:
    """Server and actions for real, with the content double behind them and its lexicon read."""
    processes = make_stack(content.url)
    processes.start_actions()
    processes.start_server()
    content.wait_for_poll()
    return processes


@pytest.fixture
def metadata() -> dict[str, Any]:
    return {
        "locale": "es", "locale_chosen": False, "codigo": None, "aspecto": None, "sede": None,
        "options": [], "misses": 0,
    }  # fmt: skip
