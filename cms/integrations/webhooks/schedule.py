"""What the clock does for subscribers."""

SCHEDULE = {
    "tell subscribers": {"task": "webhooks.deliver", "schedule": 5.0, "options": {"expires": 5.0}},
    "forget old deliveries": {"task": "webhooks.prune", "schedule": 86_400.0},
}
