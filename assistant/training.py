"""Trains the model of nlu_data into one archive. Imports Rasa: call `launch.prepare_rasa` first."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant import fingerprint
from assistant.settings import PROJECT, Settings


class TrainingError(Exception):
    """Rasa gave no model."""


def train(settings: Settings, say: Callable[[str], None]) -> None:
    """Train and put the archive in place in one step, so that a running server never sees half of it.

    Raises TrainingError when Rasa gave no model.
    """
    trained_from = fingerprint.current()
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.models_dir) as folder:
        os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # our own fingerprint decides; nothing else is kept on disk
        os.environ["RASA_CACHE_DIRECTORY"] = folder
        say("reading the examples and fitting the classifier")
        archive = _run_rasa(Path(folder))
        archive.replace(settings.model)
    fingerprint.keep(settings, trained_from)


def _run_rasa(folder: Path) -> Path:
    from assistant import rasa_patches

    rasa_patches.log_warnings_only()
    with contextlib.redirect_stdout(io.StringIO()):  # Rasa names the temporary folder as the model's place
        result = _trained(folder)
    if not result.model:
        raise TrainingError(f"Rasa gave no model (code {result.code}): read its messages above.")
    return Path(result.model)


def _trained(folder: Path) -> Any:
    import rasa.model_training

    return rasa.model_training.train(
        domain=str(PROJECT / "domain"),
        config=str(PROJECT / "config.yml"),
        training_files=[str(path) for path in fingerprint.TRAINING_FILES],
        output=str(folder),
        fixed_model_name="assistant",
        force_training=True,
    )
