"""What faces the internet. Every secret comes from the environment; there are no demo accounts."""

from django.core.exceptions import ImproperlyConfigured

from cms.config import env
from cms.config.settings.base import *

if DEMO:
    raise ImproperlyConfigured("MAC_DEMO makes accounts with known names: unset it in production")

SECRET_KEY = env.secret("MAC_SECRET_KEY")
ASSISTANT_TOKEN = env.secret("MAC_ASSISTANT_TOKEN")
ALLOWED_HOSTS = [host.strip() for host in env.text("MAC_ALLOWED_HOSTS").split(",")]
CSRF_TRUSTED_ORIGINS = env.names("MAC_TRUSTED_ORIGINS", f"https://{ALLOWED_HOSTS[0]}")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_SSL_REDIRECT = env.flag("MAC_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.ui.static_files.ModulesByHash"},
}
