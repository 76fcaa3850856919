"""An empty database with every migration done, kept between runs: making one takes a quarter of a minute.

Kept for exactly these migrations: another byte in any of them, and it is made anew.
"""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import django
import wagtail
from django.apps import apps

from stack.configuration import ROOT

FOLDER = ROOT / "build" / "tests"
_NAME = "migrated-{digest}.sqlite3"


def lay(database: Path) -> bool:
    """Puts a copy in place of the SQLite file `database`; False, and nothing there, when none is kept."""
    for file in (
        database,
        *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal")),
    ):
        file.unlink(missing_ok=True)
    kept = _kept()
    if not kept.exists():
        return False
    shutil.copyfile(kept, database)
    return True


def keep(database: Path) -> None:
    """Keeps a copy of `database`, just migrated and otherwise empty, and no older one."""
    kept = _kept()
    if kept.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f"{kept.name}.{database.stat().st_ino}.new")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
    for older in FOLDER.glob(_NAME.format(digest="*")):
        older.unlink(missing_ok=True)
    unfinished.replace(kept)


def _kept() -> Path:
    return FOLDER / _NAME.format(digest=_digest())


@lru_cache(maxsize=1)
def _digest() -> str:
    """Of all that makes the tables, as it was before the first was made: every migration, and who runs them."""
    found = hashlib.sha256(f"{django.VERSION} {wagtail.VERSION} {sqlite3.sqlite_version}".encode())
    for config in apps.get_app_configs():
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            found.update(f"{config.label} {file.name}".encode() + file.read_bytes())
    return found.hexdigest()[:16]
