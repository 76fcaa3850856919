"""What counts as having survived kills under load: all were killed, and people went on writing meanwhile."""

import pytest

from tests.bench.desk import NotKilledError, SilentError, survived

KILLS = {"rasa": 10.0, "actions": 20.0, "worker": 30.0, "web": 40.0}


def test_lines_are_counted_after_each_kill() -> None:
    told = survived(KILLS, [5.0, 12.0, 31.0, 32.0, 41.0])
    assert told == "lines between people after each kill: rasa 1, actions 0, worker 2, web 1"


def test_a_process_that_lived_on_makes_no_figure() -> None:
    with pytest.raises(NotKilledError, match="web could not be killed"):
        survived({name: KILLS[name] for name in ("rasa", "actions", "worker")}, [11.0])


def test_silence_while_only_the_assistant_is_dead_makes_no_figure() -> None:
    with pytest.raises(SilentError, match="only the assistant was dead"):
        survived(KILLS, [5.0, 35.0, 41.0])


def test_silence_after_the_last_kill_makes_no_figure() -> None:
    with pytest.raises(SilentError, match="after web was killed"):
        survived(KILLS, [11.0, 35.0])


def test_servers_of_the_bench_are_counted_too() -> None:
    mortal = (*KILLS, "postgresql")
    with pytest.raises(NotKilledError, match="postgresql could not be killed"):
        survived(KILLS, [11.0, 41.0], mortal)
    assert survived({**KILLS, "postgresql": 50.0}, [11.0, 51.0], mortal).endswith("web 0, postgresql 1")
