"""Who follows a publication. Parts that react register themselves; publishing knows none of them."""

from collections.abc import Callable

from cms.publishing.models import Change

Handler = Callable[[Change], None]

_followers: dict[str, Handler] = {}


def follow(name: str, handler: Handler) -> None:
    """Registers `handler`, called once or more (so: idempotent) for every change, in a worker."""
    if name in _followers and _followers[name] is not handler:
        raise ValueError(f"a follower named {name!r} is already registered")
    _followers[name] = handler


def followers() -> dict[str, Handler]:
    return dict(_followers)
