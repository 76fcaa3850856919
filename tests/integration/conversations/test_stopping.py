"""A server asked to stop ends its streams and stops as it would have."""

import subprocess
import sys

SCRIPT = """
import signal
from cms.channels.web import stopping

def servers_own(number, frame):
    print("server stops", stopping.is_stopping())

stopping.watch_for_stop()
assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, "there was no server to pass it on to"
signal.signal(signal.SIGTERM, servers_own)
stopping.watch_for_stop()
stopping.watch_for_stop()
print("before", stopping.is_stopping())
signal.raise_signal(signal.SIGTERM)
"""


def test_a_stop_is_noted_and_passed_on_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["before False", "server stops True"]
