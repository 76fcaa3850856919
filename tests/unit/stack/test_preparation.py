import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from stack.fingerprints import Stamps
from stack.preparation import Preparation, StepFailedError
from stack.steps import Step


class Room:
    """A folder with steps that note their runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "logs").mkdir()
        (folder / "source.txt").write_text("1")

    def step(self, name: str, **changes: object) -> Step:
        code = f"open('ran.txt', 'a').write('{name} '); open('{name}.out', 'w').close()"
        step = Step(
            name,
            name.title(),
            (sys.executable, "-c", code),
            reads=("source.txt",),
            makes=(self.folder / f"{name}.out",),
        )
        return replace(step, **changes)  # type: ignore[arg-type]  # each test knows the field it changes

    def prepare(self, *lanes: list[Step]) -> list[str]:
        """Runs the lanes; the names of the steps that were carried out."""
        ran = self.folder / "ran.txt"
        ran.write_text("")
        stamps = Stamps(self.folder / "stamps.json")
        Preparation(
            root=self.folder, logs_dir=self.folder / "logs", stamps=stamps, environment=os.environ
        ).run(lanes)
        return ran.read_text().split()


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_it_does_nothing_twice(room: Room) -> None:
    lane = [room.step("one"), room.step("two")]
    assert room.prepare(lane) == ["one", "two"]
    assert room.prepare(lane) == []


def test_it_does_again_what_reads_a_changed_file(room: Room) -> None:
    lane = [room.step("one", reads=()), room.step("two")]
    room.prepare(lane)
    (room.folder / "source.txt").write_text("2")
    assert room.prepare(lane) == ["two"]


def test_it_does_again_what_has_lost_its_result(room: Room) -> None:
    lane = [room.step("one"), room.step("two")]
    room.prepare(lane)
    (room.folder / "one.out").unlink()
    assert room.prepare(lane) == ["one"]


def test_it_does_again_what_stands_on_a_repeated_step(room: Room) -> None:
    lane = [room.step("one"), room.step("two", after=frozenset({"one"})), room.step("three")]
    room.prepare(lane)
    (room.folder / "one.out").unlink()
    assert room.prepare(lane) == ["one", "two"]


def test_it_always_asks_a_step_that_knows_better(room: Room) -> None:
    lane = [room.step("one", always=True)]
    room.prepare(lane)
    assert room.prepare(lane) == ["one"]


def test_a_failing_step_stops_its_lane_and_shows_its_log(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = room.step("one", command=(sys.executable, "-c", "import sys; sys.exit('no such table')"))
    with pytest.raises(StepFailedError, match="One failed with status 1"):
        room.prepare([failing, room.step("two")])
    assert "no such table" in capsys.readouterr().err
    assert not (room.folder / "two.out").exists()


def test_a_failed_step_is_tried_again_even_if_it_was_done_once(room: Room) -> None:
    room.prepare([room.step("one")])
    failing = room.step("one", command=(sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(StepFailedError):
        room.prepare([failing])
    assert room.prepare([room.step("one")]) == ["one"]


def test_a_failure_in_one_lane_ends_the_other_at_once(room: Room) -> None:
    slow = room.step("slow", command=(sys.executable, "-c", "import time; time.sleep(60)"))
    failing = room.step("one", command=(sys.executable, "-c", "raise SystemExit(1)"))
    started = time.monotonic()
    with pytest.raises(StepFailedError, match="One failed"):
        room.prepare([slow], [failing])
    assert time.monotonic() - started < 15


def test_lanes_run_at_the_same_time(room: Room) -> None:
    meet = "import pathlib, time\nopen('{me}.here', 'w').close()\n"
    meet += "end = time.monotonic() + 20\n"
    meet += "while not pathlib.Path('{other}.here').exists():\n"
    meet += "    assert time.monotonic() < end\n    time.sleep(0.02)"
    one = room.step("one", command=(sys.executable, "-c", meet.format(me="one", other="two")), makes=())
    two = room.step("two", command=(sys.executable, "-c", meet.format(me="two", other="one")), makes=())
    room.prepare([one], [two])


def test_every_step_is_told_with_its_seconds(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.prepare([room.step("one")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "  One …"
    assert lines[1].startswith("  One: done in ")
