"""From a configuration to a running system and back: prepare, start, wait, watch, stop."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack import console, databases, keys, ports, processes, queues, readiness, services
from stack.configuration import ROOT, Configuration
from stack.failures import StackError
from stack.fingerprints import Stamps
from stack.logfollow import Followed, important_lines
from stack.preparation import Preparation
from stack.programs import Program, all_programs
from stack.steps import Step, cms_lane, training_lane
from stack.supervision import SupervisionError, Supervisor

_READY_SECONDS = 180
_FOLLOW_SECONDS = 0.5


@dataclass(frozen=True)
class Plan:
    """What a stack prepares (lanes of steps, side by side) and then keeps running."""

    lanes: Callable[[Configuration], Sequence[Sequence[Step]]]
    programs: Callable[[Configuration], Sequence[Program]]


SYSTEM = Plan(
    lanes=lambda configuration: [cms_lane(configuration, databases.look(configuration)), training_lane()],
    programs=lambda configuration: all_programs(bind=configuration.bind, port=configuration.port),
)


class Stack:
    """One system in one folder."""

    def __init__(self, configuration: Configuration, plan: Plan = SYSTEM) -> None:
        self._configuration = configuration
        self._plan = plan
        self._supervisor = Supervisor(configuration)
        self._note = configuration.state_dir / "running.json"

    def prepare(self) -> None:
        """Everything that must be done before a start; what is unchanged is left out."""
        with self._alone():
            services.require(self._configuration)
            self._prepare()

    def up(self) -> None:
        """Starts in the background and returns once every part is up."""
        if self._is_up_already():
            return
        with self._alone():
            self._begin(tied=False)
        self._say_ready()
        console.say("Stop it with: make down")

    def run(self) -> None:
        """Starts, shows what matters and stops everything at Ctrl-C or SIGTERM."""
        if self._supervisor.is_running():
            raise StackError(f"It already runs on port {self._running_port()}; stop it with: make down")
        with self._alone():
            self._begin(tied=True)
            try:
                self._say_ready()
                console.say("Stop it with Ctrl-C. Warnings and errors of all processes follow.")
                self._watch()
            finally:
                self._stop()

    def down(self) -> None:
        """Stops what runs in this folder and nothing else; does nothing when nothing runs."""
        console.say("Stopped." if self._stop() else "Nothing was running.")

    def status(self) -> bool:
        """Prints every program and part; whether all of it is up."""
        if not self._supervisor.is_running():
            console.say("Not running.")
            return False
        parts = readiness.parts_of(f"http://127.0.0.1:{self._running_port()}/readyz")
        states = self._supervisor.states()
        rows = [(state.name, state.state) for state in states]
        rows += [(part, "up" if parts.get(part) else "down") for part in readiness.PARTS]
        for line in console.table(rows):
            console.say(line)
        return all(parts.get(part) for part in readiness.PARTS)

    def _is_up_already(self) -> bool:
        if not self._supervisor.is_running():
            return False
        port = self._running_port()
        if port != self._configuration.port:
            raise StackError(
                f"The stack in {self._configuration.data_dir} already runs on port {port}. "
                "Stop it with make down, or set another MAC_DATA_DIR."
            )
        self._wait(port)
        console.say(f"Already up: {self._configuration.web_url}/")
        return True

    def _begin(self, *, tied: bool) -> None:
        started = time.monotonic()
        configuration = self._configuration
        # What a killed start left behind would hold the ports.
        if processes.end(configuration.stack_id):
            console.say("  Processes left by an earlier start: ended")
        services.require(configuration)
        ports.require_free(configuration.listening_ports(), configuration.bind)
        self._prepare()
        ports.require_free(configuration.listening_ports(), configuration.bind)
        try:
            self._supervisor.start(self._plan.programs(configuration), self._environment(), tied=tied)
            self._note.write_text(json.dumps({"port": configuration.port}), encoding="utf-8")
            self._wait(configuration.port)
        except BaseException:  # Ctrl-C too: nothing half started stays behind
            self._stop()
            raise
        console.say(f"Ready in {time.monotonic() - started:.1f} s")

    def _prepare(self) -> None:
        console.say(f"Preparing {self._configuration.data_dir} (profile {self._configuration.profile})")
        if discarded := queues.discard_old(self._configuration.broker_dir):
            console.say(f"  {discarded} messages older than an hour: discarded")
        preparation = Preparation(
            root=ROOT,
            logs_dir=self._configuration.logs_dir,
            stamps=Stamps(self._configuration.state_dir / "prepared.json"),
            environment=self._environment(),
        )
        preparation.run(self._plan.lanes(self._configuration))

    def _environment(self) -> dict[str, str]:
        secrets = keys.load_or_make(self._configuration.data_dir, os.environ)
        return self._configuration.environment(os.environ, secrets)

    def _wait(self, port: int) -> None:
        console.say("Starting web, assistant, actions, worker and beat")
        url = f"http://127.0.0.1:{port}/readyz"
        waiting = readiness.Waiting(
            watched=self._supervisor,
            ask=lambda: readiness.parts_of(url),
            say=console.say,
            timeout_seconds=_READY_SECONDS,
        )
        try:
            waiting.until_ready()
        except readiness.NotReadyError as error:
            for culprit in error.culprits:
                console.complain_with_tail(culprit.log, title=culprit.name)
            raise

    def _watch(self) -> None:
        try:
            logs = [Followed(state.log) for state in self._supervisor.states()]
        except SupervisionError:
            if self._note.exists():
                raise
            return  # stopped from elsewhere, before it was watched at all
        logs.append(Followed(self._supervisor.log))
        while self._supervisor.is_running():
            for line in important_lines(logs):
                console.say(line)
            time.sleep(_FOLLOW_SECONDS)
        if self._note.exists():
            raise StackError(f"The supervisor ended; see {self._supervisor.log}.")

    def _stop(self) -> bool:
        # First the note: the `make run` that watches this stack sees by it that the end was meant.
        self._note.unlink(missing_ok=True)
        return self._supervisor.stop()

    def _running_port(self) -> int:
        try:
            return int(json.loads(self._note.read_text(encoding="utf-8"))["port"])
        except (OSError, ValueError, KeyError, TypeError):
            return self._configuration.port

    def _say_ready(self) -> None:
        web = self._configuration.web_url
        rows = [
            ("Portal", f"{web}/"),
            ("Chat", f"{web}/es/chat/"),
            ("Agents' desk", f"{web}/desk/"),
            ("Editors", f"{web}/admin/"),
            ("API", f"{web}/api/v1/docs"),
            ("Logs", str(self._configuration.logs_dir)),
        ]
        for line in console.table(rows):
            console.say(line)
        if self._configuration.demo:
            self._say_accounts()

    def _say_accounts(self) -> None:
        accounts = json.loads(self._configuration.demo_accounts_file.read_text(encoding="utf-8"))
        console.say(f"Demo accounts (kept in {self._configuration.demo_accounts_file}):")
        for line in console.table(accounts.items()):
            console.say(line)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps a second start out of this folder; the kernel gives the lock back after a kill too."""
        configuration = self._configuration
        for folder in (configuration.data_dir, configuration.logs_dir, configuration.state_dir):
            _make_folder(folder)
        with (self._configuration.state_dir / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StackError(
                    f"Another start is at work in {self._configuration.data_dir}. "
                    "Wait for it, or set another MAC_DATA_DIR and MAC_PORT."
                ) from error
            yield


def _make_folder(path: Path) -> None:
    try:
        # Conversations and secrets live here: for the owner only, when we make it.
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StackError(
            f"{path} cannot be made: {error.strerror}. Set MAC_DATA_DIR to another folder."
        ) from error
