"""Connections that died in the pool, as all of them do when PostgreSQL is restarted."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from cms.conversations import uptime

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CONNECTIONS = 3


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    connection.close()
    size = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 5}
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "pool", size)
    connection.ensure_connection()
    connection.close()
    opened: Any = connection.pool  # type: ignore[attr-defined]
    opened.wait(10)
    yield opened
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    monkeypatch.delitem(connection.settings_dict["OPTIONS"], "pool")


def kill_all() -> None:
    """What a restart does to those who are connected."""
    given = connection.get_connection_params()
    wanted = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if name in given}
    with psycopg.connect(**wanted, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def answered() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return int(cursor.fetchone()[0])


def test_nobody_meets_a_dead_connection_of_the_pool(pool: Any) -> None:
    kill_all()
    for _request in range(CONNECTIONS):
        assert answered() == 1
        connection.close()


def test_the_process_renews_its_pool_when_it_finds_the_database_gone(
    pool: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise ConnectionError("the database is gone")

    def once(_seconds: float) -> None:
        raise SystemExit

    monkeypatch.setattr(uptime, "write_down", gone)
    monkeypatch.setattr(uptime.time, "sleep", once)
    kill_all()
    with pytest.raises(SystemExit):
        uptime._write_down_for_ever()
    assert pool.get_stats()["connections_lost"] == CONNECTIONS
