"""Whether the servers of the services profile answer, before anything is started that needs them."""

from __future__ import annotations

from urllib.parse import urlsplit

import psycopg
import redis

from stack.configuration import Configuration
from stack.failures import StackError

_TIMEOUT_SECONDS = 5


class ServiceUnreachableError(StackError):
    """PostgreSQL or Redis does not answer where the environment says it is."""


def require(configuration: Configuration) -> None:
    """Raises ServiceUnreachableError naming the variable; passwords are never in the message."""
    if configuration.profile != "services":
        return
    if not (configuration.database_url and configuration.redis_url):
        raise ServiceUnreachableError(
            "MAC_PROFILE=services needs DATABASE_URL and REDIS_URL; set both, for example "
            "DATABASE_URL=postgresql://mac@127.0.0.1:5432/mac REDIS_URL=redis://127.0.0.1:6379/0."
        )
    _require_postgresql(configuration.database_url)
    _require_redis(configuration.redis_url)


def _require_postgresql(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=_TIMEOUT_SECONDS).close()
    except psycopg.Error as error:
        raise ServiceUnreachableError(_message("DATABASE_URL", "PostgreSQL", url, error)) from error


def _require_redis(url: str) -> None:
    timeouts = {"socket_connect_timeout": _TIMEOUT_SECONDS, "socket_timeout": _TIMEOUT_SECONDS}
    try:
        client = redis.Redis.from_url(url, **timeouts)
        client.ping()
        client.close()
    except (redis.RedisError, ValueError) as error:
        raise ServiceUnreachableError(_message("REDIS_URL", "Redis", url, error)) from error


def _message(variable: str, server: str, url: str, error: Exception) -> str:
    parts = urlsplit(url)
    reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
    if parts.password:
        reason = reason.replace(parts.password, "***")
    place = f"{parts.hostname or 'its socket'}{parts.path}"
    return f"{server} does not answer at {place} ({variable}): {reason}. Start it or correct {variable}."
