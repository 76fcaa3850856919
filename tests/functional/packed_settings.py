"""Settings of a server whose static files leave the house as in production: by hashed names, and compressed."""

from tests.functional.settings import *  # noqa: F403

WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.ui.static_files.ModulesByHash"},
}
