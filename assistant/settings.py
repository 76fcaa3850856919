"""What the assistant's processes read from the environment."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "assistant"
NLU_DATA = ROOT / "nlu_data"


class SettingsError(Exception):
    """The environment is incomplete or contradictory; the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """Addresses, folders and secrets of one stack."""

    profile: str
    data_dir: Path
    bind: str
    port: int
    web_url: str
    rasa_url: str
    actions_url: str
    database_url: str
    redis_url: str

    @property
    def models_dir(self) -> Path:
        return self.data_dir / "models"

    @property
    def model(self) -> Path:
        return self.models_dir / "assistant.tar.gz"

    @property
    def accepted_dir(self) -> Path:
        """What the content service exports: examples editors accepted, and the names in force."""
        return self.data_dir / "nlu"

    @property
    def server_port(self) -> int:
        return port_of(self.rasa_url, self.port + 1)

    @property
    def actions_port(self) -> int:
        return port_of(self.actions_url, self.port + 2)


def port_of(url: str, otherwise: int) -> int:
    """The port named in `url`, or `otherwise`."""
    tail = url.rstrip("/").rpartition(":")[2]
    return int(tail) if tail.isdigit() else otherwise


def load() -> Settings:
    """Settings of this process. Raises SettingsError when MAC_PORT or MAC_PROFILE make no sense."""
    get = os.environ.get
    port = _port(get("MAC_PORT") or "8000")
    settings = Settings(
        profile=get("MAC_PROFILE") or "embedded",
        data_dir=Path(get("MAC_DATA_DIR") or ROOT / "var").resolve(),
        bind=get("MAC_BIND") or "127.0.0.1",
        port=port,
        web_url=(get("MAC_WEB_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        rasa_url=get("MAC_RASA_URL") or f"http://127.0.0.1:{port + 1}",
        actions_url=(get("MAC_ACTIONS_URL") or f"http://127.0.0.1:{port + 2}").rstrip("/"),
        database_url=get("DATABASE_URL") or "",
        redis_url=get("REDIS_URL") or "",
    )
    _check(settings)
    return settings


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65534:
        raise SettingsError(f"MAC_PORT is '{text}': set it to a port number below 65534.")
    return int(text)


def _check(settings: Settings) -> None:
    if settings.profile not in {"embedded", "services"}:
        raise SettingsError(f"MAC_PROFILE is '{settings.profile}': set it to 'embedded' or 'services'.")
    if settings.profile == "services" and not (settings.database_url and settings.redis_url):
        raise SettingsError("MAC_PROFILE=services needs DATABASE_URL (postgresql://…) and REDIS_URL.")


def token(settings: Settings) -> str:
    """The secret shared by web, Rasa and actions: MAC_ASSISTANT_TOKEN, else one kept in the data folder.

    Raises SettingsError when the secret given is shorter than 16 characters.
    """
    given = os.environ.get("MAC_ASSISTANT_TOKEN") or _kept_token(settings.data_dir / "assistant-token")
    if len(given) < 16:
        raise SettingsError("MAC_ASSISTANT_TOKEN must have at least 16 characters.")
    return given


def _kept_token(path: Path) -> str:
    """The secret in `path`, made first if there is none; a process that loses the race reads the winner's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        with open(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(draft, path)  # never leaves a half-written secret
        os.unlink(draft)
    return path.read_text(encoding="utf-8").strip()
