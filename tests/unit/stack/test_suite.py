import subprocess
import sys
from pathlib import Path

import pytest

from stack import suite
from stack.configuration import ROOT
from stack.suite import Count, Machine, Outcome, Part

SERVICES = {"DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://x/1"}
ENVIRON = {"PATH": "/usr/bin", "DATABASE_URL": "postgresql://live/db", "REDIS_URL": "redis://live"}


def test_everything_runs_where_everything_is_found() -> None:
    found = suite.parts(Machine("/usr/bin/chromium", SERVICES), ENVIRON, [])
    assert [part.name for part in found] == [
        "Embedded profile",
        "Services profile",
        "Browser",
        "Assistant",
        "Running system",
        "Running system, services",
    ]
    for part in (found[1], found[5]):
        assert part.environment.items() >= ({"MAC_PROFILE": "services"} | SERVICES).items()
    assert found[1].command[-1] == "(profile or services) and not stack"
    assert [part.alone for part in found] == [False, False, False, False, True, True]
    assert [part.name for part in found if part.gives_way] == ["Embedded profile", "Services profile"]


@pytest.mark.parametrize("browser", [False, True])
@pytest.mark.parametrize("stack", [False, True])
@pytest.mark.parametrize("services", [False, True])
def test_every_test_is_in_one_part_of_its_profile(services: bool, stack: bool, browser: bool) -> None:
    """What pytest chooses by -m are Python's own `and`, `or` and `not`."""
    parts = suite.parts(Machine("/usr/bin/chromium", SERVICES), ENVIRON, [])
    marks = {"services": services, "stack": stack, "browser": browser, "profile": False}
    ours = [part for part in parts if part.name != "Assistant"]
    chosen = [part.name for part in ours if eval(part.command[-1], {}, marks)]  # noqa: S307 - written by us
    assert len(chosen) == 1
    assert ("services" in chosen[0].lower()) == services
    assert chosen[0].startswith("Running") == stack


def test_parts_side_by_side_have_folders_of_their_own() -> None:
    environ = ENVIRON | {"MAC_DATA_DIR": "/somewhere"}
    embedded, services, browser, *_rest = suite.parts(Machine("/usr/bin/chromium", SERVICES), environ, [])
    folders = {part.environment["MAC_DATA_DIR"] for part in (embedded, services, browser)}
    assert folders == {"/somewhere/embedded", "/somewhere/services", "/somewhere/browser"}


def collected(*arguments: str) -> set[str]:
    command = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q", *arguments)
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return {line for line in done.stdout.splitlines() if "::" in line}


@pytest.mark.slow
def test_the_services_profile_is_held_to_all_that_opens_views_or_the_database() -> None:
    integration, database = "tests/integration", "tests/unit/search/test_index.py"
    marked = collected(integration, database, "tests/unit/lenguas/test_dates.py", "-m", "profile or services")
    assert len(marked) > 300
    assert marked == collected(integration, database, "-m", "not stack")


def test_the_embedded_profile_knows_no_server() -> None:
    for part in suite.parts(Machine(None, None), ENVIRON, []):
        assert part.environment["MAC_PROFILE"] == "embedded"
        assert not part.environment.keys() & SERVICES.keys()


def test_what_is_not_found_is_left_out_and_said() -> None:
    machine = Machine(browser=None, services=None)
    found = suite.parts(machine, ENVIRON, [])
    assert [part.name for part in found] == ["Embedded profile", "Assistant", "Running system"]
    assert found[0].command[-1] == "not services and not stack and not browser"
    assert ["Chromium" in line or "PostgreSQL" in line for line in machine.missing()] == [True, True]


def test_servers_that_do_not_answer_are_not_found() -> None:
    environ = {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1/0"}
    assert suite.look_around(environ).services is None


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(suite, "REPORTS", tmp_path / "reports")
    return tmp_path


def pytest_part(folder: Path, code: str) -> Part:
    (folder / "test_it.py").write_text(code)
    # No settings of ours: the file stands for itself.
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:django",
        "-c",
        str(folder / "pytest.ini"),
        str(folder),
    )
    return Part("Small", command, {"PATH": "/usr/bin:/bin"})


MIXED = """
import pytest
def test_good(): pass
def test_bad(): assert False
@pytest.fixture
def broken(): raise OSError
def test_error(broken): pass
@pytest.mark.skip(reason="x")
def test_skipped(): pass
"""


def test_it_counts_what_pytest_saw(reports: Path) -> None:
    outcome = suite.run(pytest_part(reports, MIXED))
    assert (outcome.status, outcome.count) == (1, Count(passed=1, failed=2, skipped=1))


def test_what_gives_way_runs_at_a_lower_priority(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    say = (sys.executable, "-c", "import os; print('at', os.nice(0))")
    for gives_way in (False, True):
        suite.run(Part("Small", say, {"PATH": "/usr/bin:/bin"}, gives_way=gives_way))
    first, second = (int(line[3:]) for line in capfd.readouterr().out.splitlines() if line.startswith("at "))
    assert second == min(first + 10, 19)


def test_a_run_that_dies_is_a_failure(reports: Path) -> None:
    dying = Part("Dying", (sys.executable, "-c", "import os; os._exit(0)"), {})
    assert suite.run(dying) == Outcome(dying, 1, Count(failed=1))


def test_an_old_report_is_never_read(reports: Path) -> None:
    part = pytest_part(reports, "def test_good(): pass")
    assert suite.run(part).count == Count(passed=1)
    assert suite.run(Part("Small", (sys.executable, "-c", "pass"), {})).count == Count(failed=1)


def test_what_runs_beside_is_shown_when_it_has_ended(
    reports: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = "import time; print({!r}, flush=True); time.sleep(0.3); print({!r}, flush=True)"
    parts = [
        Part(name, (sys.executable, "-c", code.format(f"{name} begins", f"{name} ends")), {}, name == "Last")
        for name in ("Last", "First", "Beside")
    ]
    outcomes = suite.run_all(parts)
    assert [outcome.part.name for outcome in outcomes] == ["First", "Beside", "Last"]
    said = [line for line in capfd.readouterr().out.splitlines() if line.endswith(("begins", "ends"))]
    assert said == [f"{name} {what}" for name in ("First", "Beside", "Last") for what in ("begins", "ends")]


@pytest.fixture
def small_suite(reports: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The whole command with one small part on a machine without servers and browser."""
    monkeypatch.setattr(suite, "look_around", lambda _: Machine(None, None))
    monkeypatch.setattr(suite, "compile_catalogues", lambda _: None)
    monkeypatch.delenv("MAC_TEST_REQUIRE_ALL", raising=False)
    return reports


def test_the_last_line_is_the_sum(
    small_suite: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    part = pytest_part(small_suite, "def test_good(): pass")
    monkeypatch.setattr(suite, "parts", lambda *_: [part, part])
    assert suite.main([]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == "2 passed, 0 failed, 0 skipped"
    assert sum(line.startswith("NOT RUN HERE: ") for line in lines) == 2


def test_one_failure_fails_the_command(small_suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "parts", lambda *_: [pytest_part(small_suite, MIXED)])
    assert suite.main([]) == 1


def test_a_run_without_any_test_is_no_success(small_suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "parts", lambda *_: [pytest_part(small_suite, "")])
    assert suite.main([]) == 1


def test_where_all_is_required_a_missing_part_is_a_failure(
    small_suite: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAC_TEST_REQUIRE_ALL", "1")
    assert suite.main([]) == 1
    assert "Required here but missing: browser tests" in capfd.readouterr().err
