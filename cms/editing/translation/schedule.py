"""The entries of this app for Celery's beat. A run that comes late is left out: the next one does its work."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "write confirmed translations": {
        "task": "translation.apply_imports",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "count translations anew": {
        "task": "translation.rebuild_progress",
        "schedule": 6 * 3600.0,
        "options": {"expires": 3600.0},
    },
}
