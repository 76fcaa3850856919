"""A database in use is brought up to date with its rows: nothing measured is lost, nothing covered stays readable."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.conversations import sealing
from tests.integration.conversations.conftest import WORKING_MORNING

pytestmark = pytest.mark.profile
APP = "conversations"
Migrate = Callable[[str], Any]
SECRET = "45678912"


@pytest.fixture
def migrate(real_commits: None) -> Iterator[Migrate]:
    """Brings the tables of conversations to a migration and returns the models of then; at the end all to the newest.

    All, because the tables of other apps that stand on these went with them.
    """

    def to(name: str) -> Any:
        MigrationExecutor(connection).migrate([(APP, name)])
        loader = MigrationExecutor(connection).loader
        return loader.project_state([(APP, name)]).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def rows_of_0002(apps: Any) -> Any:
    """A conversation in an agent's hands, with a line that was covered and a wait that was measured."""
    user = apps.get_model("accounts", "User").objects.create(username="lucho", password=make_password(None))
    held = apps.get_model(APP, "Conversation").objects.create(
        token_digest="0" * 64, owner="agent", agent=user, last_seq=2
    )
    line = apps.get_model(APP, "Message")
    covered = line.objects.create(
        conversation=held, seq=1, sender="citizen", locale="es", text="soy ********", client_id="1"
    )
    line.objects.create(conversation=held, seq=2, sender="agent", by=user, locale="es", text="Buenos días.")
    apps.get_model(APP, "Original").objects.create(message=covered, text=f"soy {SECRET}")
    return apps.get_model(APP, "Handoff").objects.create(
        conversation=held,
        locale="es",
        state="active",
        requested_at=WORKING_MORNING,
        claimed_at=WORKING_MORNING + timedelta(seconds=40),
        claimed_by=user,
        picked_up_seconds=40,
    )


def test_rows_of_0002_come_through_to_the_newest_tables(migrate: Migrate) -> None:
    handoff = rows_of_0002(migrate("0002_personal_data_rights_shifts"))
    apps = migrate("0003_waits_kept_for_good")
    measured = apps.get_model(APP, "Handoff").objects.get(pk=handoff.pk)
    assert measured.picked_up_at == WORKING_MORNING + timedelta(seconds=40)
    apps = migrate("0005_sealed_originals")
    kept = apps.get_model(APP, "Original").objects.get()
    assert SECRET not in kept.sealed
    assert sealing.opened(kept.sealed) == f"soy {SECRET}"
    assert apps.get_model(APP, "Message").objects.count() == 2
    apps = migrate("0004_uptime")
    assert apps.get_model(APP, "Original").objects.get().text == f"soy {SECRET}", "there is a way back"


def test_without_a_key_what_was_kept_as_it_was_written_goes(migrate: Migrate, settings: Any) -> None:
    rows_of_0002(migrate("0002_personal_data_rights_shifts"))
    settings.ORIGINALS_KEYS = []
    apps = migrate("0005_sealed_originals")
    assert not apps.get_model(APP, "Original").objects.exists()
    assert apps.get_model(APP, "Message").objects.count() == 2
