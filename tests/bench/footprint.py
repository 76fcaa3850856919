"""What the system takes: memory of its processes and the disk of its environments."""

import os
from collections.abc import Iterable
from pathlib import Path

_PROC = Path("/proc")
_MEGABYTE = 1_000_000
_KIBIBYTE = 1024
# What tells our processes apart in their command lines; the first that fits.
_NAMES = {
    "supervisord": "supervisor",
    "uvicorn": "web",
    "launch server": "rasa",
    "launch actions": "actions",
    " beat": "beat",
    " worker": "worker",
}


class NoSuchProcessError(Exception):
    """The process that was to be measured is not there."""


def proportional_megabytes(pids: Iterable[int]) -> dict[str, float]:
    """Proportional set size by process name: memory that several share is counted once (proc(5), smaps_rollup)."""
    sizes: dict[str, float] = {}
    for pid in pids:
        size = _kibibytes(pid, "smaps_rollup", "Pss") * _KIBIBYTE / _MEGABYTE
        sizes[name_of(pid)] = sizes.get(name_of(pid), 0.0) + size
    return sizes


def resident_megabytes(pids: Iterable[int], name: str) -> float:
    """Resident set size of the processes of this name; raises NoSuchProcessError when there is none."""
    found = [pid for pid in pids if name_of(pid) == name]
    if not found:
        raise NoSuchProcessError(f"no process is {name}")
    return sum(_kibibytes(pid, "status", "VmRSS") for pid in found) * _KIBIBYTE / _MEGABYTE


def name_of(pid: int) -> str:
    command = (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return next((name for mark, name in _NAMES.items() if mark in command), "other")


def _kibibytes(pid: int, file: str, field: str) -> int:
    for line in (_PROC / str(pid) / file).read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1])
    raise NoSuchProcessError(f"process {pid} tells no {field}")


def disk_megabytes(folders: Iterable[Path], leave_out: str = "") -> float:
    """What these folders take on disk, a file with several names counted once; folders named `leave_out` not at all."""
    blocks: dict[tuple[int, int], int] = {}
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is not there")
        for where, inside, files in os.walk(folder):
            inside[:] = [name for name in inside if name != leave_out]
            for name in (*files, *inside):
                status = os.lstat(os.path.join(where, name))
                blocks[(status.st_dev, status.st_ino)] = status.st_blocks
    return sum(blocks.values()) * 512 / _MEGABYTE
