"""The document of `make eval` and `make bench`: figures with what is needed and whether it holds."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stack.configuration import ROOT

LIMA = ZoneInfo("America/Lima")


@dataclass(frozen=True)
class Need:
    """A limit; one of the two is set."""

    at_least: float | None = None
    at_most: float | None = None

    def holds(self, value: float) -> bool:
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return f">= {self.at_least:g}" if self.at_least is not None else f"<= {self.at_most:g}"


@dataclass(frozen=True)
class Figure:
    """`value` is None when it could not be measured: then `ok` is False and `detail` says why."""

    name: str
    value: float | None
    unit: str
    need: str | None
    ok: bool
    detail: str


def measured(name: str, value: float, unit: str, need: Need | None = None, detail: str = "") -> Figure:
    """A figure that was measured; without a need it is ok."""
    shown = round(value, 4 if abs(value) < 1 else 2)
    # Judged before rounding: 97.996 % is not 98 %.
    return Figure(name, shown, unit, str(need) if need else None, need is None or need.holds(value), detail)


def unmeasured(name: str, unit: str, reason: str, need: Need | None = None) -> Figure:
    """A figure that is missing, and why."""
    return Figure(name, None, unit, str(need) if need else None, ok=False, detail=f"not measured: {reason}")


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: a value that was measured, never one between two. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)  # rounded up
    return ordered[max(int(rank), 1) - 1]


def write(path: Path, figures: Iterable[Figure]) -> dict[str, Any]:
    """Writes the document and returns it."""
    document = {
        "commit": _commit(),
        "generated_at": datetime.now(LIMA).isoformat(timespec="seconds"),
        "machine": machine(),
        "figures": [asdict(figure) for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return document


def line(figure: Figure) -> str:
    """One figure for a reader at a terminal."""
    value = "not measured" if figure.value is None else f"{figure.value:g} {figure.unit}"
    need = f" (need {figure.need})" if figure.need else ""
    return f"{'ok ' if figure.ok else 'NO '} {figure.name}: {value}{need}{'  ' + figure.detail if figure.detail else ''}"


def machine() -> str:
    """Processor, cores, memory, system, and how busy it was with other work."""
    cpu = _after_colon("/proc/cpuinfo", "model name") or platform.processor() or "unknown processor"
    memory = _after_colon("/proc/meminfo", "MemTotal").split()
    gigabytes = f"{int(memory[0]) / 1024**2:.0f} GiB" if memory else "unknown memory"
    cores = os.cpu_count()
    load = " ".join(Path("/proc/loadavg").read_text(encoding="ascii").split()[:3])
    return (
        f"{cpu}, {cores} cores, {gigabytes}, Linux {platform.release()}, "
        f"Python {platform.python_version()}, load {load}"
    )


def _after_colon(file: str, key: str) -> str:
    lines = Path(file).read_text(encoding="ascii", errors="replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def _commit() -> str:
    """The commit, and whether the tree differs from it."""
    head = _git("rev-parse", "--short=12", "HEAD")
    if not head:
        return "unknown"
    return f"{head}-dirty" if _git("status", "--porcelain", "--untracked-files=no") else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
