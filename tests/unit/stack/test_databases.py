import os
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from stack import databases
from stack.configuration import Configuration


def test_there_are_no_tables_without_a_file(config: Configuration) -> None:
    assert not databases.look(config).has_tables
    assert not config.database_file.exists()


def test_it_sees_the_tables_of_a_file_that_was_migrated(config: Configuration) -> None:
    config.data_dir.mkdir()
    connection = sqlite3.connect(config.database_file)
    assert not databases.look(config).has_tables
    connection.execute("create table django_migrations (id integer)")
    assert databases.look(config).has_tables
    connection.close()


@pytest.fixture
def fresh_database() -> Iterator[str]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"mac_look_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield urlunsplit(parts._replace(path=f"/{name}"))
        connection.execute(f"drop database if exists {name}")


@pytest.mark.services
def test_a_database_made_anew_is_another_one(config: Configuration, fresh_database: str) -> None:
    config = replace(config, profile="services", database_url=fresh_database)
    before = databases.look(config)
    assert not before.has_tables
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute("create table django_migrations (id integer)")
    assert databases.look(config) == replace(before, has_tables=True)
    name = urlsplit(fresh_database).path.strip("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"drop database {name}")
        connection.execute(f"create database {name}")
    after = databases.look(config)
    assert not after.has_tables
    assert after.identity != before.identity
