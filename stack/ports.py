"""Which ports a stack listens on, and whether they are free."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

from stack.failures import StackError

HIGHEST = 65535

# Bases below 32768, where Linux starts to hand out ports for outgoing connections: a process that is
# restarted always gets its port back. Ports next to the web's own would collide with a second stack
# started on the next number.
_RASA_BASE = 10000
_ACTIONS_BASE = 20000
_SPAN = 10000


class PortBusyError(StackError):
    """Another program listens on a port the stack needs."""


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def derived(web: int, free: Callable[[int], bool] = is_free) -> tuple[int, int]:
    """Ports of Rasa and of the action server: the same for the same web port while they are free."""
    offset = web % _SPAN
    rasa = _first_free(_RASA_BASE + offset, taken={web}, free=free)
    return rasa, _first_free(_ACTIONS_BASE + offset, taken={web, rasa}, free=free)


def require_free(listening: dict[str, int], host: str) -> None:
    """Raises PortBusyError naming the process, the port and the variable to change."""
    for name, port in listening.items():
        if not is_free(port, host):
            raise PortBusyError(
                f"Port {port} (for {name}) is in use by another program or not allowed. "
                f"Stop that program or choose another port, for example: MAC_PORT={listening['web'] + 100} make up"
            )


def _first_free(start: int, *, taken: set[int], free: Callable[[int], bool]) -> int:
    for port in range(start, HIGHEST):
        if port not in taken and free(port):
            return port
    raise PortBusyError(f"No free port from {start} up; stop what you no longer need.")
