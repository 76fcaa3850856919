"""Says whether the trained model is still that of the files it was trained from, without importing Rasa."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from assistant.settings import NLU_DATA, PROJECT, ROOT, Settings

TRAINING_FILES = (NLU_DATA / "es", NLU_DATA / "qu", NLU_DATA / "rules.yml")
LOCALES = ("es", "qu")
CODE = (
    PROJECT / "config.yml",
    PROJECT / "domain",
    PROJECT / "components",
    PROJECT / "lexicon.py",
    PROJECT / "training.py",
    PROJECT / "uv.lock",
    ROOT / "lenguas" / "src" / "lenguas",
)


def current(settings: Settings) -> str:
    """Hash over the names and contents of everything a model depends on, accepted examples among it."""
    digest = hashlib.sha256()
    for path in _files():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for path in accepted(settings):
        digest.update(str(path.relative_to(settings.accepted_dir)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def accepted(settings: Settings) -> list[Path]:
    """The files of examples that editors accepted; none on a machine where nobody did."""
    return sorted(path for locale in LOCALES for path in settings.accepted_dir.glob(f"{locale}/*.yml"))


def is_trained(settings: Settings) -> bool:
    """True when the model exists and was trained from the present files."""
    kept = _kept(settings)
    return settings.model.exists() and kept.exists() and kept.read_text(encoding="utf-8") == current(settings)


def keep(settings: Settings, fingerprint: str) -> None:
    """Remember what the model was trained from."""
    _kept(settings).write_text(fingerprint, encoding="utf-8")


def _kept(settings: Settings) -> Path:
    return settings.models_dir / "assistant.fingerprint"


def _files() -> Iterator[Path]:
    for place in (*TRAINING_FILES, *CODE):
        found = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)
