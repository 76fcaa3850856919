"""However many caches a process makes, it has one pool of connections to the same Redis."""

from typing import Any

from django.core.cache.backends.redis import RedisCache

from cms.config.shared_pool import SharedPool

OPTIONS = {"socket_timeout": 0.5, "pool_class": "cms.config.shared_pool.SharedPool"}


def pool_of(url: str, **options: Any) -> object:
    made = RedisCache(url, {"OPTIONS": {**OPTIONS, **options}})
    return made._cache.get_client("any key").connection_pool


def test_two_caches_of_the_same_redis_share_their_connections() -> None:
    first = pool_of("redis://127.0.0.1:1/0")
    assert isinstance(first, SharedPool)
    assert pool_of("redis://127.0.0.1:1/0") is first


def test_another_redis_or_another_patience_is_another_pool() -> None:
    first = pool_of("redis://127.0.0.1:1/0")
    assert pool_of("redis://127.0.0.1:1/1") is not first
    assert pool_of("redis://127.0.0.1:1/0", socket_timeout=3.0) is not first
