"""When what people ask is learnt anew: names published since then count from the next night on."""

from typing import Any

SCHEDULE: dict[str, Any] = {
    "learn what people ask": {"task": "search.learn_asked", "schedule": 86_400.0},
}
