"""`python -m stack run|up|down|prepare|status`; see `make help` for what people type."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from types import FrameType

from stack import configuration, console
from stack.failures import StackError
from stack.lifecycle import Stack

_INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main(arguments: list[str]) -> int:
    """The exit status: 0 done, 1 failed, 130 interrupted."""
    parser = argparse.ArgumentParser(prog="python -m stack", description=__doc__)
    parser.add_argument("command", choices=("run", "up", "down", "prepare", "status"))
    command: str = parser.parse_args(arguments).command
    # One way out for every signal, so that what was started is stopped.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return _carry_out(command)
    except StackError as error:
        console.complain(f"Error: {error}")
        return 1
    except KeyboardInterrupt:
        console.say("Stopped.")
        return _INTERRUPTED


def _carry_out(command: str) -> int:
    stack = Stack(configuration.read(os.environ))
    if command == "status":
        return 0 if stack.status() else 1
    actions = {"run": stack.run, "up": stack.up, "down": stack.down, "prepare": stack.prepare}
    actions[command]()
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
