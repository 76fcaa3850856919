"""What the codigos of two trámites say of each other: variants of one thing, or things of one place only."""

from __future__ import annotations

MINOR = frozenset({"menor", "menores", "hijo", "hija"})
# Whoever asks may live in another place: these are meant only where the place is named.
_LOCAL = (
    "gobierno-regional-", "municipalidad-distrital-", "municipalidad-provincial-", "empresa-prestadora-",
    "entidad-prestadora-", "servicio-de-administracion-tributaria-de-", "electrocentro-", "seal-", "sedacaj-",
)  # fmt: skip
_COMMON = frozenset("de del la el los las en para por y o a con al sin".split())


def is_local(codigo: str) -> bool:
    """Whether the trámite is given in one town or region only."""
    return codigo.startswith(_LOCAL)


def is_for_minors(codigo: str) -> bool:
    """Whether the codigo says that the trámite is for children."""
    return bool(MINOR & set(codigo.split("-")))


def are_sisters(one: str, other: str) -> bool:
    """Whether two codigos are of one entity and of one thing: `reniec-dni-renovacion`, `reniec-dnie-primera-vez`."""
    first, second = one.split("-"), other.split("-")
    # "sis" is an entity and the thing it gives
    same = first[0] == "sis" or bool(_things(first[1:]) & _things(second[1:]))
    return first[0] == second[0] and same


def nearest(codigo: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `others` that share the most words with `codigo`: the renewal for a child beside a renewal."""
    own = set(codigo.split("-"))
    shared = {other: len(own & set(other.split("-"))) for other in others}
    most = max(shared.values(), default=0)
    return tuple(other for other in others if shared[other] == most)


def _things(words: list[str]) -> set[str]:
    return {word[:3] for word in words if word not in _COMMON | MINOR}


def is_said_whole(codigo: str, words: set[str], others: tuple[str, ...]) -> bool:
    """Whether all that sets the trámite apart stands in `words`, and one of `others` is not the same with more."""
    own = set(codigo.split("-")[1:])
    return own <= words and not any(own < set(other.split("-")[1:]) for other in others)
