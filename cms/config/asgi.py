"""The web process: pages, API and event streams."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.config.settings.local")
django.setup(set_prefix=False)

# Only now: the models are there.
from cms.config.serving import Application  # noqa: E402
from cms.conversations import uptime  # noqa: E402

application = Application()
uptime.start()
