"""The system itself, from an empty folder: the only tests here that start Django and Rasa."""

import json
import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest

from stack import configuration, processes
from stack.readiness import PARTS

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(500)]

ROOT = Path(__file__).resolve().parents[3]
ACCOUNTS = {"editora", "revisora", "traductora", "agente-es", "agente-qu", "supervisora", "admin"}
DATABASE_STEPS = ("Database tables", "Fichas, entities and centres", "Search index", "Demo accounts")


class System:
    """One stack started the way `make` starts it."""

    def __init__(self, data_dir: Path, variables: Mapping[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.data_dir = data_dir
        self._environment = os.environ | {"MAC_PORT": str(port), "MAC_DATA_DIR": str(data_dir), **variables}

    def say(self, command: str) -> str:
        """What the command printed, which must have succeeded."""
        done = subprocess.run(
            [sys.executable, "-m", "stack", command],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def processes(self) -> list[int]:
        return processes.marked(configuration.read(self._environment).stack_id)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[System]:
    system = System(tmp_path / "data", {"MAC_PROFILE": "embedded", "MAC_DEMO": "1"})
    yield system
    system.say("down")


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database of its own on the server the tests use."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"mac_stack_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield urlunsplit(parts._replace(path=f"/{name}"))
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def services(tmp_path: Path, empty_database: str) -> Iterator[System]:
    variables = {"MAC_PROFILE": "services", "DATABASE_URL": empty_database, "MAC_DEMO": "1"}
    system = System(tmp_path / "data", variables)
    yield system
    system.say("down")


def check_the_life_of(system: System) -> str:
    """Up, answering, down, and up again; what the second start said."""
    system.say("up")
    states = httpx.get(f"{system.url}/readyz").json()
    assert {part for part in PARTS if states[part]["state"] == "up"} == set(PARTS)
    for page in ("/es/", "/qu/", "/es/tramites/", "/api/v1/tramites"):
        assert httpx.get(f"{system.url}{page}").status_code == 200, page
    accounts = system.data_dir / "demo-accounts.json"
    assert json.loads(accounts.read_text(encoding="utf-8")).keys() == ACCOUNTS
    assert accounts.stat().st_mode & 0o077 == 0
    system.say("down")
    assert system.processes() == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{system.url}/healthz")
    return system.say("up")


def test_the_embedded_system_comes_up_goes_and_comes_again(embedded: System) -> None:
    second = check_the_life_of(embedded)
    assert [step for step in DATABASE_STEPS if step in second] == []


@pytest.mark.services
def test_the_services_system_comes_up_goes_and_comes_again(services: System) -> None:
    check_the_life_of(services)
