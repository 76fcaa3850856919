import os
import time
from pathlib import Path

import pytest

from stack import queues
from stack.configuration import Configuration
from tests.unit.stack.conftest import Doubles


def message(folder: Path, name: str, *, age_seconds: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("{}")
    then = time.time() - age_seconds
    os.utime(path, (then, then))
    return path


def test_what_is_older_than_an_hour_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    old = message(tmp_path, "1_a.celery.msg", age_seconds=3700)
    half = message(tmp_path, ".2_b.celery.msg.unfinished", age_seconds=3700)
    kept = {
        message(tmp_path, "3_c.celery.msg", age_seconds=3500),
        message(tmp_path, ".4_d.celery.msg.unfinished", age_seconds=1),
        message(tmp_path, "notes.txt", age_seconds=3700),
    }
    assert queues.discard_old(tmp_path) == 2
    assert not old.exists()
    assert not half.exists()
    assert set(tmp_path.iterdir()) == kept


def test_a_first_start_has_no_queues(tmp_path: Path) -> None:
    assert queues.discard_old(tmp_path / "broker") == 0


def test_preparing_discards_them_and_says_so(
    doubles: Doubles, config: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    old = message(config.broker_dir, "1_a.celery.msg", age_seconds=3700)
    doubles.stack(config).prepare()
    assert not old.exists()
    assert "1 messages older than an hour: discarded" in capsys.readouterr().out
