"""Message catalogues: where they are, and making them ready to read. No GNU gettext is needed."""

import os
from collections.abc import Iterator
from pathlib import Path

import polib

CMS = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/qu/LC_MESSAGES/django.po")
ANY_LANGUAGE = "locale/*/LC_MESSAGES/django.po"


def catalogue_files(root: Path = CMS) -> Iterator[Path]:
    """The catalogues of every app below `root`, sorted: Quechua of ours, and Spanish of what Wagtail has none of."""
    yield from sorted(root.glob(f"**/{ANY_LANGUAGE}"))


def compile_all(root: Path = CMS) -> list[Path]:
    """Writes the `.mo` beside every `.po` that is newer; returns those written.

    Two processes may do it at once: each file appears whole.
    Raises OSError for a file that is no catalogue, naming it.
    """
    return [written for po in catalogue_files(root) if (written := _compile(po))]


def _compile(po: Path) -> Path | None:
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return None
    unfinished = mo.with_suffix(f".{os.getpid()}")
    polib.pofile(str(po)).save_as_mofile(str(unfinished))
    unfinished.replace(mo)
    return mo
