import asyncio
import json
import os
import time
import uuid

import pytest
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from assistant import endpoints, settings
from assistant.stores import ForgetfulTrackerStore, without_words

DATABASE_URL = os.environ.get("DATABASE_URL") or "postgresql://postgres@127.0.0.1:5432/postgres"
REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/15"
SECRET = "mi dni es 45678912"


def said():
    parsed = {
        "intent": {"name": "costo", "confidence": 0.9}, "text": SECRET, "language": {"locale": "es"},
        "entities": [{"entity": "tramite", "value": "45678912"}],
    }  # fmt: skip
    return UserUttered(SECRET, parsed["intent"], parsed["entities"], parsed, metadata={"naming": SECRET})


def test_embedded_keeps_nothing():
    async def go():
        store = TrackerStore.create(endpoints.forgetful_store(), Domain.empty())
        assert isinstance(store, ForgetfulTrackerStore)
        tracker = await store.get_or_create_tracker("x")
        tracker.update(said())
        await store.save(tracker)
        assert await store.retrieve("x") is None
        assert len((await store.get_or_create_tracker("x")).events) == 1

    asyncio.run(go())


def test_what_is_logged_of_a_turn_has_no_words_of_the_citizen():
    kept = without_words(said().as_dict())
    assert kept["parse_data"] == {
        "intent": {"name": "costo", "confidence": 0.9},
        "language": {"locale": "es"},
    }
    assert "45678912" not in json.dumps(kept)
    answer = {"custom": {"type": "answer", "codigo": "a"}}
    assert without_words(BotUttered(None, answer).as_dict())["data"] == answer


def services():
    import psycopg2
    import redis

    try:
        psycopg2.connect(DATABASE_URL, connect_timeout=2).close()
        redis.Redis.from_url(REDIS_URL, socket_timeout=2).ping()
    except (psycopg2.OperationalError, redis.ConnectionError):
        return False
    return True


@pytest.mark.skipif(not services(), reason="PostgreSQL and Redis do not both answer")
def test_decisions_are_kept_for_thirty_days(tmp_path):
    import psycopg2

    config = settings.Settings("services", tmp_path, "", 1, "", "", "http://x", DATABASE_URL, REDIS_URL)
    connections = endpoints.endpoints(config, "t" * 16)
    sender = str(uuid.uuid4())

    async def turn():
        store = TrackerStore.create(connections.tracker_store, Domain.empty())
        tracker = await store.get_or_create_tracker(sender)
        tracker.update(said())
        await store.save(tracker)

    def count(cursor):
        cursor.execute("SELECT count(*) FROM rasa.events WHERE sender_id = %s", [sender])
        return cursor.fetchone()[0]

    asyncio.run(turn())
    with psycopg2.connect(DATABASE_URL) as connection, connection.cursor() as cursor:
        first = count(cursor)
        for days in (29, 31):
            cursor.execute(
                "INSERT INTO rasa.events (sender_id, type_name, timestamp, data) VALUES (%s, 'user', %s, '{}')",
                [sender, time.time() - days * 24 * 3600],
            )
    asyncio.run(turn())
    with psycopg2.connect(DATABASE_URL) as connection, connection.cursor() as cursor:
        assert count(cursor) == 2 * first + 1
        cursor.execute("DELETE FROM rasa.events WHERE sender_id = %s", [sender])


@pytest.mark.skipif(not services(), reason="PostgreSQL and Redis do not both answer")
def test_services_write_decisions_to_postgresql_and_lock_in_redis(tmp_path):
    import psycopg2

    config = settings.Settings("services", tmp_path, "", 1, "", "", "http://x", DATABASE_URL, REDIS_URL)
    connections = endpoints.endpoints(config, "t" * 16)
    sender = str(uuid.uuid4())

    async def go():
        store = TrackerStore.create(connections.tracker_store, Domain.empty())
        tracker = await store.get_or_create_tracker(sender)
        tracker.update(said())
        tracker.update(ActionExecuted("action_answer_aspect"))
        await store.save(tracker)
        assert await store.retrieve(sender) is None
        async with LockStore.create(connections.lock_store).lock(sender):
            pass

    asyncio.run(go())
    with psycopg2.connect(DATABASE_URL) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT type_name, intent_name, data FROM rasa.events WHERE sender_id = %s ORDER BY id", [sender]
        )
        rows = cursor.fetchall()
        cursor.execute("DELETE FROM rasa.events WHERE sender_id = %s", [sender])
    assert [row[0] for row in rows] == ["action", "user", "action"]
    assert rows[1][1] == "costo"
    assert "45678912" not in str(rows)


def test_addresses_of_the_services_are_read_whole():
    lock = endpoints.redis_lock("rediss://:p%40ss@cache:6380/4")
    assert (lock.url, lock.kwargs["port"], lock.kwargs["db"]) == ("cache", 6380, 4)
    assert lock.kwargs["password"] == "p@ss"
    assert lock.kwargs["use_ssl"] is True
