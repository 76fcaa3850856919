"""When what people ask is learnt anew: names published since then count from the next night on."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    # At night: the worker does nothing else meanwhile.
    "learn what people ask": {"task": "search.learn_asked", "schedule": crontab(hour="3", minute="20")},
}
