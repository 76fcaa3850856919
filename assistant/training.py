"""Trains the model of nlu_data into one archive. Imports Rasa: call `launch.prepare_rasa` first."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant import fingerprint, guard, models
from assistant.settings import PROJECT, Settings


class TrainingError(Exception):
    """Rasa gave no model."""


def train(settings: Settings, say: Callable[[str], None], *, guarded: bool = True) -> bool:
    """Train and put the archive in place in one step, so that a running server never sees half of it.

    A `guarded` model that understands less than the live one is refused and the live one stays; returns whether
    the new one is live. Raises TrainingError when Rasa gave no model.
    """
    trained_from = fingerprint.current(settings)
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.models_dir) as folder:
        os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # our own fingerprint decides; nothing else is kept on disk
        os.environ["RASA_CACHE_DIRECTORY"] = folder
        say("reading the examples and fitting the classifier")
        archive = _run_rasa(Path(folder), fingerprint.accepted(settings))
        why = guard.why_worse(settings, archive, say) if guarded and settings.model.exists() else ""
        if why:
            models.refuse(settings, trained_from, why)
            return False
        models.put_live(settings, archive, trained_from)
    return True


def _run_rasa(folder: Path, more: Sequence[Path]) -> Path:
    from assistant import rasa_patches

    rasa_patches.log_warnings_only()
    rasa_patches.fingerprint_nothing()
    with contextlib.redirect_stdout(io.StringIO()):  # Rasa names the temporary folder as the model's place
        result = _trained(folder, more)
    if not result.model:
        raise TrainingError(f"Rasa gave no model (code {result.code}): read its messages above.")
    return Path(result.model)


def _trained(folder: Path, more: Sequence[Path]) -> Any:
    import rasa.model_training

    files = [path for place in fingerprint.TRAINING_FILES for path in sorted(place.glob("*.yml")) or [place]]
    return rasa.model_training.train(
        domain=str(PROJECT / "domain"),
        config=str(PROJECT / "config.yml"),
        training_files=[str(path) for path in in_one(folder, [*files, *more])],
        output=str(folder),
        fixed_model_name="assistant",
        force_training=True,
    )


def in_one(folder: Path, files: Sequence[Path]) -> list[Path]:
    """The same examples in one file, and the files without any as they are.

    Rasa joins files two by two and reads all that was joined again each time: of eighty files that took longer than the learning.
    """
    from rasa.shared.utils.io import read_yaml_file, write_yaml

    read = {path: read_yaml_file(path) for path in files}
    blocks = [block for content in read.values() for block in content.get("nlu", ())]
    joined = folder / "examples.yml"
    # Written anew, because whoever wrote the files indented as they liked.
    write_yaml({"version": "3.1", "nlu": blocks}, joined)
    return [joined, *(path for path, content in read.items() if "nlu" not in content)]
