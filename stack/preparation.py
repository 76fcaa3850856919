"""Carries out the steps: two lanes at the same time, each step with its seconds, nothing twice."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

from stack import console
from stack.failures import StackError
from stack.fingerprints import Stamps, of_files
from stack.steps import Step

_SECONDS_BETWEEN_PROGRESS_LINES = 3.0
_SECONDS_TO_END = 10


class StepFailedError(StackError):
    """A step ended with an error; the end of its log has been printed."""


class Preparation:
    """One run of all lanes. When a step fails or the run is interrupted, no process of it is left."""

    def __init__(self, *, root: Path, logs_dir: Path, stamps: Stamps, environment: Mapping[str, str]) -> None:
        self._root = root
        self._logs_dir = logs_dir
        self._stamps = stamps
        self._environment = environment
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._cancelled = False

    def run(self, lanes: Sequence[Sequence[Step]]) -> None:
        """Does what is to be done in every lane.

        Raises StepFailedError for the first step that fails; the other lanes are stopped then.
        """
        pool = ThreadPoolExecutor(max_workers=len(lanes))
        try:
            futures = {pool.submit(self._lane, lane) for lane in lanes}
            while futures:
                # Short waits, so that Ctrl-C is heard while the threads work.
                done, futures = wait(futures, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
        finally:
            self._cancel()
            pool.shutdown()

    def _lane(self, steps: Sequence[Step]) -> None:
        done: set[str] = set()
        for step in steps:
            fingerprint = of_files(self._root, step.reads, extra=repr((step.command, step.stands_on)))
            if step.always or done & step.after or not self._is_done(step, fingerprint):
                self._do(step)
                done.add(step.name)
                with self._lock:
                    self._stamps.record(step.name, fingerprint)

    def _is_done(self, step: Step, fingerprint: str) -> bool:
        with self._lock:
            return self._stamps.matches(step.name, fingerprint) and all(path.exists() for path in step.makes)

    def _do(self, step: Step) -> None:
        with self._lock:
            self._stamps.forget(step.name)
        console.say(f"  {step.title} …")
        started = time.monotonic()
        log = self._logs_dir / f"prepare-{step.name}.log"
        status = self._execute(step, log)
        if status == 0:
            console.say(f"  {step.title}: done in {time.monotonic() - started:.1f} s")
            return
        if not self._cancelled:
            console.complain_with_tail(log, title=step.title)
            raise StepFailedError(f"{step.title} failed with status {status}: {' '.join(step.command)}")
        raise StepFailedError(f"{step.title} was stopped.")

    def _execute(self, step: Step, log: Path) -> int:
        with log.open("w", encoding="utf-8") as file, self._start(step.command) as process:
            said_at = time.monotonic()
            for line in process.stdout or ():
                file.write(line)
                if time.monotonic() - said_at > _SECONDS_BETWEEN_PROGRESS_LINES and line.strip():
                    said_at = time.monotonic()
                    console.say(f"  {step.title}: {line.strip()[:100]}")
            return process.wait()

    def _start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        with self._lock:
            if self._cancelled:
                raise StepFailedError("The preparation was stopped.")
            process = subprocess.Popen(
                command,
                cwd=self._root,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
            self._running.add(process)
            return process

    def _cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            running = [process for process in self._running if process.poll() is None]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
