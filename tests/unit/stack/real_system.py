"""The system itself, and those who use it over HTTP: nothing here reaches into its processes but to end them."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx

from stack import configuration, processes
from stack.configuration import Configuration
from stack.readiness import PARTS, parts_of
from stack.supervision import Supervisor

ROOT = Path(__file__).resolve().parents[3]
Line = dict[str, Any]
_REPLY_SECONDS = 20


class System:
    """One stack started the way `make` starts it."""

    def __init__(self, data_dir: Path, variables: Mapping[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.data_dir = data_dir
        self._environment = os.environ | {"MAC_PORT": str(port), "MAC_DATA_DIR": str(data_dir), **variables}

    @property
    def configuration(self) -> Configuration:
        return configuration.read(self._environment)

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
        return processes.marked(self.configuration.stack_id)

    def down_parts(self) -> set[str]:
        states = parts_of(f"{self.url}/readyz")
        return {part for part in PARTS if not states.get(part)}

    def pid_of(self, program: str) -> int:
        states = Supervisor(self.configuration).states()
        return next(state.pid for state in states if state.name == program)

    def kill(self, program: str) -> int:
        """Ends it as an accident would; the id it had."""
        pid = self.pid_of(program)
        os.kill(pid, signal.SIGKILL)
        return pid

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=_REPLY_SECONDS, trust_env=False)

    def fault_of(self, conversation_id: str, seq: int) -> str:
        """Why the assistant's answer is not Rasa's own, as the embedded database keeps it; "" when it is."""
        query = "select fault from conversations_message where conversation_id = ? and seq = ?"
        connection = sqlite3.connect(self.configuration.database_file, timeout=10)
        try:
            [(fault,)] = connection.execute(query, (uuid.UUID(conversation_id).hex, seq)).fetchall()
        finally:
            connection.close()
        return str(fault)


@dataclass
class Citizen:
    """One conversation over the conversation API; its language is left to be noticed."""

    system: System
    id: str = field(init=False)
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._http = self.system.client()
        begun = self._call("POST", "", json={})
        self.id = begun["id"]
        self._http.headers["Authorization"] = f"Bearer {begun['token']}"

    def writes(self, text: str) -> int:
        """The number of the line, without waiting for more than the answer to the request."""
        posted = self._call(
            "POST", f"/{self.id}/messages", json={"client_id": uuid.uuid4().hex, "text": text}
        )
        return int(posted["message"]["seq"])

    def says(self, text: str) -> Line:
        """The first line that answers."""
        seq = self.writes(text)
        until(lambda: self.lines(seq) != [], within_seconds=_REPLY_SECONDS)
        return self.lines(seq)[0]

    def lines(self, after: int = 0) -> list[Line]:
        found = self._call("GET", f"/{self.id}/messages", params={"after": after})
        return cast(list[Line], found["messages"])

    def asks_for_person(self) -> Line:
        handed = self._call("POST", f"/{self.id}/handoff", json={"reason": "button"})
        return cast(Line, handed["handoff"])

    def fault_of(self, line: Line) -> str:
        return self.system.fault_of(self.id, line["seq"])

    def close(self) -> None:
        self._http.close()

    def _call(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        response = self._http.request(method, f"/api/v1/conversations{path}", **request)
        assert response.is_success, (response.status_code, response.text)
        return cast(dict[str, Any], response.json())


@dataclass
class Agent:
    """Somebody at the desk, with the forms and the cookies a browser would send."""

    system: System
    name: str
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._http = self.system.client()
        accounts = json.loads((self.system.data_dir / "demo-accounts.json").read_text(encoding="utf-8"))
        self._http.get("/desk/entrar/")
        entered = self._post("/desk/entrar/", username=self.name, password=accounts[self.name])
        assert entered.headers["Location"] == "/desk/"

    def is_there(self) -> None:
        """What the open page of the desk says every 20 seconds."""
        self._post("/desk/presencia/")

    def claims(self, citizen: Citizen) -> None:
        taken = self._post(f"/desk/conversaciones/{citizen.id}/tomar/")
        assert taken.status_code == 302, taken.text

    def answers(self, citizen: Citizen, text: str) -> None:
        self.is_there()
        sent = self._post(
            f"/desk/conversaciones/{citizen.id}/responder/", text=text, client_id=uuid.uuid4().hex
        )
        assert sent.status_code == 302, sent.text

    def page_of(self, citizen: Citizen) -> str:
        return self._http.get(f"/desk/conversaciones/{citizen.id}/").text

    def close(self) -> None:
        self._http.close()

    def _post(self, path: str, **form: str) -> httpx.Response:
        return self._http.post(path, data={"csrfmiddlewaretoken": self._http.cookies["csrftoken"], **form})


def until(holds: Callable[[], bool], *, within_seconds: float) -> float:
    """The seconds until it held; fails when it did not in time."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < within_seconds, f"not within {within_seconds} s"
        time.sleep(0.2)
    return time.monotonic() - started
