"""`make test`: every test in the environment and the profile it belongs to, and one line to trust at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from stack import console
from stack.configuration import ROOT
from stack.programs import ASSISTANT_PYTHON, CMS_PYTHON, MANAGE

REPORTS = ROOT / "build" / "tests"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Where the servers are when they are installed on the machine itself; used when the environment names none.
LOCAL_SERVICES = {
    "DATABASE_URL": "postgresql://postgres@127.0.0.1:5432/postgres",
    "REDIS_URL": "redis://127.0.0.1:6379/15",
}
_PROBE_SECONDS = 3
# As many parts run side by side: those with a browser, or a database on a server, wait for it much of their time.
_SIDE_BY_SIDE = 3
# What only computes gives way to the browser, whose tests cannot wait long: it takes what that leaves of the machine.
_GIVING_WAY = ("nice", "-n", "10")


@dataclass(frozen=True)
class Part:
    """One run of pytest. `alone`: it is so much, or measured so, that nothing runs beside it. `gives_way`: to those that do not."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    alone: bool = False
    gives_way: bool = False


@dataclass(frozen=True)
class Count:
    """How a run ended. `failed` counts errors of set-up and tear-down too."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Outcome:
    """What a part came to; `shown` is its output where it was not shown while it ran."""

    part: Part
    status: int
    count: Count
    shown: str = ""


@dataclass(frozen=True)
class Machine:
    """What this machine has of what some tests need; `services` is None without both servers."""

    browser: str | None
    services: Mapping[str, str] | None

    def missing(self) -> list[str]:
        """What is not there, with the tests that cannot run, for a reader."""
        lines = []
        if self.browser is None:
            lines.append("browser tests: no Chromium found (Debian's package is called chromium)")
        if self.services is None:
            lines.append(
                "services profile: PostgreSQL and Redis do not both answer "
                "(set DATABASE_URL and REDIS_URL, or start them on their usual ports)"
            )
        return lines


def main(arguments: Sequence[str]) -> int:
    """0 when every test that ran passed and nothing required was missing."""
    machine = look_around(os.environ)
    missing = machine.missing()
    if missing and os.environ.get("MAC_TEST_REQUIRE_ALL") == "1":
        for line in missing:
            console.complain(f"Required here but missing: {line}")
        return 1
    started = time.monotonic()
    # Never the folder of a running system, whatever the shell has set.
    with tempfile.TemporaryDirectory(prefix="mac-test-") as data_dir:
        environ = os.environ | {"MAC_DATA_DIR": data_dir}
        compile_catalogues(environ)
        outcomes = run_all(parts(machine, environ, arguments))
    console.say()
    for outcome in outcomes:
        ended = "" if outcome.status == 0 else f" (pytest ended with {outcome.status})"
        console.say(f"{outcome.part.name}: {outcome.count}{ended}")
    for line in missing:
        console.say(f"NOT RUN HERE: {line}")
    console.say(f"All parts in {time.monotonic() - started:.0f} s")
    console.say(str(sum((outcome.count for outcome in outcomes), Count())))
    return 0 if all(outcome.status == 0 for outcome in outcomes) else 1


def look_around(environ: Mapping[str, str]) -> Machine:
    """Finds a browser and, by connecting, both servers."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    urls = {name: environ.get(name) or default for name, default in LOCAL_SERVICES.items()}
    answering = _postgresql_answers(urls["DATABASE_URL"]) and _redis_answers(urls["REDIS_URL"])
    return Machine(browser=browser, services=urls if answering else None)


