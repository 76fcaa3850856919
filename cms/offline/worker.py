"""The service worker's program: its source with the addresses and sentences of this release written into it."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

SOURCE = Path(__file__).with_name("worker.js")
LOCALES = ("es", "qu")
# What every kept page needs to look and sound as it does.
STATIC = (
    "ui/icon.svg",
    "narration/listen.js",
    "narration/marker.js",
    "offline/register.js",
    "offline/kept.js",
)


@lru_cache(maxsize=1)
def program() -> str:
    """Its text; another text is another version, which browsers then install."""
    source = SOURCE.read_text(encoding="utf-8")
    settings = {
        "static": [static(name) for name in STATIC],
        "offline": {locale: f"/{locale}/sin-linea/" for locale in LOCALES},
        "centres": {locale: f"/{locale}/sedes/" for locale in LOCALES},
        "aged": {locale: _aged(locale) for locale in LOCALES},
    }
    version = hashlib.sha256((source + json.dumps(settings)).encode()).hexdigest()[:12]
    return f"const RELEASE = {_script({'version': version, **settings})};\n{source}"


def _aged(locale: str) -> str:
    with translation.override(locale):
        return _(
            "No hay internet. Esta página se guardó el {cuando}. Puede haber cambiado: "
            "antes de ir o de pagar, llama al 1800."
        )


def _script(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
