"""Real supervisors with small programs: what an operator sees of `make up`, `make run` and `make down`."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from stack import processes, services
from stack.configuration import Configuration
from stack.failures import StackError
from stack.lifecycle import Stack
from stack.ports import PortBusyError
from stack.readiness import NotReadyError
from stack.supervision import Supervisor

pytestmark = [pytest.mark.stack, pytest.mark.slow]

Start = Callable[[Configuration], Stack]


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def listens(config: Configuration) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", config.port)) == 0


def test_up_returns_when_all_is_up_and_down_leaves_nothing(config: Configuration, started: Start) -> None:
    stack = started(config)
    assert listens(config)
    assert len(processes.marked(config.stack_id)) == 3
    stack.down()
    assert not listens(config)
    assert processes.marked(config.stack_id) == []


def test_up_and_down_can_be_said_twice(
    config: Configuration, started: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = started(config)
    before = processes.marked(config.stack_id)
    stack.up()
    assert processes.marked(config.stack_id) == before
    stack.down()
    capsys.readouterr()
    stack.down()
    assert capsys.readouterr().out == "Nothing was running.\n"


def test_two_stacks_live_side_by_side_and_down_stops_one(doubles: Any, started: Start) -> None:
    one, two = doubles.configuration("one"), doubles.configuration("two")
    stack = started(one)
    other = started(two)
    stack.down()
    assert not listens(one)
    assert listens(two)
    assert other.status()


def test_a_second_start_prepares_nothing_again(config: Configuration, doubles: Any, started: Start) -> None:
    started(config).down()
    started(config).down()
    assert doubles.prepared.read_text() == "x"


def test_a_program_that_dies_is_started_again(config: Configuration, started: Start) -> None:
    started(config)
    web = next(pid for pid in processes.marked(config.stack_id) if b"web-double" in command_line(pid))
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: not listens(config))
    wait_until(lambda: listens(config))


def test_a_program_that_cannot_run_fails_the_start_with_its_log(
    config: Configuration, doubles: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotReadyError, match="worker"):
        doubles.stack(config, worker="import sys; sys.exit('the model is missing')").up()
    assert "the model is missing" in capsys.readouterr().err
    assert processes.marked(config.stack_id) == []


def test_it_starts_again_after_everything_but_the_programs_was_killed(
    config: Configuration, started: Start
) -> None:
    started(config)
    supervisor = next(pid for pid in processes.marked(config.stack_id) if b"supervisord" in command_line(pid))
    os.kill(supervisor, signal.SIGKILL)
    wait_until(lambda: not Supervisor(config).is_running())
    assert processes.marked(config.stack_id), "the programs were expected to live on"
    started(config)
    assert listens(config)


def test_down_ends_programs_whose_supervisor_was_killed(config: Configuration, started: Start) -> None:
    stack = started(config)
    supervisor = next(pid for pid in processes.marked(config.stack_id) if b"supervisord" in command_line(pid))
    os.kill(supervisor, signal.SIGKILL)
    stack.down()
    assert processes.marked(config.stack_id) == []


def test_a_deep_folder_with_signs_in_its_name_works(doubles: Any, started: Start) -> None:
    config = doubles.configuration('100% "ñ" it\'s/' + "deep/" * 20)
    started(config).down()
    Supervisor(config).log.unlink()


def test_a_port_that_is_taken_is_named_before_anything_is_prepared(doubles: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        config = doubles.configuration(port=other.getsockname()[1])
        with pytest.raises(PortBusyError, match=f"Port {config.port} .*MAC_PORT"):
            doubles.stack(config).up()
    assert not doubles.prepared.exists()


def test_a_folder_in_use_on_another_port_is_not_touched(
    config: Configuration, doubles: Any, started: Start
) -> None:
    started(config)
    with pytest.raises(StackError, match=f"already runs on port {config.port}"):
        doubles.stack(doubles.configuration()).up()
    assert listens(config)


RUN = """
import sys
sys.path.insert(0, "tests/unit/stack")
from pathlib import Path
import conftest
from stack import __main__, configuration
config = configuration.read({"MAC_PORT": sys.argv[1], "MAC_DATA_DIR": sys.argv[2], "MAC_DEMO": "0"})
__main__.Stack = lambda _: conftest.Doubles(Path(sys.argv[3])).stack(config)
sys.exit(__main__.main(["run"]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_end_of_run_is_the_end_of_everything(
    config: Configuration, doubles: Any, number: signal.Signals
) -> None:
    arguments = (str(config.port), str(config.data_dir), str(doubles.folder))
    command = [sys.executable, "-c", RUN, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert any("Stop it with Ctrl-C" in line for line in run.stdout)
        assert listens(config)
        run.send_signal(number)
        run.wait(30)
    wait_until(lambda: processes.marked(config.stack_id) == [])
    assert not listens(config)


def test_run_ends_quietly_when_it_is_stopped_from_elsewhere(config: Configuration, doubles: Any) -> None:
    arguments = (str(config.port), str(config.data_dir), str(doubles.folder))
    with subprocess.Popen([sys.executable, "-c", RUN, *arguments], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert any("Stop it with Ctrl-C" in line for line in run.stdout)
        doubles.stack(config).down()
        assert run.wait(30) == 0


def command_line(pid: int) -> bytes:
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return file.read()


def test_the_services_profile_says_what_is_missing(config: Configuration) -> None:
    with pytest.raises(services.ServiceUnreachableError, match="DATABASE_URL and REDIS_URL"):
        services.require(replace(config, profile="services"))


def test_an_unreachable_server_is_named_without_its_password(config: Configuration) -> None:
    url = "postgresql://mac:geheim@127.0.0.1:1/mac"
    with pytest.raises(services.ServiceUnreachableError, match=r"PostgreSQL .* 127\.0\.0\.1/mac") as error:
        services.require(
            replace(config, profile="services", database_url=url, redis_url="redis://127.0.0.1:1/0")
        )
    assert "geheim" not in str(error.value)
    assert isinstance(error.value.__cause__, psycopg.Error)
