"""The secrets of a local stack: made once, kept in its folder, readable by its owner only."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

FILES = {
    "MAC_SECRET_KEY": "secret-key",
    "MAC_ASSISTANT_TOKEN": "assistant-token",
    "MAC_ORIGINALS_KEYS": "originals-key",
}
# In base64 also a key of Fernet's, which what was covered is sealed with.
_BYTES = 32


def load_or_make(data_dir: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Each secret by its variable: from the environment where it is set there, else from its file."""
    return {name: environ.get(name) or _kept(data_dir / file) for name, file in FILES.items()}


def _kept(path: Path) -> str:
    # A start killed half way may have left an empty file: that is no secret.
    if path.exists() and (secret := path.read_text(encoding="utf-8").strip()):
        return secret
    secret = base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode("ascii")
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret + "\n")
    unfinished.replace(path)
    return secret
