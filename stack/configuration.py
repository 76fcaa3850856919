"""What one stack is: its ports, its folder, its profile and the environment its processes get."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from stack import ports
from stack.failures import StackError

Profile = Literal["embedded", "services"]

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_MODULE = "cms.config.settings.local"
STACK_ID_VARIABLE = "MAC_STACK_ID"

# An interpreter that listens to these would leave the environment its lock describes.
_NEVER_INHERITED = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "DJANGO_SETTINGS_MODULE")
_SERVICES_ONLY = ("DATABASE_URL", "REDIS_URL")


class ConfigurationError(StackError):
    """The environment asks for a stack that cannot be; the message says what to set."""


@dataclass(frozen=True)
class Configuration:
    """One stack. Two with another port and another folder have nothing in common."""

    port: int
    rasa_url: str
    actions_url: str
    bind: str
    data_dir: Path
    profile: Profile
    demo: bool
    database_url: str | None
    redis_url: str | None

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def stack_id(self) -> str:
        """What marks the processes of this folder's stack, so that no other is ever stopped."""
        return hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]

    @property
    def logs_dir(self) -> Path:
        return self.data_dir / "logs"

    @property
    def state_dir(self) -> Path:
        """Where the stack itself keeps its notes: lock, stamps, supervisor's files."""
        return self.data_dir / "stack"

    @property
    def demo_accounts_file(self) -> Path:
        return self.data_dir / "demo-accounts.json"

    @property
    def database_file(self) -> Path:
        """SQLite's file of the embedded profile."""
        return self.data_dir / "mac.sqlite3"

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def asked_file(self) -> Path:
        """What search has learnt from what people asked."""
        return self.data_dir / "asked.npz"

    @property
    def broker_dir(self) -> Path:
        """Celery's queues of the embedded profile."""
        return self.data_dir / "broker"

    @property
    def static_manifest(self) -> Path:
        """What collectstatic writes last."""
        return self.data_dir / "static" / "staticfiles.json"

    def listening_ports(self) -> dict[str, int]:
        """Port of every process that listens, by the process's name."""
        return {"web": self.port, "rasa": _port_of(self.rasa_url), "actions": _port_of(self.actions_url)}

    def environment(self, inherited: Mapping[str, str], secrets: Mapping[str, str]) -> dict[str, str]:
        """Everything a process of this stack finds in its environment."""
        dropped = {*_NEVER_INHERITED, *_SERVICES_ONLY}
        environment = {name: value for name, value in inherited.items() if name not in dropped}
        environment |= secrets
        environment |= {
            "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
            "MAC_ACTIONS_URL": self.actions_url,
            "MAC_BIND": self.bind,
            "MAC_DATA_DIR": str(self.data_dir),
            "MAC_DEMO": "1" if self.demo else "0",
            "MAC_PORT": str(self.port),
            "MAC_PROFILE": self.profile,
            "MAC_RASA_URL": self.rasa_url,
            "MAC_WEB_URL": self.web_url,
            "PYTHONUNBUFFERED": "1",
            STACK_ID_VARIABLE: self.stack_id,
        }
        if self.profile == "services":
            environment |= {"DATABASE_URL": self.database_url or "", "REDIS_URL": self.redis_url or ""}
        return environment


def read(environ: Mapping[str, str], *, root: Path = ROOT) -> Configuration:
    """The stack the environment asks for.

    Raises ConfigurationError when a variable has no possible meaning.
    """
    port = _port(environ.get("MAC_PORT") or "8000")
    profile = _profile(environ.get("MAC_PROFILE") or "embedded")
    rasa, actions = ports.derived(port)
    return Configuration(
        port=port,
        rasa_url=environ.get("MAC_RASA_URL") or f"http://127.0.0.1:{rasa}",
        actions_url=environ.get("MAC_ACTIONS_URL") or f"http://127.0.0.1:{actions}",
        bind=environ.get("MAC_BIND") or "127.0.0.1",
        data_dir=(root / (environ.get("MAC_DATA_DIR") or "var")).expanduser().resolve(),
        profile=profile,
        demo=_flag("MAC_DEMO", environ.get("MAC_DEMO") or "1"),
        database_url=environ.get("DATABASE_URL") or None,
        redis_url=environ.get("REDIS_URL") or None,
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= ports.HIGHEST):
        raise ConfigurationError(f"MAC_PORT is {text!r}; set it to a number from 1 to {ports.HIGHEST}.")
    return int(text)


def _profile(text: str) -> Profile:
    for profile in get_args(Profile):
        if text == profile:
            return profile  # type: ignore[no-any-return]  # get_args forgets that these are the literals
    raise ConfigurationError(f"MAC_PROFILE is {text!r}; set it to one of: {', '.join(get_args(Profile))}.")


def _flag(name: str, text: str) -> bool:
    if text not in {"0", "1"}:
        raise ConfigurationError(f"{name} is {text!r}; set it to 0 or 1.")
    return text == "1"


def _port_of(url: str) -> int:
    port = urlsplit(url).port
    if port is None:
        raise ConfigurationError(f"{url} names no port; write it like http://127.0.0.1:18000.")
    return port
