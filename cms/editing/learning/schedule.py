"""The entries of this app for Celery's beat. A run that comes late is left out: the next one does its work."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "collect what was not understood": {
        "task": "learning.collect",
        "schedule": 900.0,
        "options": {"expires": 900.0},
    },
}
