"""The entries of this app for Celery's beat. A run that comes late is left out: the next one does its work."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "put packages in force": {
        "task": "packages.take_force",
        "schedule": 20.0,
        "options": {"expires": 20.0},
    },
    "tell of packages that stopped": {
        "task": "packages.tell_stopped",
        "schedule": 120.0,
        "options": {"expires": 120.0},
    },
}
