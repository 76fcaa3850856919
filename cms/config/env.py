"""Typed readers of the environment. A value that cannot be read stops the start, naming the variable."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable, or `default`; raises ImproperlyConfigured when it is empty and there is no default."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"set the environment variable {name}")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")
    return value in TRUE


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def choice(name: str, options: tuple[str, ...]) -> str:
    """One of `options`, the first when the variable is not set."""
    value = text(name, options[0])
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(options)}, not {value!r}")
    return value


def names(name: str, default: str = "") -> list[str]:
    """The comma-separated parts of the variable, or of `default`; none of them empty."""
    return [part.strip() for part in (os.environ.get(name) or default).split(",") if part.strip()]


def secret(name: str, kept_in: Path | None = None) -> str:
    """The variable, or else the content of the file `kept_in`, if it exists."""
    if not os.environ.get(name) and kept_in and kept_in.exists():
        return kept_in.read_text(encoding="ascii").strip()
    return text(name)


def keys(name: str, kept_in: Path | None = None) -> list[str]:
    """Fernet keys, the one to seal with first: from the variable, comma separated, or else from the file `kept_in`."""
    found = names(name)
    if not found and kept_in and kept_in.exists():
        found = kept_in.read_text(encoding="ascii").split()
    try:
        for key in found:
            Fernet(key)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be Fernet keys: 32 bytes in base64 (URL-safe) each"
        ) from error
    return found


def database(url: str) -> dict[str, object]:
    """Django's settings for a `postgresql://user:password@host:port/name` address."""
    parts = urlparse(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


@dataclass(frozen=True, slots=True)
class Mail:
    """Where mail goes: the parts of Django's `EMAIL_*` settings."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    starttls: bool = False


def mail(name: str) -> Mail:
    """The variable as `smtp://user:password@host:587`; `smtps` is TLS from the first byte (465). Unset: files.

    `smtp` asks for STARTTLS, but on this machine or with `?tls=0`. A server that asks for no password gets no user.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return Mail("django.core.mail.backends.filebased.EmailBackend")
    parts = urlparse(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@host:587 or smtps://host:465")
    safe = parts.hostname in {"localhost", "127.0.0.1"} or parts.query == "tls=0"
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and not safe,
    )
