from datetime import timedelta

import pytest
from django.utils import timezone

from cms.publishing import registry
from cms.publishing.models import Change, ChangeKind, OutboxRow, RowState
from cms.publishing.operations import MAX_TRIES, announce, work_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    """The seed's own rows are not what these tests are about."""
    OutboxRow.objects.all().delete()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A follower of its own, in place of the real ones, that notes what it was called for."""
    calls: list[str] = []
    monkeypatch.setattr(registry, "_followers", {"notes": lambda change: calls.append(change.key)})
    return calls


def told(key: str = "x") -> Change:
    return announce(topic="test", key=key, revision=1, kind=ChangeKind.PUBLISHED)


def fails(change: Change) -> None:
    raise RuntimeError("the index is locked")


def test_a_row_is_done_once(seen: list[str]) -> None:
    told()
    assert (work_due(), work_due(), seen) == (1, 0, ["x"])


def test_a_follower_that_fails_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_followers", {"breaks": fails})
    told()
    work_due()
    row = OutboxRow.objects.get(follower="breaks")
    assert (row.state, row.tries) == (RowState.WAITING, 1)
    assert "the index is locked" in row.error
    assert row.next_try_at > timezone.now()


def test_one_that_fails_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    followers = {"breaks": fails, "works": lambda change: done.append(change.key)}
    monkeypatch.setattr(registry, "_followers", followers)
    told()
    work_due()
    assert done == ["x"]


def test_after_the_last_try_it_is_failed_and_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_followers", {"breaks": fails})
    told()
    for _ in range(MAX_TRIES):
        OutboxRow.objects.update(next_try_at=timezone.now())
        work_due()
    assert OutboxRow.objects.get().state == RowState.FAILED
    assert work_due() == 0


def test_the_row_of_a_worker_that_died_is_taken_up_again(seen: list[str]) -> None:
    told()
    past = timezone.now() - timedelta(seconds=1)
    OutboxRow.objects.update(state=RowState.RUNNING, lease_until=past, tries=1)
    assert (work_due(), seen) == (1, ["x"])


def test_the_row_of_a_worker_at_work_is_left_to_it(seen: list[str]) -> None:
    told()
    soon = timezone.now() + timedelta(seconds=60)
    OutboxRow.objects.update(state=RowState.RUNNING, lease_until=soon, tries=1)
    assert (work_due(), seen) == (0, [])


def test_two_followers_cannot_have_one_name(seen: list[str]) -> None:
    with pytest.raises(ValueError, match="already registered"):
        registry.follow("notes", fails)
