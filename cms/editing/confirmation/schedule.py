"""The entries of this app for Celery's beat. A run that comes late is left out: the next one does its work."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "send letters of confirmation": {
        "task": "confirmation.send_letters",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "make packages of answers": {
        "task": "confirmation.make_packages",
        "schedule": 60.0,
        "options": {"expires": 60.0},
    },
    "remind of confirmations": {
        "task": "confirmation.remind",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
}
