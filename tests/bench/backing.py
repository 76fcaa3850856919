"""A PostgreSQL and a Redis of the bench's own, which may be killed: what others use is never touched.

Redis keeps nothing on disk, as in `docker-compose.yml`: killed, it has lost its queues and its cache.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

from stack import ports

# How long a server stays dead: what watches over it looks every second or so.
DOWN_SECONDS = 2.0
_FIRST_PORT = 8900
_UP_SECONDS = 60
_POLL_SECONDS = 0.1
# PostgreSQL refuses to run as root; Debian's package brings this user.
_POSTGRESQL_USER = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")


class BackingError(RuntimeError):
    """A server of the bench's own could not be started; the message says which."""


@dataclass
class Server:
    """One server: how it is started, whether it answers, and its process while it runs."""

    name: str
    command: list[str]
    answers: Callable[[], bool]
    user: str | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises BackingError when it does not answer in time."""
        deadline = time.monotonic() + _UP_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                # Right after a kill it may find its own remains and end: it is started until it stays.
                self.process = subprocess.Popen(
                    self.command, user=self.user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            if self.answers():
                return
            time.sleep(_POLL_SECONDS)
        raise BackingError(f"{self.name} did not answer within {_UP_SECONDS} s")

    def kill(self) -> bool:
        """SIGKILL to it and to all it has started; whether it was there."""
        if self.process is None or self.process.poll() is not None:
            return False
        for pid in [self.process.pid, *_children(self.process.pid)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        return True


@dataclass
class Backing:
    """Both servers and what the stack must know of them."""

    database_url: str
    redis_url: str
    servers: Mapping[str, Server]
    folder: Path
    _reviving: list[threading.Thread] = field(default_factory=list)

    def kill(self, name: str) -> bool:
        """Kills it as an accident would, and starts it again after `DOWN_SECONDS`; whether it was there."""
        server = self.servers[name]
        if not server.kill():
            return False
        revival = threading.Timer(DOWN_SECONDS, server.start)
        revival.start()
        self._reviving.append(revival)
        return True

    def stop(self) -> None:
        """Ends both and forgets all they kept."""
        for revival in self._reviving:
            revival.join()
        for server in self.servers.values():
            server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Backing:
    """Both servers, empty, on ports that are free. Raises BackingError when they are not installed or do not start."""
    folder = Path(tempfile.mkdtemp(prefix="mac-bench-"))
    postgresql, redis_port = _free_ports()
    backing = Backing(
        f"postgresql://{_POSTGRESQL_USER}@127.0.0.1:{postgresql}/postgres",
        f"redis://127.0.0.1:{redis_port}/0",
        {"redis": _redis(folder, redis_port), "postgresql": _postgresql(folder, postgresql)},
        folder,
    )
    try:
        for server in backing.servers.values():
            server.start()
    except BackingError:
        backing.stop()
        raise
    return backing


def _free_ports() -> tuple[int, int]:
    free = (port for port in range(_FIRST_PORT, ports.HIGHEST) if ports.is_free(port))
    return next(free), next(free)


def _redis(folder: Path, port: int) -> Server:
    def answers() -> bool:
        try:
            with redis.Redis(port=port, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    bare = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", str(folder)]
    return Server("Redis", [_program("redis-server"), "--port", str(port), *bare], answers)


def _postgresql(folder: Path, port: int) -> Server:
    url = f"postgresql://{_POSTGRESQL_USER}@127.0.0.1:{port}/postgres"
    user = _POSTGRESQL_USER if os.geteuid() == 0 else None
    data = folder / "postgresql"
    data.mkdir(mode=0o700)
    if user:
        folder.chmod(0o755)
        shutil.chown(data, user)
    initdb = [_program("initdb"), "-D", str(data), "-U", _POSTGRESQL_USER, "-A", "trust", "-E", "UTF8"]
    made = subprocess.run(initdb, user=user, capture_output=True, text=True, check=False)
    if made.returncode:
        raise BackingError(f"initdb failed: {made.stderr.strip()}")

    def answers() -> bool:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    listening = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    return Server("PostgreSQL", [_program("postgres"), "-D", str(data), *listening], answers, user)


def _program(name: str) -> str:
    """Debian keeps PostgreSQL's programs out of the path. Raises BackingError when it is not installed."""
    debian = sorted(_DEBIAN.glob(f"*/bin/{name}"))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise BackingError(f"{name} is not installed")
    return found


def _children(pid: int) -> list[int]:
    """PostgreSQL's own processes each have a session of their own: only their parent tells whose they are."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
