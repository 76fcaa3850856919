"""What follows a publication: the worker makes the recordings, a little at a time, and never before anybody else."""

from pathlib import Path
from typing import Any

import pytest

from cms.narration import following, making
from cms.narration.told import PARTS, WHOLE, script_for, text_of, told
from cms.publishing import registry
from cms.publishing.models import OutboxRow, RowState
from cms.publishing.operations import work_due
from cms.tramites.following import followed_by
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from voice import speaking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
POWER = "sunarp-vigencia-poder"


@pytest.fixture(autouse=True)
def _ahead(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.AUDIO_AHEAD, settings.DATA_DIR = True, tmp_path
    monkeypatch.setattr(registry, "_followers", {"narration": following.follow_change})
    OutboxRow.objects.all().delete()


def publish() -> None:
    ficha = published(POWER).ficha
    publish_ficha(
        ficha.model_copy(update={"es": {**ficha.es, "nombre": "Otro nombre"}}), by=None, note="nombre"
    )


def made() -> int:
    return len(list((making.shelf().folder).glob("*/*.mp3")))


def due_now() -> None:
    OutboxRow.objects.update(next_try_at="2026-01-01T00:00:00Z")


def test_every_part_in_both_languages_is_there_when_the_row_is_done() -> None:
    publish()
    while OutboxRow.objects.unfinished().exists():
        due_now()
        assert work_due() == 1
    current = published(POWER)
    for locale in ("es", "qu"):
        for part in PARTS:
            assert making.find(script_for(told(current, part, locale))), (part, locale)
    names = [step.name for step in followed_by(POWER)[0].steps]
    assert "en el audio" in names


def test_where_the_disk_is_full_it_is_left_to_whoever_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.Shelf, "keep", lambda self, audio: None)
    publish()
    due_now()
    assert work_due() == 1
    assert (made(), OutboxRow.objects.unfinished().exists()) == (0, False)


def test_a_whole_that_is_too_long_keeps_no_part_from_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    current = published(POWER)
    parts = [(part, locale) for locale in ("es", "qu") for part in PARTS if part != WHOLE]
    longest = max(len(text_of(told(current, part, locale))) for part, locale in parts)
    monkeypatch.setattr(speaking, "MAX_CHARACTERS", longest)
    script_for.cache_clear()
    while OutboxRow.objects.unfinished().exists():
        due_now()
        assert work_due() == 1
    assert OutboxRow.objects.get().state == RowState.DONE
    assert all(making.find(script_for(told(current, part, locale))) for part, locale in parts)


def test_it_is_made_a_little_at_a_time_and_no_try_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "AT_A_TIME_SECONDS", 0.0)
    publish()
    for times in (1, 2, 3):
        due_now()
        work_due()
        assert made() == times
    row = OutboxRow.objects.get()
    assert (row.state, row.tries, row.error) == (RowState.WAITING, 0, "")


def test_it_lets_everybody_else_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    OutboxRow.objects.create(change=OutboxRow.objects.get().change, follower="search")
    monkeypatch.setattr(
        registry, "_followers", {"narration": following.follow_change, "search": lambda change: None}
    )
    work_due()
    assert made() == 0
    due_now()
    work_due()
    assert made() > 0


def test_what_a_release_loads_and_what_is_withdrawn_is_not_made_ahead() -> None:
    current = published(POWER)
    publish_ficha(
        current.ficha.model_copy(update={"es": {**current.ficha.es, "nombre": "De fábrica"}}),
        by=None,
        note="Primera carga",
        seed=True,
    )
    withdraw(POWER, by=None, why="prueba")
    due_now()
    work_due()
    assert made() == 0
    assert not OutboxRow.objects.unfinished().exists()
