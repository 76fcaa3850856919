"""What the portal itself is written from: moments of life, and fichas that are one thing for different people."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Moment:
    """Something people go through, and the codes of what goes with it, in the order one does them."""

    id: str
    es: str
    qu: str
    codigos: tuple[str, ...]

    def name(self, locale: str) -> str:
        return self.qu if locale == "qu" else self.es


@dataclass(frozen=True, slots=True)
class Variant:
    codigo: str
    es: str
    qu: str

    def name(self, locale: str) -> str:
        return self.qu if locale == "qu" else self.es


def _read(name: str) -> Any:
    return yaml.safe_load((settings.CONTENT_DIR / "portal" / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def moments() -> tuple[Moment, ...]:
    return tuple(
        Moment(row["id"], row["es"], row["qu"], tuple(row["codigos"])) for row in _read("momentos.yaml")
    )


@lru_cache(maxsize=1)
def variant_groups() -> tuple[tuple[Variant, ...], ...]:
    return tuple(tuple(Variant(**row) for row in group) for group in _read("variantes.yaml"))


def variants(codigo: str) -> tuple[Variant, ...]:
    """The group `codigo` is in, itself among them; empty where it stands alone."""
    for group in variant_groups():
        if any(one.codigo == codigo for one in group):
            return group
    return ()
