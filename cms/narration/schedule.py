"""The entries of this app for Celery's beat."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "bound the recordings": {"task": "narration.trim", "schedule": 3600.0},
    "look for recordings of changed texts": {
        "task": "narration.mark_stale",
        "schedule": crontab(hour="0", minute="10"),
    },
}
