"""Settings of the test suite: a data directory of its own, fast hashing, nobody at the other end of the broker."""

import os
import tempfile

os.environ.setdefault("MAC_DATA_DIR", tempfile.mkdtemp(prefix="mac-test-"))

from cms.config.settings.base import *

(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)
SECRET_KEY = "only-for-tests"  # noqa: S105 the suite signs nothing that leaves it
ASSISTANT_TOKEN = "only-for-tests"  # noqa: S105
ORIGINALS_KEYS = ["b25seS1mb3ItdGVzdHMtLS0tLS0tLS0tLS0tLS0tLS0="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test does itself what the worker would, so that it decides when.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
AUDIO_AHEAD = False  # only the tests that listen for it
# What a test rolls back must not be kept; the tests of keeping say otherwise.
KEPT_PAGES, KEPT_LOOK_SECONDS = 0, 0.0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if PROFILE == "services":
    DATABASES["default"]["OPTIONS"] = {}
else:
    # A file, because a database in memory cannot be shared by the threads of a test.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
