"""A server of the bench's own dies with all it started, and comes back."""

import sys
import time
from pathlib import Path

from tests.bench.backing import Backing, Server

# Starts a process in a session of its own, as PostgreSQL does, and says both ids once.
PARENT = """
import subprocess, sys, os, pathlib
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
child.wait()
"""


def test_a_kill_takes_what_it_started_and_a_moment_later_it_is_there_again(tmp_path: Path) -> None:
    told = tmp_path / "ids"
    server = Server("it", [sys.executable, "-c", PARENT, str(told)], lambda: bool(_ids(told)))
    backing = Backing("", "", {"it": server}, tmp_path / "none")
    server.start()
    before = _ids(told)
    assert backing.kill("it")
    assert not any(_lives(pid) for pid in before)
    told.unlink()
    deadline = time.monotonic() + 20
    while not _ids(told) and time.monotonic() < deadline:
        time.sleep(0.05)
    after = _ids(told)
    assert after
    assert not set(after) & set(before)
    backing.stop()
    assert not any(_lives(pid) for pid in after)


def test_what_does_not_run_is_not_killed(tmp_path: Path) -> None:
    backing = Backing("", "", {"it": Server("it", ["true"], lambda: False)}, tmp_path / "none")
    assert not backing.kill("it")


def _ids(told: Path) -> list[int]:
    return [int(pid) for pid in told.read_text().split()] if told.exists() else []


def _lives(pid: int) -> bool:
    """A zombie, which nobody has waited for yet, is dead."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
