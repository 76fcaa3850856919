import http.server
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from stack import readiness
from stack.readiness import PARTS, NotReadyError, Waiting
from stack.supervision import ProcessState

NONE_UP: dict[str, bool] = {}
ALL_UP = dict.fromkeys(PARTS, True)


class Programs:
    """States told one after the other; the last one for ever."""

    def __init__(self, *answers: list[ProcessState]) -> None:
        self._answers = list(answers)

    def states(self) -> list[ProcessState]:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def program(name: str, state: str = "RUNNING", started_at: int = 1) -> ProcessState:
    return ProcessState(name, state, started_at, Path(f"{name}.log"))


def waiting(programs: Programs, *answers: Mapping[str, bool], said: list[str] | None = None) -> Waiting:
    told = iter(answers)
    last = answers[-1]
    say = said.append if said is not None else lambda _: None
    return Waiting(watched=programs, ask=lambda: next(told, last), say=say, timeout_seconds=1)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_POLL_SECONDS", 0.01)


def test_it_returns_when_every_part_is_up_and_says_each_once() -> None:
    said: list[str] = []
    waiting(Programs([program("web")]), NONE_UP, {"database": True}, ALL_UP, said=said).until_ready()
    assert said == [f"  {part}: up" for part in PARTS]


def test_it_waits_for_a_program_that_is_not_running_yet() -> None:
    programs = Programs([program("beat", "STARTING")], [program("beat")])
    waiting(programs, ALL_UP).until_ready()
    assert programs.states()[0].state == "RUNNING"


def test_it_gives_up_at_once_on_a_program_that_ends_again_and_again() -> None:
    programs = Programs(
        *([program("web"), program("rasa", "BACKOFF", started_at=life)] for life in range(1, 9))
    )
    with pytest.raises(NotReadyError, match="rasa") as error:
        waiting(programs, NONE_UP).until_ready()
    assert [state.name for state in error.value.culprits] == ["rasa"]


def test_a_part_that_stays_down_is_named_with_the_program_that_knows_why() -> None:
    programs = Programs([program("web"), program("rasa"), program("worker")])
    with pytest.raises(NotReadyError, match=r"Not up after 1 s: assistant\.") as error:
        waiting(programs, ALL_UP | {"assistant": False}).until_ready()
    assert [state.name for state in error.value.culprits] == ["rasa"]


def test_a_web_that_does_not_answer_is_the_culprit_itself() -> None:
    with pytest.raises(NotReadyError) as error:
        waiting(Programs([program("web"), program("rasa")]), NONE_UP).until_ready()
    assert [state.name for state in error.value.culprits] == ["web"]


@pytest.fixture
def answering(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that gives one status and body; its address."""
    status, body = request.param

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/readyz"
        server.shutdown()
        thread.join()


STATES = {part: {"state": "up"} for part in PARTS} | {"search": {"state": "down"}}


@pytest.mark.parametrize(
    "answering", [(200, json.dumps(STATES).encode()), (503, json.dumps(STATES).encode())], indirect=True
)
def test_it_reads_the_parts_whatever_the_status(answering: str) -> None:
    assert readiness.parts_of(answering) == ALL_UP | {"search": False}


@pytest.mark.parametrize("answering", [(200, b"<html>"), (200, b"[]"), (404, b"")], indirect=True)
def test_no_part_is_up_by_an_answer_that_makes_no_sense(answering: str) -> None:
    assert not any(readiness.parts_of(answering).values())
