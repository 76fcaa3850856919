"""The entries of this app for Celery's beat."""

SCHEDULE = {"forget old links to drafts": {"task": "api.prune_drafts", "schedule": 86_400.0}}
