"""The entries of this app for Celery's beat."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "measure the health of content": {"task": "health.rebuild", "schedule": crontab(hour="2", minute="40")},
    "ask whether a link opens": {
        "task": "health.check_links",
        "schedule": 20.0,
        "options": {"expires": 20.0},
    },
}
