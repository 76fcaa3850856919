"""The most asked tramites, as the institution's documents name them. Read once per process."""

from functools import lru_cache

import yaml
from django.conf import settings


@lru_cache(maxsize=1)
def most_asked() -> tuple[str, ...]:
    """Codes in the order of `content/demanda/mas_pedidos.yaml`."""
    text = (settings.CONTENT_DIR / "demanda" / "mas_pedidos.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)["codigos"])
