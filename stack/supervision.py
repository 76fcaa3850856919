"""One supervisord per stack: its configuration, its start, its state and its end."""

from __future__ import annotations

import contextlib
import http.client
import os
import shlex
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from supervisor.xmlrpc import SupervisorTransport

from stack import console, processes
from stack.configuration import ROOT, Configuration
from stack.failures import StackError
from stack.programs import Program

# A Unix socket's address holds 108 bytes (unix(7)); supervisord first binds the name with its id appended.
_SOCKET_PATH_BYTES = 96
_START_SECONDS = 15
_STOP_SECONDS = 40
_POLL_SECONDS = 0.1
_LOST = (OSError, http.client.HTTPException, xmlrpc.client.Error)


class SupervisionError(StackError):
    """The supervisor could not be started or does not answer."""


@dataclass(frozen=True)
class ProcessState:
    """What the supervisor knows of one program.

    `started_at` is a Unix time in seconds, 0 before the first start; `pid` is 0 while it does not run.
    """

    name: str
    state: str
    started_at: int
    log: Path
    pid: int = 0


class Supervisor:
    """The supervisord of one stack, running or not."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._socket = socket_path(configuration.state_dir, configuration.stack_id)
        self._configuration_file = configuration.state_dir / "supervisord.conf"
        self._errors = configuration.state_dir / "supervisord.err"
        self._child: subprocess.Popen[bytes] | None = None
        self.log = configuration.logs_dir / "supervisord.log"

    def start(self, programs: Sequence[Program], environment: Mapping[str, str], *, tied: bool) -> None:
        """Starts all programs; `tied` ends them when this process ends, however it does.

        Raises SupervisionError when the supervisor does not come up.
        """
        text = render(programs, configuration=self._configuration, socket=self._socket, log=self.log)
        self._configuration_file.write_text(text, encoding="utf-8")
        self._spawn(environment, tied=tied)
        deadline = time.monotonic() + _START_SECONDS
        while not self.is_running():
            if self._has_ended() or time.monotonic() > deadline:
                raise SupervisionError(
                    f"The supervisor did not start: {self._last_words()} (see {self.log})."
                )
            time.sleep(_POLL_SECONDS)

    def _spawn(self, environment: Mapping[str, str], *, tied: bool) -> None:
        # Tied, it stays our child (-n); else it makes itself a daemon. In a session of its own either
        # way: Ctrl-C is for us, and we stop it.
        command = [sys.executable, "-m", "supervisor.supervisord", "-s", "-c", str(self._configuration_file)]
        with self._errors.open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(
                [*command, "-n"] if tied else command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
                preexec_fn=processes.die_with_parent if tied else None,
            )
        self._child = process if tied else None
        if not tied and process.wait(_START_SECONDS) != 0:
            raise SupervisionError(f"The supervisor did not start: {self._last_words()}")

    def _has_ended(self) -> bool:
        return self._child is not None and self._child.poll() is not None

    def _last_words(self) -> str:
        return "; ".join(console.tail(self._errors, 3))

    def is_running(self) -> bool:
        """Whether this stack's supervisor answers; a socket left by a killed one does not count."""
        try:
            return bool(self._call("getIdentification") == self._configuration.stack_id)
        except _LOST:
            return False

    def states(self) -> list[ProcessState]:
        """The programs in the order they are started; raises SupervisionError without a supervisor."""
        try:
            rows = cast(list[dict[str, Any]], self._call("getAllProcessInfo"))
        except _LOST as error:
            raise SupervisionError(f"The supervisor does not answer: {error}") from error
        return [
            ProcessState(row["name"], row["statename"], row["start"], Path(row["stdout_logfile"]), row["pid"])
            for row in rows
        ]

    def stop(self) -> bool:
        """Stops the programs and the supervisor; whether any of it was there."""
        was_running = self.is_running()
        if was_running:
            with contextlib.suppress(*_LOST):
                self._call("shutdown")
            deadline = time.monotonic() + _STOP_SECONDS
            while self.is_running() and time.monotonic() < deadline:
                time.sleep(_POLL_SECONDS)
        # After a kill -9 of the supervisor its programs live on: they carry the stack's mark.
        left = processes.end(self._configuration.stack_id)
        if self._child is not None:
            self._child.wait(_STOP_SECONDS)
        self._remove_socket()
        return was_running or left > 0

    def _remove_socket(self) -> None:
        self._socket.unlink(missing_ok=True)
        if self._socket.parent != self._configuration.state_dir:
            with contextlib.suppress(OSError):
                self._socket.parent.rmdir()

    def _call(self, method: str) -> object:
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        proxy = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
        try:
            return getattr(proxy.supervisor, method)()
        finally:
            transport.close()


def socket_path(state_dir: Path, stack_id: str) -> Path:
    """Where the supervisor listens: in the stack's folder or, when that is too deep, in a private one.

    Raises SupervisionError when somebody else owns the private folder.
    """
    near = state_dir / "supervisor.sock"
    if len(os.fsencode(near)) <= _SOCKET_PATH_BYTES:
        return near
    # Not tempfile's folder: `down` must find it with another TMPDIR too.
    private = Path("/tmp") / f"mac-{os.getuid()}-{stack_id}"  # noqa: S108 - its owner is checked below
    private.mkdir(mode=0o700, exist_ok=True)
    status = private.lstat()
    if private.is_symlink() or status.st_uid != os.getuid():
        raise SupervisionError(f"{private} belongs to somebody else; set MAC_DATA_DIR to a shorter path.")
    return private / "supervisor.sock"


def render(programs: Sequence[Program], *, configuration: Configuration, socket: Path, log: Path) -> str:
    """The text of supervisord.conf.

    It has no `environment=`: its values cannot hold both kinds of quotes, and the programs inherit
    the supervisor's own environment anyway.
    """
    sections = [
        _section("unix_http_server", file=socket, chmod="0700"),
        _section(
            "supervisord",
            identifier=configuration.stack_id,
            directory=ROOT,
            logfile=log,
            logfile_maxbytes="5MB",
            logfile_backups=2,
            umask="077",
            pidfile=configuration.state_dir / "supervisord.pid",
            childlogdir=configuration.logs_dir,
            # Said to be wanted, so that root in a container is not warned at every start.
            **({"user": "root"} if os.getuid() == 0 else {}),
        ),
        "[rpcinterface:supervisor]\n"
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n",
        *(_program(program, configuration.logs_dir) for program in programs),
    ]
    return "\n".join(sections)


def _program(program: Program, logs_dir: Path) -> str:
    return _section(
        f"program:{program.name}",
        command=shlex.join(program.command),
        autostart="true",
        autorestart="true",
        startsecs=1,
        # A server that is away for a while must not end the programs that wait for it.
        startretries=1000,
        stopwaitsecs=20,
        stopasgroup="true",
        killasgroup="true",
        redirect_stderr="true",
        # The one option that supervisord (4.3) expands twice.
        stdout_logfile=str(logs_dir / f"{program.name}.log").replace("%", "%%"),
        stdout_logfile_maxbytes="10MB",
        stdout_logfile_backups=3,
    )


def _section(name: str, **options: object) -> str:
    # supervisord expands % in every value.
    lines = (f"{option} = {str(value).replace('%', '%%')}" for option, value in options.items())
    return "\n".join((f"[{name}]", *lines, ""))
