"""Settings of the test suite: a data directory of its own, fast hashing, tasks run in place."""

import os
import tempfile

os.environ.setdefault("MAC_DATA_DIR", tempfile.mkdtemp(prefix="mac-test-"))

from cms.config.settings.base import *

(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)
SECRET_KEY = "only-for-tests"  # noqa: S105 the suite signs nothing that leaves it
ASSISTANT_TOKEN = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if PROFILE == "services":
    DATABASES["default"]["OPTIONS"] = {}
else:
    # A file, because a database in memory cannot be shared by the threads of a test.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
