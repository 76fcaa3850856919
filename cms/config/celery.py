"""Background work. The outbox in the database is the truth; a task only wakes somebody up to look at it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.local")

app = Celery("mac")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
