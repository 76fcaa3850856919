"""The accepted examples as files the training reads: `nlu/{es,qu}/aceptados.yml` in the data folder.

Beside them the names in force, with which a new model is measured as it will be asked.
"""

import os
import tempfile
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from cms.editing.learning.models import Ejemplo
from cms.search.lexicon import lexicon

NAME = "aceptados.yml"


class _Block(str):
    """Written as a block, the way Rasa reads its examples."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), "|")
)


def export_soon() -> None:
    """After the transaction, so that the files say what is so."""
    transaction.on_commit(export, robust=True)


def export() -> int:
    """Writes the files anew, in one step each; returns how many examples. Without examples of a language, no file."""
    folder = Path(settings.DATA_DIR) / "nlu"
    by_language: dict[str, dict[str, list[str]]] = {"es": {}, "qu": {}}
    count = 0
    for example in Ejemplo.objects.order_by("intencion", "pk"):
        by_language[example.idioma].setdefault(example.intencion, []).append(marked(example))
        count += 1
    for idioma, intents in by_language.items():
        path = folder / idioma / NAME
        if intents:
            _write(path, _written(intents))
        else:
            path.unlink(missing_ok=True)
    _write(folder / "lexicon.json", lexicon().body)
    return count


def marked(example: Ejemplo) -> str:
    """The text with the name of the tramite marked, as the training data of the seed has it."""
    if not example.nombre:
        return example.texto
    return example.texto.replace(example.nombre, f"[{example.nombre}](tramite)", 1)


def _written(intents: dict[str, list[str]]) -> bytes:
    nlu = [
        {"intent": intent, "examples": _Block("".join(f"- {text}\n" for text in texts))}
        for intent, texts in intents.items()
    ]
    data = {"version": "3.1", "nlu": nlu}
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=4096).encode()


def _write(path: Path, content: bytes) -> None:
    """Left alone where nothing changed; a reader sees the old or the new."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(draft, 0o644)
    os.replace(draft, path)
