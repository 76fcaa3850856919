"""Settings, addresses and the entry points of the processes."""

# Every process has the Celery app, not only the worker: without it a task sent by the web goes to nobody.
from cms.config.celery import app as celery_app

__all__ = ["celery_app"]
