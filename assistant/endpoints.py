"""What the Rasa server talks to in each profile. Imports Rasa."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

import psycopg2
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from assistant.settings import Settings

SCHEMA = "rasa"


def endpoints(settings: Settings, token: str) -> AvailableEndpoints:
    """Actions, tracker store and lock store of this stack. Creates Rasa's schema in PostgreSQL."""
    services = settings.profile == "services"
    return AvailableEndpoints(
        action=actions_endpoint(settings, token),
        tracker_store=decision_log(settings.database_url) if services else forgetful_store(),
        lock_store=redis_lock(settings.redis_url) if services else None,
    )


def actions_endpoint(settings: Settings, token: str) -> EndpointConfig:
    """The action server; without the domain in every call."""
    return EndpointConfig(
        url=f"{settings.actions_url}/webhook",
        headers={"Authorization": f"Bearer {token}"},
        enable_selective_domain=True,
    )


def forgetful_store() -> EndpointConfig:
    """Keeps nothing."""
    return EndpointConfig(type="assistant.stores.ForgetfulTrackerStore")


def decision_log(database_url: str) -> EndpointConfig:
    """PostgreSQL, in a schema of its own beside the content service's tables."""
    parts = urlsplit(database_url)
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    os.environ["POSTGRESQL_SCHEMA"] = SCHEMA  # where Rasa's SQL store reads it
    return EndpointConfig(
        type="assistant.stores.DecisionLog",
        url=parts.hostname or "127.0.0.1",
        dialect="postgresql",
        port=parts.port or 5432,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        db=parts.path.strip("/"),
    )


def redis_lock(redis_url: str) -> EndpointConfig:
    """One turn at a time per conversation, over all Rasa processes."""
    parts = urlsplit(redis_url)
    return EndpointConfig(
        type="redis",
        url=parts.hostname or "127.0.0.1",
        port=parts.port or 6379,
        db=int(parts.path.strip("/") or 0),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_ssl=parts.scheme == "rediss",
        key_prefix="maclock",
    )