def parts(machine: Machine, environ: Mapping[str, str], arguments: Sequence[str]) -> list[Part]:
    """The runs this machine can do, the longest first."""
    plain = {name: value for name, value in environ.items() if name not in LOCAL_SERVICES}
    embedded = plain | {"MAC_PROFILE": "embedded"}
    assistant = (
        ASSISTANT_PYTHON,
        "-m",
        "pytest",
        "-c",
        "stack/pytest-assistant.ini",
        "--rootdir",
        ".",
        "--confcutdir",
        "tests/assistant",
    )
    small = "not services and not stack and not browser"
    own = _in_a_folder_of_its_own(embedded, "embedded")
    found = [Part("Embedded profile", _pytest(small, arguments), own, gives_way=True)]
    running = "stack and not services"
    if machine.services:
        services = plain | {"MAC_PROFILE": "services"} | dict(machine.services)
        marked = f"(profile or services) and not stack{'' if machine.browser else ' and not browser'}"
        own = _in_a_folder_of_its_own(services, "services")
        found.append(Part("Services profile", _pytest(marked, arguments), own, gives_way=True))
    if machine.browser:
        seen = "browser and not services and not stack"
        found.append(Part("Browser", _pytest(seen, arguments), _in_a_folder_of_its_own(embedded, "browser")))
    found.append(Part("Assistant", (*assistant, "tests/assistant", *arguments), embedded))
    found.append(Part("Running system", _pytest(running, arguments), embedded, alone=True))
    if machine.services:
        found.append(
            Part("Running system, services", _pytest("stack and services", arguments), services, alone=True)
        )
    return found


def _in_a_folder_of_its_own(environ: Mapping[str, str], name: str) -> Mapping[str, str]:
    return (
        {**environ, "MAC_DATA_DIR": str(Path(environ["MAC_DATA_DIR"]) / name)}
        if "MAC_DATA_DIR" in environ
        else environ
    )


def run_all(found: Sequence[Part]) -> list[Outcome]:
    """The outcomes in the order of the parts. The first is shown while it runs, its neighbours when all have ended."""
    together = [part for part in found if not part.alone]
    with ThreadPoolExecutor(max_workers=_SIDE_BY_SIDE) as pool:
        outcomes = list(pool.map(lambda part: run(part, shown=part is together[0]), together))
    for outcome in outcomes[1:]:
        console.say(f"\n=== {outcome.part.name}\n{outcome.shown}")
    return [*outcomes, *(run(part) for part in found if part.alone)]


def run(part: Part, *, shown: bool = True) -> Outcome:
    """Runs one part, its output on ours or kept; its exit status and what its report says."""
    if shown:
        console.say(f"\n=== {part.name}")
    report = REPORTS / f"{part.name.lower().replace(', ', '-').replace(' ', '-')}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    command = (*(_GIVING_WAY if part.gives_way else ()), *part.command, f"--junitxml={report}")
    out, errors = (None, None) if shown else (subprocess.PIPE, subprocess.STDOUT)
    environment = dict(part.environment)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, text=True, stdout=out, stderr=errors
    )
    if not report.exists():
        return Outcome(part, done.returncode or 1, Count(failed=1), done.stdout or "")
    return Outcome(part, done.returncode, count(report), done.stdout or "")


def count(report: Path) -> Count:
    """The sums of a JUnit report, which pytest writes at the end of a run."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - written by our own pytest
    total = Count()
    for suite in suites:
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        total += Count(int(suite.get("tests", 0)) - failed - skipped, failed, skipped)
    return total


def compile_catalogues(environ: Mapping[str, str]) -> None:
    """Compiled translations are not in the repository; without them a page would be tested in the wrong words."""
    environment = {**environ} | {"DJANGO_SETTINGS_MODULE": "cms.config.settings.test"}
    subprocess.run((*MANAGE, "compile_catalogues"), cwd=ROOT, env=environment, check=True)


def _pytest(marked: str, arguments: Sequence[str]) -> tuple[str, ...]:
    return (CMS_PYTHON, "-m", "pytest", "-m", marked, *arguments)


def _postgresql_answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=_PROBE_SECONDS).close()
    except psycopg.Error:
        return False
    return True


def _redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=_PROBE_SECONDS) as client:
            return bool(client.ping())
    except (redis.RedisError, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
