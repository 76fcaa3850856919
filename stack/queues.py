"""Celery's queues of the embedded profile are files, and grow while beat writes and no worker reads."""

from __future__ import annotations

import time
from pathlib import Path

KEPT_SECONDS = 3600


def discard_old(folder: Path) -> int:
    """Deletes the messages (and halves of them) older than an hour; how many there were.

    Nothing is lost: what is still to do is in the outbox of the database, and beat asks for the rest anew.
    """
    oldest = time.time() - KEPT_SECONDS
    deleted = 0
    for pattern in ("*.msg", ".*.unfinished"):
        for path in folder.glob(pattern):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    deleted += 1
            except FileNotFoundError:  # a worker was faster
                continue
    return deleted
