"""Whether the database is still the one that was prepared: it may have been emptied behind our back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import psycopg

from stack.configuration import Configuration

_TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class Database:
    """`identity` changes when a database is made anew under the same name."""

    identity: str
    has_tables: bool


def look(configuration: Configuration) -> Database:
    """What is there now; a server was asked by services.require before whether it answers."""
    if configuration.profile == "services":
        return _postgresql(configuration.database_url or "")
    return _sqlite(configuration)


def _postgresql(url: str) -> Database:
    query = (
        "select oid::text, to_regclass('django_migrations') is not null "
        "from pg_database where datname = current_database()"
    )
    with psycopg.connect(url, connect_timeout=_TIMEOUT_SECONDS) as connection:
        row = connection.execute(query).fetchone()
    return Database(str(row[0]), bool(row[1])) if row else Database("", has_tables=False)


def _sqlite(configuration: Configuration) -> Database:
    file = configuration.database_file
    if not file.exists():
        return Database("", has_tables=False)
    query = "select count(*) from sqlite_master where name = 'django_migrations'"
    # A write-ahead log cannot be read in read-only mode; nothing is written here all the same.
    connection = sqlite3.connect(file, timeout=_TIMEOUT_SECONDS)
    try:
        return Database("", has_tables=bool(connection.execute(query).fetchone()[0]))
    finally:
        connection.close()
