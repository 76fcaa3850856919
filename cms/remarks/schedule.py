"""The entries of this app for Celery's beat. A run that comes late is left out: the next one does its work."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "send answers by mail": {
        "task": "remarks.send_answers",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
}
