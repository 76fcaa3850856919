"""The model that is live, and the one before it, which can be put back. Imports no Rasa."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from assistant import fingerprint
from assistant.settings import Settings


class NoEarlierModelError(Exception):
    """There is no model to put back."""


def put_live(settings: Settings, archive: Path, trained_from: str) -> None:
    """Makes `archive` the model in one step and keeps the one before, so that no server sees half of either."""
    if settings.model.exists():
        _copy(settings.model, _earlier(settings))
    archive.replace(settings.model)
    fingerprint.keep(settings, trained_from)
    _refused(settings).unlink(missing_ok=True)


def refuse(settings: Settings, trained_from: str, why: str) -> None:
    """The live model stays; what the refused one was trained from is not tried again, until it changes."""
    draft = settings.models_dir / "refused.json.new"
    draft.write_text(
        json.dumps({"trained_from": trained_from, "why": why}, ensure_ascii=False), encoding="utf-8"
    )
    os.replace(draft, _refused(settings))


def why_refused(settings: Settings, trained_from: str) -> str:
    """Why the model of just these files was refused; empty where it was not."""
    try:
        told = json.loads(_refused(settings).read_text(encoding="utf-8"))
        return str(told["why"]) if told["trained_from"] == trained_from else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _refused(settings: Settings) -> Path:
    return settings.models_dir / "refused.json"


def put_back(settings: Settings) -> None:
    """Exchanges the model and the one before it; done twice, nothing has changed.

    The model put back is kept although it was trained from other files, until those change again: it counts as
    trained from the present ones. Raises NoEarlierModelError.
    """
    earlier = _earlier(settings)
    if not earlier.exists():
        raise NoEarlierModelError(f"There is no earlier model in {settings.models_dir}.")
    newer = settings.models_dir / "exchanged.tar.gz"
    _copy(settings.model, newer)
    _copy(earlier, settings.model)
    newer.replace(earlier)
    fingerprint.keep(settings, fingerprint.current(settings))


def _earlier(settings: Settings) -> Path:
    return settings.models_dir / "assistant.earlier.tar.gz"


def _copy(source: Path, target: Path) -> None:
    """By renaming a whole copy."""
    draft = target.with_name(f"{target.name}.new")
    shutil.copyfile(source, draft)
    os.replace(draft, target)
