"""The web process: pages, API and event streams."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.local")

application = get_asgi_application()

# Only now: the models are there.
from cms.conversations import uptime  # noqa: E402

uptime.start()
