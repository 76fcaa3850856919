"""The desk under load: races of claims, two hundred conversations at once, and processes killed meanwhile.

    python -m tests.bench.desk --seconds 60 --races 100 --profile services

starts a stack of its own for these figures alone, in the services profile with a PostgreSQL and a Redis of its own, which
are killed too; `make bench` takes them of the stack it has, for a minute each, or for as many seconds as
MAC_BENCH_DESK_SECONDS says.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from stack import console, keys
from stack.configuration import ROOT, Configuration, Profile
from stack.lifecycle import Stack
from stack.programs import CMS_PYTHON
from stack.supervision import Supervisor
from tests.bench import backing
from tests.bench.backing import Backing
from tests.bench.desk_load import Load, Outcome
from tests.bench.sheet import Asked, Sheet, Taken
from tests.evaluation import figures
from tests.evaluation.figures import Need, percentile
from tests.evaluation.system import ended_by_signals, own_configuration

ROOMS = 200
AGENTS = 20
RACES = 1000
SECONDS = 60.0
# People's conversations go on without these: they are killed first, while nothing else is coming up again.
ASSISTANTS = ("rasa", "actions")
# Each is killed once, one after the other; what supervises them starts them again.
KILLED = (*ASSISTANTS, "worker", "web")


class NotKilledError(AssertionError):
    """A process that was to be killed was not there; the message names it."""


class SilentError(AssertionError):
    """People could not go on writing to each other; the message says when."""


def measure(
    sheet: Sheet,
    configuration: Configuration,
    environ: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    races: int = RACES,
    servers: Backing | None = None,
) -> None:
    """Adds the figures; with `servers` of our own these are killed as well."""
    sheet.take(
        Asked("desk_claim_races_fair", "%", Need(at_least=100)), lambda: _races(configuration, environ, races)
    )
    sessions = list(_cast(configuration, environ, "agents", AGENTS)["sessions"])
    quiet: list[Outcome] = []

    def load() -> Taken:
        quiet.append(asyncio.run(Load(configuration.web_url, sessions, ROOMS).run(seconds)))
        return _p95(quiet[0].turns, "assistant's answers")

    sheet.take(Asked("desk_turn_p95", "s", Need(at_most=1)), load)
    sheet.take(
        Asked("desk_delivery_p95", "s", Need(at_most=1)),
        lambda: _p95(quiet[0].deliveries, "lines between people"),
    )
    sheet.take(
        Asked("desk_not_once_in_order_delivered", "messages", Need(at_most=0)), lambda: _faults(quiet[0])
    )
    sheet.take(
        Asked("desk_with_kills_not_once_in_order_delivered", "messages", Need(at_most=0)),
        lambda: _killed(configuration, sessions, seconds, servers),
    )


def _cast(configuration: Configuration, environ: Mapping[str, str], what: str, count: int) -> dict[str, Any]:
    secrets = keys.load_or_make(configuration.data_dir, environ)
    environment = configuration.environment(environ, secrets)
    command = [CMS_PYTHON, "-m", "tests.bench.desk_cast", what, str(count)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _races(configuration: Configuration, environ: Mapping[str, str], races: int) -> Taken:
    told = _cast(configuration, environ, "races", races)
    spent = percentile(told["seconds"], 95)
    return Taken(
        100 * told["fair"] / races, f"{races} races of 8 agents; p95 of one race {1000 * spent:.0f} ms"
    )


def _p95(values: list[float], what: str) -> Taken:
    return Taken(percentile(values, 95), f"{len(values)} {what}; p50 {percentile(values, 50):.2f} s")


def _faults(outcome: Outcome) -> Taken:
    wrong = outcome.lost + outcome.doubled + outcome.disordered + outcome.undelivered
    detail = (
        f"{outcome.acknowledged} acknowledged; lost {outcome.lost}, doubled {outcome.doubled}, out of order "
        f"{outcome.disordered}, not delivered {outcome.undelivered}; refused {dict(outcome.refused)}"
    )
    return Taken(wrong, detail)


def _killed(
    configuration: Configuration, sessions: list[str], seconds: float, servers: Backing | None
) -> Taken:
    """The same load, while each process is killed in turn."""
    over = threading.Event()
    gone: dict[str, float] = {}
    mortal = (*KILLED, *(servers.servers if servers else ()))

    def kill() -> None:
        for name in mortal:
            if over.wait(seconds / (len(mortal) + 1)):
                return
            if servers.kill(name) if servers and name in servers.servers else _kill(configuration, name):
                gone[name] = time.monotonic()

    killer = threading.Thread(target=kill)

    async def run() -> Outcome:
        load = Load(configuration.web_url, sessions, ROOMS)
        return await load.run(seconds, drain_seconds=20, when_open=killer.start)

    try:
        outcome = asyncio.run(run())
    finally:
        over.set()
        if killer.is_alive():
            killer.join()
    taken = _faults(outcome)
    return Taken(taken.value, f"{survived(gone, outcome.people_at, mortal)}; {taken.detail}")


def survived(killed: Mapping[str, float], people_at: Sequence[float], mortal: Sequence[str] = KILLED) -> str:
    """How many lines between people were acknowledged after each kill and before the next one.

    Nothing lost of nothing said would be no figure: raises NotKilledError when one of the `mortal` lived on, and SilentError
    when people could not write to each other although only the assistant was dead, or at all after the last kill.
    """
    if alive := [name for name in mortal if name not in killed]:
        raise NotKilledError(f"{', '.join(alive)} could not be killed: it was not running when its turn came")
    times = [*killed.values(), float("inf")]
    said = {
        name: sum(begins <= at < ends for at in people_at)
        for name, begins, ends in zip(killed, times, times[1:], strict=False)
    }
    if not any(said[name] for name in ASSISTANTS):
        raise SilentError("no line between people went through while only the assistant was dead")
    if not said[mortal[-1]]:
        raise SilentError(f"no line between people went through after {mortal[-1]} was killed")
    return "lines between people after each kill: " + ", ".join(
        f"{name} {count}" for name, count in said.items()
    )


def _kill(configuration: Configuration, name: str) -> bool:
    """Ends a program of the stack as an accident would; whether it was there."""
    for state in Supervisor(configuration).states():
        if state.name == name and state.pid:
            os.kill(state.pid, signal.SIGKILL)
            return True
    return False


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.desk", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--races", type=int, default=RACES)
    parser.add_argument("--profile", choices=get_args(Profile), default="embedded")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench-desk.json")
    given = parser.parse_args(arguments)
    sheet = Sheet()
    console.say(f"Measuring the desk on {figures.machine()}, {given.profile} profile")
    with ended_by_signals(), _own_stack(given.profile) as (configuration, servers):
        measure(sheet, configuration, os.environ, seconds=given.seconds, races=given.races, servers=servers)
    figures.write(given.output, sheet.figures)
    return 0


@contextlib.contextmanager
def _own_stack(profile: Profile) -> Iterator[tuple[Configuration, Backing | None]]:
    """A stack of this run alone and, in the services profile, the servers behind it."""
    own = own_configuration("bench-desk-stack", os.environ)
    shutil.rmtree(own.data_dir, ignore_errors=True)
    servers = backing.start() if profile == "services" else None
    if servers:
        own = dataclasses.replace(
            own, profile=profile, database_url=servers.database_url, redis_url=servers.redis_url
        )
    stack, began = Stack(own), time.monotonic()
    try:
        stack.up()
        console.say(f"Up after {time.monotonic() - began:.0f} s")
        yield own, servers
    finally:
        stack.down()
        if servers:
            servers.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
