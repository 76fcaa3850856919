"""What `make run` and `make up` use: secrets made at the first start and kept in the data directory."""

from cms.config import env
from cms.config.settings.base import *

SECRET_KEY = env.secret("MAC_SECRET_KEY", DATA_DIR / "secret-key")
ASSISTANT_TOKEN = env.secret("MAC_ASSISTANT_TOKEN", DATA_DIR / "assistant-token")
ORIGINALS_KEYS = env.keys("MAC_ORIGINALS_KEYS", DATA_DIR / "originals-key")
ALLOWED_HOSTS = env.names("MAC_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("MAC_TRUSTED_ORIGINS", f"http://127.0.0.1:{PORT},http://localhost:{PORT}")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.ui.static_files.ModulesByHash"},
}
