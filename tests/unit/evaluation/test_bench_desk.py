"""What counts as having survived kills under load: all were killed, and people went on writing meanwhile."""

import pytest

from tests.bench.desk import NotKilledError, SilentError, survived

KILLS = {"web": 10.0, "worker": 20.0, "rasa": 30.0, "actions": 40.0}


def test_lines_are_counted_after_each_kill() -> None:
    told = survived(KILLS, [5.0, 12.0, 31.0, 32.0, 41.0])
    assert told == "lines between people after each kill: web 1, worker 0, rasa 2, actions 1"


def test_a_process_that_lived_on_makes_no_figure() -> None:
    with pytest.raises(NotKilledError, match="actions could not be killed"):
        survived({name: KILLS[name] for name in ("web", "worker", "rasa")}, [31.0])


def test_silence_while_only_the_assistant_is_dead_makes_no_figure() -> None:
    with pytest.raises(SilentError, match="after rasa was killed"):
        survived(KILLS, [12.0, 25.0, 41.0])
