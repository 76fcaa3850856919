"""The entries of this app for Celery's beat. A run that comes late is left out: the next one does its work."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    "answer what was left unanswered": {
        "task": "conversations.answer_unanswered",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "requeue conversations of absent agents": {
        "task": "conversations.requeue_absent",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "delete what is over its time": {
        "task": "conversations.apply_retention",
        "schedule": 3600.0,
        "options": {"expires": 3600.0},
    },
}
